package io.github.gpucdi.nvml;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One GPU of an open session. Each method is at least one NVML call; nothing is kept.
 *
 * <p>Methods without Optional throw {@link NvmlException} for every answer but 0. The others are empty where the answer means
 * that there is no such thing, and throw for the rest.
 */
public final class Gpu implements NvmlDevice {

    private static final int NAME_SIZE = 96;

    private final NvmlCalls calls;
    private final long handle;
    private final int index;

    Gpu(NvmlCalls calls, long handle, int index) {
        this.calls = calls;
        this.handle = handle;
        this.index = index;
    }

    /** NVML's index of this GPU, from 0; no call. */
    public int index() {
        return index;
    }

    @Override
    public long handle() {
        return handle;
    }

    @Override
    public String uuid() {
        return calls.requireText(NvmlFunction.DEVICE_GET_UUID, NAME_SIZE, handle);
    }

    @Override
    public String name() {
        return calls.requireText(NvmlFunction.DEVICE_GET_NAME, NAME_SIZE, handle);
    }

    /** The N of {@code /dev/nvidiaN}, from 0; not the index. */
    public int minor() {
        return calls.requireU32(NvmlFunction.DEVICE_GET_MINOR_NUMBER, handle);
    }

    /** The PCI address; absent on some integrated GPUs. */
    public Optional<PciInfo> pci() {
        Optional<byte[]> answer = calls.struct(NvmlFunction.DEVICE_GET_PCI_INFO, Structs.PCI_INFO, handle);
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        byte[] pci = answer.get();
        StructLayout layout = Structs.PCI_INFO;
        String busId = layout.text(pci, "busId");
        return Optional.of(new PciInfo(
                busId.isEmpty() ? layout.text(pci, "busIdLegacy") : busId,
                layout.u32(pci, "domain"),
                layout.u32(pci, "bus"),
                layout.u32(pci, "device"),
                layout.u32(pci, "pciDeviceId"),
                layout.u32(pci, "pciSubSystemId")));
    }

    /** {@link PciInfo#busId()} of {@link #pci()}. */
    public Optional<String> pciBusId() {
        Optional<PciInfo> pci = pci();
        return pci.isPresent() ? Optional.of(pci.get().busId()) : Optional.empty();
    }

    /**
     * The MIG mode; empty if the GPU or its driver has no MIG. A number that is neither 0 nor 1 counts as on: who takes a
     * partitioned GPU for a whole one gives it to several tenants.
     */
    public Optional<MigMode> migMode() {
        int[] modes = calls.pair(NvmlFunction.DEVICE_GET_MIG_MODE, handle);
        return modes.length == 0 ? Optional.empty() : Optional.of(new MigMode(modes[0] != 0, modes[1] != 0));
    }

    /** How many indexes {@link #migDevice} is to be asked for; 0 without MIG or with MIG mode off. */
    public int maxMigDevices() {
        return calls.u32(NvmlFunction.DEVICE_GET_MAX_MIG_DEVICE_COUNT, handle).orElse(0);
    }

    /**
     * The MIG device of one index.
     *
     * @param migIndex 0 to {@link #maxMigDevices()} - 1; the range may have holes
     * @return the MIG device, empty for a hole (6 or 2)
     */
    public Optional<MigDevice> migDevice(int migIndex) {
        Optional<Long> mig = calls.handleOrHole(NvmlFunction.DEVICE_GET_MIG_DEVICE_HANDLE_BY_INDEX, handle, migIndex);
        return mig.isPresent() ? Optional.of(new MigDevice(calls, this, mig.get(), migIndex)) : Optional.empty();
    }

    /**
     * The MIG devices in order of their index, holes left out; none without MIG or with MIG mode off. To be consumed as {@link
     * Nvml#gpus}; throws as {@link #migDevice}.
     */
    public Stream<MigDevice> migDevices() {
        return IntStream.range(0, maxMigDevices()).mapToObj(this::migDevice).flatMap(Optional::stream);
    }

