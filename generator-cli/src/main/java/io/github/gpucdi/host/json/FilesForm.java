package io.github.gpucdi.host.json;

import io.github.gpucdi.host.DriverFiles;
import io.github.gpucdi.host.FailedLookup;
import io.github.gpucdi.host.FoundFile;
import io.github.gpucdi.host.Library;
import io.github.gpucdi.host.SideDevices;

/** Driver files and devices beside GPUs, both ways. */
final class FilesForm {
    /** Libraries are looked up among directories, so their number multiplies. */
    private static final int MAX_DIRECTORIES = 256;

    private FilesForm() {}

    static DriverFiles files(JsonObject in) throws SnapshotFormatException {
        return new DriverFiles(
                in.texts("libraryDirectories", MAX_DIRECTORIES, TextRule.PATH),
                in.objects("libraries", JsonTree.MAX_ENTRIES, FilesForm::library),
                in.objects("files", JsonTree.MAX_ENTRIES, FilesForm::file),
                in.objects("failed", JsonTree.MAX_ENTRIES, FilesForm::failed));
    }

    static void files(JsonOut out, DriverFiles files) {
        out.texts("libraryDirectories", files.libraryDirectories());
        out.objects("libraries", files.libraries(), FilesForm::library);
        out.objects("files", files.files(), FilesForm::file);
        out.objects("failed", files.failed(), FilesForm::failed);
    }

    static SideDevices side(JsonObject in) throws SnapshotFormatException {
        return new SideDevices(
                in.objects("nodes", JsonTree.MAX_ENTRIES, HostForm::node),
                in.texts("rejected", TextRule.TEXT),
                in.objects("files", JsonTree.MAX_ENTRIES, FilesForm::file));
    }

    static void side(JsonOut out, SideDevices side) {
        out.objects("nodes", side.nodes(), HostForm::node);
        out.texts("rejected", side.rejected().stream().map(out.redaction()::in).toList());
        out.objects("files", side.files(), FilesForm::file);
    }

    static Library library(JsonObject in) throws SnapshotFormatException {
        return new Library(
                in.constant("role", Library.Role.values()),
                in.text("path", TextRule.PATH),
                in.optionalText("soname", TextRule.FILE_NAME),
                in.texts("links", TextRule.FILE_NAME));
    }

    static void library(JsonOut out, Library library) {
        out.constant("role", library.role());
        out.text("path", library.path());
        out.text("soname", library.soname());
        out.texts("links", library.links());
    }

    static FoundFile file(JsonObject in) throws SnapshotFormatException {
        return new FoundFile(
                in.constant("role", FoundFile.Role.values()),
                in.text("name", TextRule.SEGMENTS),
                in.text("path", TextRule.PATH),
                in.optionalText("resolved", TextRule.PATH),
                in.texts("libraries", TextRule.TEXT));
    }

    static void file(JsonOut out, FoundFile file) {
        out.constant("role", file.role());
        out.text("name", file.name());
        out.text("path", file.path());
        out.text("resolved", file.resolved());
        out.texts("libraries", file.libraries());
    }

    static FailedLookup failed(JsonObject in) throws SnapshotFormatException {
        return new FailedLookup(
                in.text("name", TextRule.TEXT),
                in.textOrEmpty("path", TextRule.PATH),
                in.constant("reason", FailedLookup.Reason.values()));
    }

    static void failed(JsonOut out, FailedLookup failed) {
        out.text("name", out.redaction().in(failed.name()));
        out.textUnlessEmpty("path", out.redaction().in(failed.path()));
        out.constant("reason", failed.reason());
    }
}
