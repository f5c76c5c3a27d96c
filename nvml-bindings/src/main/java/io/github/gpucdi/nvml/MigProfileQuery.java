package io.github.gpucdi.nvml;

import java.util.Optional;

/** The two ways to a live MIG device's profile. Whatever fails on them, the answer is "not known". */
final class MigProfileQuery {

    private static final String MARK = " MIG ";
    private static final int GPU_INSTANCE_PROFILES = 18;
    private static final int COMPUTE_INSTANCE_PROFILES = 9;

    private final NvmlCalls calls;
    private final long gpu;
    private final long mig;

    MigProfileQuery(NvmlCalls calls, long gpu, long mig) {
        this.calls = calls;
        this.gpu = gpu;
        this.mig = mig;
    }

    /** From the name of the MIG handle, {@code <gpu name> MIG <profile>}. */
    static Optional<MigProfile> fromName(NvmlCalls calls, long mig) {
        byte[] out = new byte[96];
        if (calls.call(NvmlFunction.DEVICE_GET_NAME, mig, out) != 0) {
            return Optional.empty();
        }
        String name = NvmlText.decode(out, 0, out.length);
        int mark = name.lastIndexOf(MARK);
        return mark < 0 ? Optional.empty() : MigProfile.parse(name.substring(mark + MARK.length()));
    }

    /** From the profile ids of the GPU instance and compute instance, and the memory of both. */
    Optional<MigProfile> fromInstances() {
        Optional<byte[]> memory = calls.structIfAny(NvmlFunction.DEVICE_GET_MEMORY_INFO, Structs.MEMORY, gpu);
        Optional<byte[]> attributes =
                calls.structIfAny(NvmlFunction.DEVICE_GET_ATTRIBUTES, Structs.DEVICE_ATTRIBUTES, mig);
        int[] gpuInstanceId = new int[1];
        int[] computeInstanceId = new int[1];
        long[] gpuInstance = new long[1];
        long[] computeInstance = new long[1];
        if (memory.isEmpty()
                || attributes.isEmpty()
                || calls.call(NvmlFunction.DEVICE_GET_GPU_INSTANCE_ID, mig, gpuInstanceId) != 0
                || calls.call(NvmlFunction.DEVICE_GET_COMPUTE_INSTANCE_ID, mig, computeInstanceId) != 0
                || calls.call(NvmlFunction.DEVICE_GET_GPU_INSTANCE_BY_ID, gpu, gpuInstanceId[0], gpuInstance) != 0
                || calls.call(
                                NvmlFunction.GPU_INSTANCE_GET_COMPUTE_INSTANCE_BY_ID,
                                gpuInstance[0],
                                computeInstanceId[0],
                                computeInstance)
                        != 0) {
            return Optional.empty();
        }
        int gpuProfile = gpuInstanceProfile(gpuInstance[0]);
        int computeProfile = computeInstanceProfile(gpuInstance[0], computeInstance[0]);
        return MigProfileTable.profile(
                gpuProfile,
                computeProfile,
                Structs.DEVICE_ATTRIBUTES.u64(attributes.get(), "memorySizeMB"),
                Structs.MEMORY.u64(memory.get(), "total"));
    }

    private int gpuInstanceProfile(long gpuInstance) {
        Optional<byte[]> info =
                calls.structIfAny(NvmlFunction.GPU_INSTANCE_GET_INFO, Structs.GPU_INSTANCE_INFO, gpuInstance);
        if (info.isEmpty()) {
            return -1;
        }
        int wanted = Structs.GPU_INSTANCE_INFO.u32(info.get(), "profileId");
        StructLayout layout = Structs.GPU_INSTANCE_PROFILE_INFO;
        for (int i = 0; i < GPU_INSTANCE_PROFILES; i++) {
            Optional<byte[]> profile =
                    calls.structIfAny(NvmlFunction.DEVICE_GET_GPU_INSTANCE_PROFILE_INFO, layout, gpu, i);
            if (profile.isPresent() && layout.u32(profile.get(), "id") == wanted) {
                return i;
            }
        }
        return -1;
    }

    private int computeInstanceProfile(long gpuInstance, long computeInstance) {
        Optional<byte[]> info = calls.structIfAny(
                NvmlFunction.COMPUTE_INSTANCE_GET_INFO, Structs.COMPUTE_INSTANCE_INFO, computeInstance);
        if (info.isEmpty()) {
            return -1;
        }
        int wanted = Structs.COMPUTE_INSTANCE_INFO.u32(info.get(), "profileId");
        StructLayout layout = Structs.COMPUTE_INSTANCE_PROFILE_INFO;
        NvmlFunction function = NvmlFunction.GPU_INSTANCE_GET_COMPUTE_INSTANCE_PROFILE_INFO;
        for (int i = 0; i < COMPUTE_INSTANCE_PROFILES; i++) {
            Optional<byte[]> profile = calls.structIfAny(function, layout, gpuInstance, i, 0);
            if (profile.isPresent() && layout.u32(profile.get(), "id") == wanted) {
                return i;
            }
        }
        return -1;
    }
}
