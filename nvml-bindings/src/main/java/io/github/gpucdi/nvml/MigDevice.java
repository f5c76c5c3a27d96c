package io.github.gpucdi.nvml;

import java.util.Optional;

/** One MIG device of an open session: a compute instance inside a GPU instance. Queries answer as those of {@link Gpu}. */
public final class MigDevice implements NvmlDevice {

    private static final int NAME_SIZE = 96;

    private final NvmlCalls calls;
    private final Gpu gpu;
    private final long handle;
    private final int index;

    MigDevice(NvmlCalls calls, Gpu gpu, long handle, int index) {
        this.calls = calls;
        this.gpu = gpu;
        this.handle = handle;
        this.index = index;
    }

    /** The GPU it is a part of; no call. */
    public Gpu gpu() {
        return gpu;
    }

    /** NVML's index below the GPU, from 0; no call. */
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

    /** {@code <gpu name> MIG <profile>}. */
    @Override
    public String name() {
        return calls.requireText(NvmlFunction.DEVICE_GET_NAME, NAME_SIZE, handle);
    }

    /** The i of {@code gi<i>}; the kernel's range is 0 to 14. */
    public int gpuInstanceId() {
        return calls.requireU32(NvmlFunction.DEVICE_GET_GPU_INSTANCE_ID, handle);
    }

    /** The c of {@code ci<c>} in its GPU instance; the kernel's range is 0 to 7. */
    public int computeInstanceId() {
        return calls.requireU32(NvmlFunction.DEVICE_GET_COMPUTE_INSTANCE_ID, handle);
    }

    /** Slices, multiprocessors and memory. */
    public Optional<MigAttributes> attributes() {
        StructLayout layout = Structs.DEVICE_ATTRIBUTES;
        Optional<byte[]> answer = calls.struct(NvmlFunction.DEVICE_GET_ATTRIBUTES, layout, handle);
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        byte[] attributes = answer.get();
        return Optional.of(new MigAttributes(
                layout.u32(attributes, "multiprocessorCount"),
                layout.u32(attributes, "gpuInstanceSliceCount"),
                layout.u32(attributes, "computeInstanceSliceCount"),
                layout.u64(attributes, "memorySizeMB")));
    }

    /**
     * The profile: from the name first, which any user may read; only if that does not tell, from the instances, which needs
     * privilege.
     *
     * @return the profile, empty if neither way tells; nothing is thrown
     */
    public Optional<MigProfile> profile() {
        Optional<MigProfile> named = MigProfileQuery.fromName(calls, handle);
        return named.isPresent() ? named : new MigProfileQuery(calls, gpu.handle(), handle).fromInstances();
    }
}
