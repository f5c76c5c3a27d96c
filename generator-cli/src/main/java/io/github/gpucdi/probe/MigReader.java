package io.github.gpucdi.probe;

import io.github.gpucdi.host.MigDevice;
import io.github.gpucdi.host.NvmlFailure;
import io.github.gpucdi.nvml.Gpu;
import io.github.gpucdi.nvml.MigProfile;
import io.github.gpucdi.nvml.Nvml;
import io.github.gpucdi.nvml.NvmlException;
import io.github.gpucdi.nvml.NvmlFunction;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads the MIG devices of a GPU; see {@link GpuReader} for what a failure costs. */
final class MigReader {
    private static final String READING = "reading " + CapabilityProbe.CAPABILITIES;

    private final Nvml nvml;
    private final CapabilityProbe capabilities;

    MigReader(Nvml nvml, CapabilityProbe capabilities) {
        this.nvml = nvml;
        this.capabilities = capabilities;
    }

    /**
     * The MIG device of one index, empty if there is none.
     *
     * @throws NvmlException if NVML as a whole failed
     */
    Optional<MigDevice> read(Gpu gpu, int gpuMinor, int slot) {
        Reading reading = new Reading(slot);
        try {
            Optional<io.github.gpucdi.nvml.MigDevice> found = gpu.migDevice(slot);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            reading.failure = reading.read(found.get(), gpuMinor);
        } catch (NvmlException e) {
            reading.failure = Optional.of(GpuReader.own(e));
        }
        return Optional.of(reading.device());
    }

    private final class Reading {
        private final int slot;
        private Optional<NvmlFailure> failure = Optional.empty();
        private String uuid = "";
        private int gi;
        private int ci;
        private Optional<String> profile = Optional.empty();
        private OptionalInt gpuInstanceCap = OptionalInt.empty();
        private OptionalInt computeInstanceCap = OptionalInt.empty();

        Reading(int slot) {
            this.slot = slot;
        }

        Optional<NvmlFailure> read(io.github.gpucdi.nvml.MigDevice mig, int gpuMinor) {
            String told = mig.uuid();
            if (!DeviceUuid.isOne(told)) {
                return Optional.of(GpuReader.nonsense(NvmlFunction.DEVICE_GET_UUID, "'" + told + "'"));
            }
            uuid = told;
            int gpuInstance = mig.gpuInstanceId();
            if (gpuInstance < 0) {
                return negative(NvmlFunction.DEVICE_GET_GPU_INSTANCE_ID, gpuInstance);
            }
            gi = gpuInstance;
            int computeInstance = mig.computeInstanceId();
            if (computeInstance < 0) {
                return negative(NvmlFunction.DEVICE_GET_COMPUTE_INSTANCE_ID, computeInstance);
            }
            ci = computeInstance;
            profile = mig.profile().map(MigProfile::text);
            gpuInstanceCap = nvml.step(READING, () -> capabilities.gpuInstance(gpuMinor, gi));
            computeInstanceCap = nvml.step(READING, () -> capabilities.computeInstance(gpuMinor, gi, ci));
            return Optional.empty();
        }

        private Optional<NvmlFailure> negative(NvmlFunction call, int number) {
            return Optional.of(GpuReader.nonsense(call, Integer.toUnsignedString(number)));
        }

        MigDevice device() {
            return new MigDevice(slot, failure, uuid, gi, ci, profile, gpuInstanceCap, computeInstanceCap);
        }
    }
}
