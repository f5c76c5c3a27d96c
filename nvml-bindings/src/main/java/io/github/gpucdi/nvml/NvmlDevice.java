package io.github.gpucdi.nvml;

/** What NVML hands out by UUID: a GPU or a MIG device. */
public sealed interface NvmlDevice permits Gpu, MigDevice {

    /** NVML's opaque handle; valid until the session ends or, for a MIG device, the instance is destroyed. */
    long handle();

    /**
     * The UUID: {@code GPU-8-4-4-4-12}, {@code MIG-8-4-4-4-12}, {@code MIG-GPU-<uuid>/<gi>/<ci>} from drivers before 470, bare
     * 8-4-4-4-12 on some integrated GPUs.
     *
     * @throws NvmlException for any answer but 0
     */
    String uuid();

    /**
     * The product name.
     *
     * @throws NvmlException for any answer but 0
     */
    String name();
}
