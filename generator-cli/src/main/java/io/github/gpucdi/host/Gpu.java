package io.github.gpucdi.host;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One GPU, by NVML index.
 *
 * @param index NVML index
 * @param failure the call for whose failure the GPU cannot be offered, such as a lost GPU's
 * @param name product name, empty if unknown
 * @param uuid {@code GPU-…}, empty if unknown
 * @param minor N of {@code /dev/nvidiaN} and of {@code gpuN} in capability names; not the index
 * @param pciBusId as {@code nvmlPciInfo_t.busId} has it, such as {@code 00000000:65:00.0}; empty for a GPU
 *     that is not on PCI
 * @param pciFailure a failure of the call that tells it: the GPU has an address, which is not known
 * @param drm names below {@code /sys/bus/pci/devices/<address>/drm}, sorted
 * @param mig MIG mode; empty if the GPU has no MIG
 * @param addressingMode {@code nvmlDeviceGetAddressingMode}; empty if not supported
 * @param addressingFailure a failure of that call other than "not supported"
 * @param migDevices MIG devices by MIG index, ascending; indices may have holes
 * @param details what only listings show
 */
public record Gpu(
        int index,
        Optional<NvmlFailure> failure,
        String name,
        String uuid,
        OptionalInt minor,
        Optional<String> pciBusId,
        Optional<NvmlFailure> pciFailure,
        List<String> drm,
        Optional<MigMode> mig,
        Optional<AddressingMode> addressingMode,
        Optional<NvmlFailure> addressingFailure,
        List<MigDevice> migDevices,
        Section<GpuDetails> details) {

    /** More MIG devices than this no GPU has: a larger count is nonsense. */
    public static final int MAX_MIG_DEVICES = 1024;

    public Gpu {
        drm = List.copyOf(drm);
        migDevices = List.copyOf(migDevices);
    }

    /** Whether the GPU is partitioned now. */
    public boolean migEnabled() {
        return mig.isPresent() && mig.get().current();
    }

    /** The GPU's device node, such as {@code /dev/nvidia0}; empty if its minor is not known. */
    public Optional<String> node() {
        return minor.isPresent() ? Optional.of("/dev/nvidia" + minor.getAsInt()) : Optional.empty();
    }

    /** The address in sysfs and in {@code /dev/dri/by-path}, such as {@code 0000:65:00.0}. */
    public Optional<String> pciAddress() {
        return pciBusId.map(PciAddress::ofBusId);
    }

    /** Written out: what the compiler makes of a record is linked anew in each run, which costs a start. */
    @Override
    public int hashCode() {
        return 31 * index + uuid.hashCode();
    }
}
