package io.github.gpucdi.host.json;

import io.github.gpucdi.host.AddressingMode;
import io.github.gpucdi.host.Gpu;
import io.github.gpucdi.host.GpuDetails;
import io.github.gpucdi.host.MigDevice;
import io.github.gpucdi.host.MigMode;
import io.github.gpucdi.host.NvmlFacts;
import io.github.gpucdi.host.NvmlFailure;
import java.util.List;
import java.util.function.ToIntFunction;

/** What NVML told, both ways. */
final class NvmlForm {
    private NvmlForm() {}

    static NvmlFacts facts(JsonObject in) throws SnapshotFormatException {
        List<Gpu> gpus = in.objects("gpus", NvmlFacts.MAX_GPUS, NvmlForm::gpu);
        requireAscending(in, "gpus", gpus, Gpu::index);
        return new NvmlFacts(
                in.text("library", TextRule.SEGMENTS),
                in.optionalObject("failure", NvmlForm::failure),
                in.optionalText("driverVersion", TextRule.FILE_NAME),
                in.optionalText("nvmlVersion", TextRule.TEXT),
                in.optionalSmallNumber("cudaDriverVersion"),
                gpus);
    }

    static void facts(JsonOut out, NvmlFacts facts) {
        out.text("library", facts.library());
        out.optionalObject("failure", facts.failure(), NvmlForm::failure);
        out.text("driverVersion", facts.driverVersion());
        out.text("nvmlVersion", facts.nvmlVersion());
        out.number("cudaDriverVersion", facts.cudaDriverVersion());
        out.objects("gpus", facts.gpus(), NvmlForm::gpu);
    }

    private static Gpu gpu(JsonObject in) throws SnapshotFormatException {
        List<MigDevice> migDevices = in.objects("migDevices", Gpu.MAX_MIG_DEVICES, NvmlForm::migDevice);
        requireAscending(in, "migDevices", migDevices, MigDevice::index);
        return new Gpu(
                in.smallNumber("index"),
                in.optionalObject("failure", NvmlForm::failure),
                in.textOrEmpty("name", TextRule.TEXT),
                in.textOrEmpty("uuid", TextRule.TEXT),
                in.optionalSmallNumber("minor"),
                in.optionalText("pciBusId", TextRule.PCI_BUS_ID),
                in.optionalObject("pciFailure", NvmlForm::failure),
                in.texts("drm", TextRule.FILE_NAME),
                in.optionalObject("mig", NvmlForm::migMode),
                AddressingMode.of(in.optionalSmallNumber("addressingMode")),
                in.optionalObject("addressingFailure", NvmlForm::failure),
                migDevices,
                in.section("details", NvmlForm::details));
    }

    private static void gpu(JsonOut out, Gpu gpu) {
        out.number("index", gpu.index());
        out.optionalObject("failure", gpu.failure(), NvmlForm::failure);
        out.textUnlessEmpty("name", out.redaction().in(gpu.name()));
        out.textUnlessEmpty("uuid", out.redaction().uuid(gpu.uuid(), "GPU-"));
        out.number("minor", gpu.minor());
        out.text("pciBusId", gpu.pciBusId());
        out.optionalObject("pciFailure", gpu.pciFailure(), NvmlForm::failure);
        out.texts("drm", gpu.drm());
        out.optionalObject("mig", gpu.mig(), NvmlForm::migMode);
        gpu.addressingMode().ifPresent(mode -> out.number("addressingMode", mode.number()));
        out.optionalObject("addressingFailure", gpu.addressingFailure(), NvmlForm::failure);
        out.objects("migDevices", gpu.migDevices(), NvmlForm::migDevice);
        out.section("details", gpu.details(), NvmlForm::details);
    }

    private static MigMode migMode(JsonObject in) throws SnapshotFormatException {
        return new MigMode(in.flag("current"), in.flag("pending"));
    }

    private static void migMode(JsonOut out, MigMode mode) {
        out.flag("current", mode.current());
        out.flag("pending", mode.pending());
    }

    private static MigDevice migDevice(JsonObject in) throws SnapshotFormatException {
        return new MigDevice(
                in.smallNumber("index"),
                in.optionalObject("failure", NvmlForm::failure),
                in.textOrEmpty("uuid", TextRule.TEXT),
                in.smallNumber("gpuInstance"),
                in.smallNumber("computeInstance"),
                in.optionalText("profile", TextRule.TEXT),
                in.optionalSmallNumber("gpuInstanceCap"),
                in.optionalSmallNumber("computeInstanceCap"));
    }

    private static void migDevice(JsonOut out, MigDevice device) {
        out.number("index", device.index());
        out.optionalObject("failure", device.failure(), NvmlForm::failure);
        out.textUnlessEmpty("uuid", out.redaction().uuid(device.uuid(), "MIG-"));
        out.number("gpuInstance", device.gpuInstance());
        out.number("computeInstance", device.computeInstance());
        out.text("profile", device.profile().map(out.redaction()::in));
        out.number("gpuInstanceCap", device.gpuInstanceCap());
        out.number("computeInstanceCap", device.computeInstanceCap());
    }

    private static GpuDetails details(JsonObject in) throws SnapshotFormatException {
        return new GpuDetails(
                in.optionalText("architecture", TextRule.TEXT),
                in.optionalText("computeCapability", TextRule.TEXT),
                in.optionalNumber("memoryBytes", Long.MAX_VALUE),
                in.optionalText("serial", TextRule.TEXT),
                in.optionalFlag("persistenceMode"),
                in.optionalFlag("displayActive"),
                in.optionalSmallNumber("numaNode"));
    }

    private static void details(JsonOut out, GpuDetails details) {
        out.text("architecture", details.architecture());
        out.text("computeCapability", details.computeCapability());
        out.number("memoryBytes", details.memoryBytes());
        out.text("serial", details.serial().map(out.redaction()::serial));
        out.flag("persistenceMode", details.persistenceMode());
        out.flag("displayActive", details.displayActive());
        out.number("numaNode", details.numaNode());
    }

    private static NvmlFailure failure(JsonObject in) throws SnapshotFormatException {
        return new NvmlFailure(in.text("call", TextRule.TEXT), in.smallNumber("code"), in.text("text", TextRule.TEXT));
    }

    private static void failure(JsonOut out, NvmlFailure failure) {
        out.text("call", failure.call());
        out.number("code", failure.code());
        out.text("text", out.redaction().in(failure.text()));
    }

    private static <T> void requireAscending(JsonObject in, String name, List<T> entries, ToIntFunction<T> index)
            throws SnapshotFormatException {
        for (int i = 1; i < entries.size(); i++) {
            if (index.applyAsInt(entries.get(i)) <= index.applyAsInt(entries.get(i - 1))) {
                throw in.problem(name, "Its indices must ascend, each standing once.");
            }
        }
    }
}
