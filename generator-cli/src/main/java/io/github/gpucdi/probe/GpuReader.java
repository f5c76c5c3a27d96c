package io.github.gpucdi.probe;

import io.github.gpucdi.host.Gpu;
import io.github.gpucdi.host.GpuDetails;
import io.github.gpucdi.host.MigDevice;
import io.github.gpucdi.host.MigMode;
import io.github.gpucdi.host.NvmlFailure;
import io.github.gpucdi.host.Section;
import io.github.gpucdi.nvml.AddressingMode;
import io.github.gpucdi.nvml.ComputeCapability;
import io.github.gpucdi.nvml.MemoryInfo;
import io.github.gpucdi.nvml.MigProfile;
import io.github.gpucdi.nvml.Nvml;
import io.github.gpucdi.nvml.NvmlException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Reads GPUs and MIG devices one by one, with few calls: eight for a GPU and five for a MIG device if all goes well.
 *
 * <p>A failure that is the device's own is part of the result; one that ends the session is thrown.
 */
final class GpuReader {
    private final CapabilityProbe capabilities;
    private final DrmProbe drm;
    private final boolean details;

    GpuReader(RootedFs host, boolean details) {
        this.capabilities = new CapabilityProbe(host);
        this.drm = new DrmProbe(host);
        this.details = details;
    }

    /**
     * Reads the GPU of one index.
     *
     * @throws NvmlException if NVML as a whole failed
     */
    Gpu read(Nvml nvml, int index) {
        Reading reading = new Reading(index);
        try {
            io.github.gpucdi.nvml.Gpu gpu = nvml.gpu(index);
            reading.name = gpu.name();
            reading.read(gpu);
        } catch (NvmlException e) {
            reading.failure = Optional.of(own(e));
        }
        return reading.gpu();
    }

    /** The failure, unless it is that of NVML as a whole. */
    private static NvmlFailure own(NvmlException e) {
        if (e.isFatal()) {
            throw e;
        }
        return NvmlProbe.failure(e);
    }

    /** What is known of a GPU so far: a GPU that fails half-way keeps what it told. */
    private final class Reading {
        private final int index;
        private Optional<NvmlFailure> failure = Optional.empty();
        private String name = "";
        private String uuid = "";
        private OptionalInt minor = OptionalInt.empty();
        private Optional<String> busId = Optional.empty();
        private Optional<MigMode> mig = Optional.empty();
        private OptionalInt addressing = OptionalInt.empty();
        private Optional<NvmlFailure> addressingFailure = Optional.empty();
        private final List<MigDevice> migDevices = new ArrayList<>();
        private Section<GpuDetails> detailed = Section.notProbed();

        Reading(int index) {
            this.index = index;
        }

        void read(io.github.gpucdi.nvml.Gpu gpu) {
            Optional<io.github.gpucdi.nvml.MigMode> mode = gpu.migMode();
            if (mode.isPresent()) {
                mig = Optional.of(new MigMode(mode.get().current(), mode.get().pending()));
            }
            uuid = gpu.uuid();
            minor = OptionalInt.of(gpu.minor());
            busId = gpu.pciBusId();
            addressing(gpu);
            if (mode.isPresent() && mode.get().current()) {
                int slots = gpu.maxMigDevices();
                for (int slot = 0; slot < slots; slot++) {
                    readMig(gpu, slot);
                }
            }
            if (details) {
                detailed = Section.of(detailsOf(gpu));
            }
        }

        private void addressing(io.github.gpucdi.nvml.Gpu gpu) {
            try {
                Optional<AddressingMode> mode = gpu.addressingMode();
                addressing = mode.isPresent() ? number(mode.get()) : OptionalInt.empty();
            } catch (NvmlException e) {
                addressingFailure = Optional.of(own(e));
            }
        }

        private void readMig(io.github.gpucdi.nvml.Gpu gpu, int slot) {
            String migUuid = "";
            int gi = 0;
            int ci = 0;
            try {
                Optional<io.github.gpucdi.nvml.MigDevice> found = gpu.migDevice(slot);
                if (found.isEmpty()) {
                    return;
                }
                migUuid = found.get().uuid();
                gi = found.get().gpuInstanceId();
                ci = found.get().computeInstanceId();
                Optional<MigProfile> profile = found.get().profile();
                migDevices.add(new MigDevice(
                        slot,
                        Optional.empty(),
                        migUuid,
                        gi,
                        ci,
                        profile.isPresent() ? Optional.of(profile.get().text()) : Optional.empty(),
                        capabilities.gpuInstance(minor.getAsInt(), gi),
                        capabilities.computeInstance(minor.getAsInt(), gi, ci)));
            } catch (NvmlException e) {
                migDevices.add(new MigDevice(
                        slot,
                        Optional.of(own(e)),
                        migUuid,
                        gi,
                        ci,
                        Optional.empty(),
                        OptionalInt.empty(),
                        OptionalInt.empty()));
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
                    busId.isPresent() ? drm.names(busId.get()) : List.of(),
                    mig,
                    addressing,
                    addressingFailure,
                    migDevices,
                    detailed);
        }
    }

    private static OptionalInt number(AddressingMode mode) {
        return switch (mode) {
            case NONE -> OptionalInt.of(0);
            case HMM -> OptionalInt.of(1);
            case ATS -> OptionalInt.of(2);
            case UNKNOWN -> OptionalInt.empty();
        };
    }

    private static GpuDetails detailsOf(io.github.gpucdi.nvml.Gpu gpu) {
        Optional<ComputeCapability> capability = orNone(gpu::computeCapability, Optional.empty());
        Optional<MemoryInfo> memory = orNone(gpu::memory, Optional.empty());
        return new GpuDetails(
                orNone(gpu::architecture, Optional.empty()),
                capability.isPresent() ? Optional.of(capability.get().toString()) : Optional.empty(),
                memory.isPresent() ? OptionalLong.of(memory.get().total()) : OptionalLong.empty(),
                orNone(gpu::serial, Optional.empty()),
                orNone(gpu::persistenceMode, Optional.empty()),
                orNone(gpu::displayActive, Optional.empty()),
                orNone(gpu::numaNode, OptionalInt.empty()));
    }

    /** A detail that the driver does not tell is no reason to leave the GPU out. */
    private static <T> T orNone(Supplier<T> query, T none) {
        try {
            return query.get();
        } catch (NvmlException e) {
            own(e);
            return none;
        }
    }
}
