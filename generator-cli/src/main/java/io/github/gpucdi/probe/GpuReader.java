package io.github.gpucdi.probe;

import io.github.gpucdi.host.AddressingMode;
import io.github.gpucdi.host.Gpu;
import io.github.gpucdi.host.GpuDetails;
import io.github.gpucdi.host.MigDevice;
import io.github.gpucdi.host.MigMode;
import io.github.gpucdi.host.NvmlCode;
import io.github.gpucdi.host.NvmlFailure;
import io.github.gpucdi.host.PciAddress;
import io.github.gpucdi.host.PlainText;
import io.github.gpucdi.host.Section;
import io.github.gpucdi.nvml.ComputeCapability;
import io.github.gpucdi.nvml.MemoryInfo;
import io.github.gpucdi.nvml.Nvml;
import io.github.gpucdi.nvml.NvmlException;
import io.github.gpucdi.nvml.NvmlFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Reads GPUs and MIG devices one by one, with few calls: eight for a GPU and five for a MIG device if all goes well.
 *
 * <p>What a failed call costs is said by what it is needed for. What is only shown is left away. What belongs to the device,
 * such as its DRM nodes, is missing with that failure told. Without what says which device it is (UUID, minor number, MIG mode,
 * MIG devices) it is not offered at all: a partitioned GPU must never be taken for a whole one. Of the latter calls a code that
 * is about NVML as a whole ends the session.
 */
final class GpuReader {
    private final Nvml nvml;
    private final MigReader migs;
    private final DrmProbe drm;
    private final boolean details;

    GpuReader(Nvml nvml, RootedFs host, boolean details) {
        this.nvml = nvml;
        this.migs = new MigReader(nvml, new CapabilityProbe(host));
        this.drm = new DrmProbe(host);
        this.details = details;
    }

    /**
     * Reads the GPU of one index.
     *
     * @throws NvmlException if NVML as a whole failed
     */
    Gpu read(int index) {
        Reading reading = new Reading(index);
        try {
            reading.failure = reading.read(nvml.gpu(index));
        } catch (NvmlException e) {
            reading.failure = Optional.of(own(e));
        }
        return reading.gpu();
    }

    /** The failure, unless it is that of NVML as a whole. */
    static NvmlFailure own(NvmlException e) {
        if (e.isFatal()) {
            throw e;
        }
        return NvmlProbe.failure(e);
    }

    /** What is only shown: no failure of it matters. */
    static <T> T shown(Supplier<T> query, T none) {
        try {
            return query.get();
        } catch (NvmlException e) {
            return none;
        }
    }

    /** The answer to a call that worked, if it cannot be true. */
    static NvmlFailure nonsense(NvmlFunction call, String given) {
        return NvmlFailure.nonsense(call.symbol(), PlainText.escaped(given));
    }

    /** What is known of a GPU so far: a GPU that fails half-way keeps what it told. */
    private final class Reading {
        private final int index;
        private Optional<NvmlFailure> failure = Optional.empty();
        private String name = "";
        private String uuid = "";
        private OptionalInt minor = OptionalInt.empty();
        private Optional<String> busId = Optional.empty();
        private Optional<NvmlFailure> pciFailure = Optional.empty();
        private List<String> drmNames = List.of();
        private Optional<MigMode> mig = Optional.empty();
        private Optional<AddressingMode> addressing = Optional.empty();
        private Optional<NvmlFailure> addressingFailure = Optional.empty();
        private final List<MigDevice> migDevices = new ArrayList<>();
        private Section<GpuDetails> detailed = Section.notProbed();

        Reading(int index) {
            this.index = index;
        }