    /** Memory in bytes; the newer call first, then the older. */
    public Optional<MemoryInfo> memory() {
        StructLayout v2 = Structs.MEMORY_V2;
        Optional<byte[]> newer = calls.struct(NvmlFunction.DEVICE_GET_MEMORY_INFO_V2, v2, handle);
        if (newer.isPresent()) {
            byte[] memory = newer.get();
            return Optional.of(new MemoryInfo(
                    v2.u64(memory, "total"),
                    v2.u64(memory, "free"),
                    v2.u64(memory, "used"),
                    OptionalLong.of(v2.u64(memory, "reserved"))));
        }
        StructLayout v1 = Structs.MEMORY;
        Optional<byte[]> older = calls.struct(NvmlFunction.DEVICE_GET_MEMORY_INFO, v1, handle);
        if (older.isEmpty()) {
            return Optional.empty();
        }
        byte[] memory = older.get();
        return Optional.of(new MemoryInfo(
                v1.u64(memory, "total"), v1.u64(memory, "free"), v1.u64(memory, "used"), OptionalLong.empty()));
    }

    /** The architecture's name, as in {@code Ampere}; {@code Architecture 11} for a number not known here. */
    public Optional<String> architecture() {
        OptionalInt number = calls.u32(NvmlFunction.DEVICE_GET_ARCHITECTURE, handle);
        return number.isPresent() && number.getAsInt() != -1
                ? Optional.of(Product.architecture(number.getAsInt()))
                : Optional.empty();
    }

    /** The brand's name, as in {@code GeForce}; {@code Brand 99} for a number not known here. */
    public Optional<String> brand() {
        OptionalInt number = calls.u32(NvmlFunction.DEVICE_GET_BRAND, handle);
        return number.isPresent() && number.getAsInt() != 0
                ? Optional.of(Product.brand(number.getAsInt()))
                : Optional.empty();
    }

    /** CUDA compute capability. */
    public Optional<ComputeCapability> computeCapability() {
        int[] version = calls.pair(NvmlFunction.DEVICE_GET_CUDA_COMPUTE_CAPABILITY, handle);
        return version.length == 0 ? Optional.empty() : Optional.of(new ComputeCapability(version[0], version[1]));
    }

    /** Serial number of the board; many boards have none. */
    public Optional<String> serial() {
        return calls.text(NvmlFunction.DEVICE_GET_SERIAL, 30, handle);
    }

    /** Whether the driver keeps the GPU attached while nobody uses it. */
    public Optional<Boolean> persistenceMode() {
        return calls.flag(NvmlFunction.DEVICE_GET_PERSISTENCE_MODE, handle);
    }

    /** Whether a display server runs on the GPU. */
    public Optional<Boolean> displayActive() {
        return calls.flag(NvmlFunction.DEVICE_GET_DISPLAY_ACTIVE, handle);
    }

    /** Whether a monitor is attached. */
    public Optional<Boolean> displayMode() {
        return calls.flag(NvmlFunction.DEVICE_GET_DISPLAY_MODE, handle);
    }

    /** The NUMA node that the GPU's own memory is; only coherent GPUs are one. For host locality read sysfs. */
    public OptionalInt numaNode() {
        return calls.u32(NvmlFunction.DEVICE_GET_NUMA_NODE_ID, handle);
    }

    /** How the GPU addresses system memory; empty, as from drivers before 580, counts as not coherent. */
    public Optional<AddressingMode> addressingMode() {
        StructLayout layout = Structs.ADDRESSING_MODE_V1;
        Optional<byte[]> mode = calls.struct(NvmlFunction.DEVICE_GET_ADDRESSING_MODE, layout, handle);
        return mode.isPresent() ? Optional.of(AddressingMode.of(layout.u32(mode.get(), "value"))) : Optional.empty();
    }
}
