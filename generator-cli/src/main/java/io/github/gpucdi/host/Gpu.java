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
 * @param drm names below {@code /sys/bus/pci/devices/<address>/drm}, sorted
 * @param mig MIG mode; empty if the GPU has no MIG
 * @param addressingMode {@code nvmlDeviceGetAddressingMode}: 0 none, 1 HMM, 2 ATS; empty if not supported
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
        List<String> drm,
        Optional<MigMode> mig,
        OptionalInt addressingMode,
        Optional<NvmlFailure> addressingFailure,
        List<MigDevice> migDevices,
        Section<GpuDetails> details) {

    public Gpu {
        drm = List.copyOf(drm);
        migDevices = List.copyOf(migDevices);
    }

    /** Whether the GPU is partitioned now. */
    public boolean migEnabled() {
        return mig.isPresent() && mig.get().current();
    }

    /** The address in sysfs and in {@code /dev/dri/by-path}, such as {@code 0000:65:00.0}. */
    public Optional<String> pciAddress() {
        return pciBusId.map(PciAddress::ofBusId);
    }
}
