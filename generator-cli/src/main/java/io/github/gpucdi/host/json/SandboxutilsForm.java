package io.github.gpucdi.host.json;

import io.github.gpucdi.host.SandboxutilsDevice;
import io.github.gpucdi.host.SandboxutilsFacts;

/** What libnvidia-sandboxutils told, both ways. */
final class SandboxutilsForm {
    private SandboxutilsForm() {}

    static SandboxutilsFacts facts(JsonObject in) throws SnapshotFormatException {
        return new SandboxutilsFacts(
                in.text("library", TextRule.SEGMENTS),
                in.optionalText("driverVersion", TextRule.TEXT),
                in.objects("devices", JsonTree.MAX_ENTRIES, SandboxutilsForm::device),
                in.texts("failures", TextRule.TEXT));
    }

    static void facts(JsonOut out, SandboxutilsFacts facts) {
        out.text("library", facts.library());
        out.text("driverVersion", facts.driverVersion());
        out.objects("devices", facts.devices(), SandboxutilsForm::device);
        out.texts("failures", facts.failures());
    }

    private static SandboxutilsDevice device(JsonObject in) throws SnapshotFormatException {
        return new SandboxutilsDevice(
                in.text("uuid", TextRule.TEXT),
                in.optionalText("failure", TextRule.TEXT),
                in.texts("gpu", TextRule.PATH),
                in.texts("drm", TextRule.PATH),
                in.texts("capabilities", TextRule.PATH),
                in.objects("byPath", JsonTree.MAX_ENTRIES, HostForm::link));
    }

    private static void device(JsonOut out, SandboxutilsDevice device) {
        String prefix = device.uuid().startsWith("MIG-") ? "MIG-" : "GPU-";
        out.text("uuid", out.redaction().uuid(device.uuid(), prefix));
        out.text("failure", device.failure().map(out.redaction()::in));
        out.texts("gpu", device.gpu());
        out.texts("drm", device.drm());
        out.texts("capabilities", device.capabilities());
        out.objects("byPath", device.byPath(), HostForm::link);
    }
}
