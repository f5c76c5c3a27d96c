package io.github.gpucdi.host.json;

import io.github.gpucdi.host.CsvEntry;
import io.github.gpucdi.host.CsvFacts;
import io.github.gpucdi.host.CsvFile;
import io.github.gpucdi.host.CsvLink;

/** What CSV files name, both ways. */
final class CsvForm {
    private CsvForm() {}

    static CsvFacts facts(JsonObject in) throws SnapshotFormatException {
        return new CsvFacts(
                in.optionalText("tegra", TextRule.PATH),
                in.optionalObject("release", FilesForm::file),
                in.objects("files", JsonTree.MAX_ENTRIES, CsvForm::file));
    }

    static void facts(JsonOut out, CsvFacts facts) {
        out.text("tegra", facts.tegra());
        out.optionalObject("release", facts.release(), FilesForm::file);
        out.objects("files", facts.files(), CsvForm::file);
    }

    private static CsvFile file(JsonObject in) throws SnapshotFormatException {
        return new CsvFile(
                in.text("path", TextRule.PATH),
                in.constant("state", CsvFile.State.values()),
                in.objects("entries", JsonTree.MAX_ENTRIES, CsvForm::entry),
                in.texts("rejected", TextRule.TEXT),
                in.optionalSmallNumber("unlisted").orElse(0));
    }

    private static void file(JsonOut out, CsvFile file) {
        out.text("path", file.path());
        out.constant("state", file.state());
        out.objects("entries", file.entries(), CsvForm::entry);
        out.texts("rejected", file.rejected().stream().map(out.redaction()::in).toList());
        if (file.unlisted() > 0) {
            out.number("unlisted", file.unlisted());
        }
    }

    private static CsvEntry entry(JsonObject in) throws SnapshotFormatException {
        return new CsvEntry(
                in.constant("type", CsvEntry.Type.values()),
                in.smallNumber("line"),
                in.text("path", TextRule.SEGMENTS),
                in.objects("nodes", JsonTree.MAX_ENTRIES, HostForm::node),
                in.objects("directories", JsonTree.MAX_ENTRIES, FilesForm::file),
                in.objects("libraries", JsonTree.MAX_ENTRIES, FilesForm::library),
                in.objects("links", JsonTree.MAX_ENTRIES, CsvForm::link),
                in.objects("failed", JsonTree.MAX_ENTRIES, FilesForm::failed));
    }

    private static void entry(JsonOut out, CsvEntry entry) {
        out.constant("type", entry.type());
        out.number("line", entry.line());
        out.text("path", entry.path());
        out.objects("nodes", entry.nodes(), HostForm::node);
        out.objects("directories", entry.directories(), FilesForm::file);
        out.objects("libraries", entry.libraries(), FilesForm::library);
        out.objects("links", entry.links(), CsvForm::link);
        out.objects("failed", entry.failed(), FilesForm::failed);
    }

    private static CsvLink link(JsonObject in) throws SnapshotFormatException {
        return new CsvLink(
                in.text("path", TextRule.PATH),
                in.objects("hops", JsonTree.MAX_ENTRIES, CsvForm::hop),
                in.object("target", FilesForm::file));
    }

    private static void link(JsonOut out, CsvLink link) {
        out.text("path", link.path());
        out.objects("hops", link.hops(), CsvForm::hop);
        out.object("target", link.target(), FilesForm::file);
    }

    private static CsvLink.Hop hop(JsonObject in) throws SnapshotFormatException {
        return new CsvLink.Hop(in.text("path", TextRule.PATH), in.text("text", TextRule.TEXT));
    }

    private static void hop(JsonOut out, CsvLink.Hop hop) {
        out.text("path", hop.path());
        out.text("text", hop.text());
    }
}
