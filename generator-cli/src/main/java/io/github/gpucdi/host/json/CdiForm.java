package io.github.gpucdi.host.json;

import io.github.gpucdi.host.CdiDirectory;
import io.github.gpucdi.host.CdiFacts;
import io.github.gpucdi.host.CdiFile;
import io.github.gpucdi.host.DeviceMajor;
import io.github.gpucdi.host.FileContent;
import io.github.gpucdi.host.HookFact;
import io.github.gpucdi.host.HostEnvironment;
import io.github.gpucdi.host.PathFact;
import java.nio.charset.StandardCharsets;

/** Spec directories, what specs name, and the environment, both ways. */
final class CdiForm {
    private static final int MAX_DIRECTORIES = 256;
    private static final int MAX_MAJORS = 1024;
    private static final long UNSIGNED_32 = 0xFFFF_FFFFL;
    /** The end of the year 9999. */
    private static final long LAST_SECOND = 253_402_300_799L;

    private CdiForm() {}

    static CdiFacts facts(JsonObject in) throws SnapshotFormatException {
        return new CdiFacts(
                in.optionalText("configHome", TextRule.PATH),
                in.optionalText("runtimeDir", TextRule.PATH),
                in.objects("directories", MAX_DIRECTORIES, CdiForm::directory),
                in.objects("paths", JsonTree.MAX_ENTRIES, CdiForm::path),
                in.objects("hooks", JsonTree.MAX_ENTRIES, CdiForm::hook));
    }

    static void facts(JsonOut out, CdiFacts facts) {
        out.text("configHome", facts.configHome());
        out.text("runtimeDir", facts.runtimeDir());
        out.objects("directories", facts.directories(), CdiForm::directory);
        out.objects("paths", facts.paths(), CdiForm::path);
        out.objects("hooks", facts.hooks(), CdiForm::hook);
    }

    private static CdiDirectory directory(JsonObject in) throws SnapshotFormatException {
        return new CdiDirectory(
                in.text("path", TextRule.PATH),
                in.flag("present"),
                in.flag("link"),
                in.optionalText("problem", TextRule.TEXT),
                in.optionalText("closedAt", TextRule.TEXT),
                in.objects("files", JsonTree.MAX_ENTRIES, CdiForm::file),
                in.texts("passedOver", JsonTree.MAX_ENTRIES, TextRule.FILE_NAME));
    }

    private static void directory(JsonOut out, CdiDirectory directory) {
        out.text("path", directory.path());
        out.flag("present", directory.present());
        out.flag("link", directory.link());
        out.text("problem", directory.problem());
        out.text("closedAt", directory.closedAt());
        out.objects("files", directory.files(), CdiForm::file);
        out.texts("passedOver", directory.passedOver());
    }

    private static CdiFile file(JsonObject in) throws SnapshotFormatException {
        return new CdiFile(
                in.text("name", TextRule.FILE_NAME),
                in.optionalText("problem", TextRule.TEXT),
                in.optionalText("closedAt", TextRule.TEXT),
                in.optionalNumber("modified", LAST_SECOND),
                in.optionalObject("content", CdiForm::content));
    }

    private static void file(JsonOut out, CdiFile file) {
        out.text("name", file.name());
        out.text("problem", file.problem());
        out.text("closedAt", file.closedAt());
        out.number("modified", file.modified());
        out.optionalObject(
                "content", file.content().map(content -> redacted(content, out.redaction())), CdiForm::content);
    }

    /** Byte by byte, so that nothing else changes: what is looked for is ASCII. */
    private static FileContent redacted(FileContent content, Redaction redaction) {
        String bytes = new String(content.bytes(), StandardCharsets.ISO_8859_1);
        String redacted = redaction.in(bytes);
        return redacted.equals(bytes) ? content : FileContent.of(redacted.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static FileContent content(JsonObject in) throws SnapshotFormatException {
        FileContent.Encoding encoding = in.constant("encoding", FileContent.Encoding.values());
        TextRule rule = encoding == FileContent.Encoding.TEXT ? TextRule.TEXT : TextRule.BASE64;
        return new FileContent(encoding, in.texts("lines", rule));
    }

    private static void content(JsonOut out, FileContent content) {
        out.constant("encoding", content.encoding());
        out.texts("lines", content.lines());
    }

    private static PathFact path(JsonObject in) throws SnapshotFormatException {
        return new PathFact(
                in.text("path", TextRule.PATH),
                in.constant("kind", PathFact.Kind.values()),
                in.flag("link"),
                in.optionalObject("node", HostForm::node));
    }

    private static void path(JsonOut out, PathFact path) {
        out.text("path", path.path());
        out.constant("kind", path.kind());
        out.flag("link", path.link());
        out.optionalObject("node", path.node(), HostForm::node);
    }

    private static HookFact hook(JsonObject in) throws SnapshotFormatException {
        return new HookFact(
                in.text("path", TextRule.PATH),
                in.optionalText("unusable", TextRule.TEXT),
                in.optionalText("unsafe", TextRule.TEXT));
    }

    private static void hook(JsonOut out, HookFact hook) {
        out.text("path", hook.path());
        out.text("unusable", hook.unusable());
        out.text("unsafe", hook.unsafe());
    }

    static HostEnvironment environment(JsonObject in) throws SnapshotFormatException {
        return new HostEnvironment(
                in.constant("selinux", HostEnvironment.Selinux.values()),
                in.optionalFlag("containerUseDevices"),
                in.flag("cdiRefresh"),
                in.objects("majors", MAX_MAJORS, CdiForm::major),
                in.optionalNumber("driverChanged", LAST_SECOND),
                in.optionalObject("refresh", UnitsForm::refresh));
    }

    static void environment(JsonOut out, HostEnvironment environment) {
        out.constant("selinux", environment.selinux());
        out.flag("containerUseDevices", environment.containerUseDevices());
        out.flag("cdiRefresh", environment.cdiRefresh());
        out.objects("majors", environment.majors(), CdiForm::major);
        out.number("driverChanged", environment.driverChanged());
        out.optionalObject("refresh", environment.refresh(), UnitsForm::refresh);
    }

    private static DeviceMajor major(JsonObject in) throws SnapshotFormatException {
        return new DeviceMajor(in.text("name", TextRule.FILE_NAME), in.number("major", UNSIGNED_32));
    }

    private static void major(JsonOut out, DeviceMajor major) {
        out.text("name", major.name());
        out.number("major", major.major());
    }
}
