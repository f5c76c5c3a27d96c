package io.github.gpucdi.host.json;

import io.github.gpucdi.host.CharNode;
import io.github.gpucdi.host.DeviceNodes;
import io.github.gpucdi.host.DriverVersion;
import io.github.gpucdi.host.HookProgram;
import io.github.gpucdi.host.NodeLink;
import io.github.gpucdi.host.Platform;
import io.github.gpucdi.host.ProbeOptions;

/** Options, platform, driver version, device nodes and hook program, both ways. */
final class HostForm {
    private static final long UNSIGNED_32 = 0xFFFF_FFFFL;
    private static final int MODE_BITS = 07777;

    private HostForm() {}

    static ProbeOptions options(JsonObject in) throws SnapshotFormatException {
        return new ProbeOptions(
                in.text("driverRoot", TextRule.PATH),
                in.text("devRoot", TextRule.PATH),
                in.texts("librarySearchPaths", TextRule.PATH),
                in.texts("configSearchPaths", TextRule.PATH),
                in.optionalText("hookPath", TextRule.PATH),
                in.texts("csvFiles", TextRule.PATH));
    }

    static void options(JsonOut out, ProbeOptions options) {
        out.text("driverRoot", options.driverRoot());
        out.text("devRoot", options.devRoot());
        out.texts("librarySearchPaths", options.librarySearchPaths());
        out.texts("configSearchPaths", options.configSearchPaths());
        out.text("hookPath", options.hookPath());
        out.texts("csvFiles", options.csvFiles());
    }

    static Platform platform(JsonObject in) throws SnapshotFormatException {
        return new Platform(
                in.text("architecture", TextRule.FILE_NAME), in.textOrEmpty("kernelRelease", TextRule.TEXT));
    }

    static void platform(JsonOut out, Platform platform) {
        out.text("architecture", platform.architecture());
        out.textUnlessEmpty("kernelRelease", platform.kernelRelease());
    }

    static DriverVersion driver(JsonObject in) throws SnapshotFormatException {
        return new DriverVersion(
                in.optionalText("version", TextRule.FILE_NAME),
                in.constant("source", DriverVersion.Source.values()),
                in.optionalText("module", TextRule.FILE_NAME),
                in.texts("libraryVersions", TextRule.FILE_NAME));
    }

    static void driver(JsonOut out, DriverVersion driver) {
        out.text("version", driver.version());
        out.constant("source", driver.source());
        out.text("module", driver.module());
        out.texts("libraryVersions", driver.libraryVersions());
    }

    static DeviceNodes nodes(JsonObject in) throws SnapshotFormatException {
        return new DeviceNodes(
                in.objects("nodes", JsonTree.MAX_ENTRIES, HostForm::node),
                in.objects("byPath", JsonTree.MAX_ENTRIES, HostForm::link));
    }

    static void nodes(JsonOut out, DeviceNodes nodes) {
        out.objects("nodes", nodes.nodes(), HostForm::node);
        out.objects("byPath", nodes.byPath(), HostForm::link);
    }

    static CharNode node(JsonObject in) throws SnapshotFormatException {
        return new CharNode(
                in.text("path", TextRule.PATH),
                in.number("major", UNSIGNED_32),
                in.number("minor", UNSIGNED_32),
                (int) in.number("mode", MODE_BITS),
                in.number("uid", UNSIGNED_32),
                in.number("gid", UNSIGNED_32));
    }

    static void node(JsonOut out, CharNode node) {
        out.text("path", node.path());
        out.number("major", node.major());
        out.number("minor", node.minor());
        out.number("mode", node.mode());
        out.number("uid", node.uid());
        out.number("gid", node.gid());
    }

    static NodeLink link(JsonObject in) throws SnapshotFormatException {
        return new NodeLink(in.text("path", TextRule.PATH), in.text("target", TextRule.TEXT));
    }

    static void link(JsonOut out, NodeLink link) {
        out.text("path", link.path());
        out.text("target", link.target());
    }

    static HookProgram hook(JsonObject in) throws SnapshotFormatException {
        return new HookProgram(in.optionalText("path", TextRule.PATH), in.texts("rejected", TextRule.TEXT));
    }

    static void hook(JsonOut out, HookProgram hook) {
        out.text("path", hook.path());
        out.texts("rejected", hook.rejected().stream().map(out.redaction()::in).toList());
    }
}
