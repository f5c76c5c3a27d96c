package io.github.gpucdi.host;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * One MIG device of a GPU.
 *
 * @param index its index under the GPU
 * @param failure the call for whose failure it cannot be offered
 * @param uuid {@code MIG-…}; drivers before 470 use {@code MIG-GPU-<uuid>/<gi>/<ci>}
 * @param gpuInstance GPU instance id
 * @param computeInstance compute instance id
 * @param profile such as {@code 1g.10gb} or {@code 1c.3g.40gb}; empty if it cannot be told
 * @param gpuInstanceCap minor number of the GPU instance's {@code /dev/nvidia-caps/nvidia-cap<N>}
 * @param computeInstanceCap minor number of the compute instance's {@code /dev/nvidia-caps/nvidia-cap<N>}
 */
public record MigDevice(
        int index,
        Optional<NvmlFailure> failure,
        String uuid,
        int gpuInstance,
        int computeInstance,
        Optional<String> profile,
        OptionalInt gpuInstanceCap,
        OptionalInt computeInstanceCap) {

    /** What the path of a capability's device node begins with; its minor number follows. */
    public static final String CAPABILITY_NODE = "/dev/nvidia-caps/nvidia-cap";

    /** Written out: what the compiler makes of a record is linked anew in each run, which costs a start. */
    @Override
    public int hashCode() {
        return 31 * index + uuid.hashCode();
    }
}