        /** Why it cannot be offered; empty if it can. */
        Optional<NvmlFailure> read(io.github.gpucdi.nvml.Gpu gpu) {
            name = PlainText.escaped(shown(gpu::name, ""));
            String told = gpu.uuid();
            if (!DeviceUuid.isOne(told)) {
                return Optional.of(nonsense(NvmlFunction.DEVICE_GET_UUID, "'" + told + "'"));
            }
            uuid = told;
            mig = gpu.migMode().map(mode -> new MigMode(mode.current(), mode.pending()));
            int number = gpu.minor();
            if (number < 0) {
                return Optional.of(nonsense(NvmlFunction.DEVICE_GET_MINOR_NUMBER, Integer.toUnsignedString(number)));
            }
            minor = OptionalInt.of(number);
            pci(gpu);
            addressing(gpu);
            if (mig.isPresent() && mig.get().current()) {
                int slots = gpu.maxMigDevices();
                if (slots <= 0 || slots > Gpu.MAX_MIG_DEVICES) {
                    // The most that there could be, not how many there are: in MIG mode it is never 0.
                    return Optional.of(
                            nonsense(NvmlFunction.DEVICE_GET_MAX_MIG_DEVICE_COUNT, slots + " for a GPU in MIG mode"));
                }
                for (int slot = 0; slot < slots; slot++) {
                    migs.read(gpu, number, slot).ifPresent(migDevices::add);
                }
            }
            if (details) {
                detailed = Section.of(detailsOf(gpu));
            }
            return Optional.empty();
        }

        private void pci(io.github.gpucdi.nvml.Gpu gpu) {
            try {
                Optional<String> told = gpu.pciBusId();
                if (told.isPresent() && !PciAddress.isBusId(told.get())) {
                    pciFailure = Optional.of(nonsense(NvmlFunction.DEVICE_GET_PCI_INFO, "bus id '" + told.get() + "'"));
                    return;
                }
                busId = told;
            } catch (NvmlException e) {
                pciFailure = Optional.of(NvmlProbe.failure(e));
            }
            busId.ifPresent(this::drm);
        }

        private void drm(String id) {
            Optional<List<String>> names = nvml.step("reading " + DrmProbe.DEVICES, () -> drm.names(id));
            if (names.isEmpty()) {
                pciFailure = Optional.of(new NvmlFailure(
                        "reading " + DrmProbe.directory(id), NvmlCode.NO_PERMISSION.number(), "permission denied"));
            }
            drmNames = names.orElse(List.of());
        }

        private void addressing(io.github.gpucdi.nvml.Gpu gpu) {
            try {
                addressing = gpu.addressingMode().flatMap(GpuReader::ours);
            } catch (NvmlException e) {
                addressingFailure = Optional.of(NvmlProbe.failure(e));
            }
        }

        Gpu gpu() {
            return new Gpu(
                    index,
                    failure,
                    name,
                    uuid,
                    minor,
                    busId,
                    pciFailure,
                    drmNames,
                    mig,
                    addressing,
                    addressingFailure,
                    migDevices,
                    detailed);
        }
    }

    private static Optional<AddressingMode> ours(io.github.gpucdi.nvml.AddressingMode mode) {
        return switch (mode) {
            case NONE -> Optional.of(AddressingMode.NONE);
            case HMM -> Optional.of(AddressingMode.HMM);
            case ATS -> Optional.of(AddressingMode.ATS);
            case UNKNOWN -> Optional.empty();
        };
    }

    private static GpuDetails detailsOf(io.github.gpucdi.nvml.Gpu gpu) {
        Optional<ComputeCapability> capability = shown(gpu::computeCapability, Optional.empty());
        Optional<MemoryInfo> memory = shown(gpu::memory, Optional.empty());
        OptionalInt numaNode = shown(gpu::numaNode, OptionalInt.empty());
        return new GpuDetails(
                shown(gpu::architecture, Optional.empty()),
                capability.map(ComputeCapability::toString),
                memory.isPresent() && memory.get().total() >= 0
                        ? OptionalLong.of(memory.get().total())
                        : OptionalLong.empty(),
                shown(gpu::serial, Optional.<String>empty()).map(PlainText::escaped),
                shown(gpu::persistenceMode, Optional.empty()),
                shown(gpu::displayActive, Optional.empty()),
                numaNode.orElse(-1) < 0 ? OptionalInt.empty() : numaNode);
    }
}
