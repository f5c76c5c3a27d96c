package io.github.gpucdi.host.json;

import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.PlainText;
import io.github.gpucdi.host.SectionKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/**
 * The JSON form of a host snapshot; {@code schemas/host-snapshot-1.schema.json} describes it.
 *
 * <p>Members stand in the order of the records' components. A section is an object with its data, an object with the
 * one member {@code absent} that says why it is not there, or left out if nobody looked. Empty optional values and
 * empty lists are left out.
 */
public final class SnapshotJson {
    /** The version that {@link #write} writes: major and minor number. */
    public static final String SCHEMA_VERSION = "1.0";

    /** What a whole snapshot holds, unless more is asked for. */
    public static final Set<SectionKey<?>> SECTIONS = sections();

    private static final int MAJOR = 1;
    private static final String VERSION_MEMBER = "schemaVersion";

    private SnapshotJson() {}

    private static Set<SectionKey<?>> sections() {
        Set<SectionKey<?>> sections = new HashSet<>();
        for (SectionForm<?> form : SectionForm.ALL) {
            sections.add(form.key());
        }
        // A library that is loaded for whoever names it.
        sections.remove(SectionKey.SANDBOXUTILS);
        return Collections.unmodifiableSet(sections);
    }

    /**
     * Writes a snapshot in UTF-8, indented by two spaces, with a final newline. The same snapshot gives the same bytes.
     *
     * <p>What {@link PlainText} refuses is written as U+FFFD, and a text beyond 4096 characters is cut. A path for which
     * that would matter is for the probes to leave out.
     *
     * @param out is flushed, not closed
     * @throws IOException what the stream throws
     */
    public static void write(HostSnapshot snapshot, OutputStream out) throws IOException {
        JsonOut.document(out, Redaction.NONE, snapshot, SnapshotJson::root);
    }

    /**
     * Writes a snapshot without what tells one machine from another of its make: board serial numbers and UUIDs.
     *
     * <p>Each distinct UUID becomes a numbered one of the same form, each serial {@code serial-<n>}, numbered in the
     * order of the GPUs: what was the same stays the same, and a spec made from the result keeps its shape. They are
     * replaced in reasons, messages and recorded spec files too. Paths, versions, times, PCI addresses and the kernel
     * release stay, since a spec or a diagnosis needs them; a path that names a person or a host is the user's to edit.
     * Redacting twice changes nothing more.
     *
     * @param out is flushed, not closed
     * @throws IOException what the stream throws
     */
    public static void writeRedacted(HostSnapshot snapshot, OutputStream out) throws IOException {
        Pseudonyms pseudonyms = new Pseudonyms();
        JsonOut.document(OutputStream.nullOutputStream(), pseudonyms.learning(), snapshot, SnapshotJson::root);
        JsonOut.document(out, pseudonyms, snapshot, SnapshotJson::root);
    }

    /**
     * Reads a snapshot, to the end of the stream. The text is not trusted: at most 64 MiB of UTF-8, 64 levels,
     * 500 000 values, 100 000 entries a list, 4096 characters a string and 8 Mi in
     * all strings, no control or bidirectional characters, each
     * name once, every path absolute and normalised. Unknown members are ignored; their values obey the same bounds.
     *
     * @param in not closed
     * @throws SnapshotFormatException if the text breaks a bound, is of another major version, or if a member is
     *     missing, of the wrong type or out of range
     * @throws IOException what the stream throws
     */
    public static HostSnapshot read(InputStream in) throws SnapshotFormatException, IOException {
        JsonObject root = JsonObject.of(JsonTree.read(in), "");
        requireKnownMajor(root);
        HostSnapshot snapshot =
                HostSnapshot.of(root.object("options", HostForm::options), root.object("platform", HostForm::platform));
        for (SectionForm<?> form : SectionForm.ALL) {
            snapshot = form.read(root, snapshot);
        }
        return snapshot;
    }

    private static void root(JsonOut out, HostSnapshot snapshot) {
        out.text(VERSION_MEMBER, SCHEMA_VERSION);
        out.object("options", snapshot.options(), HostForm::options);
        out.object("platform", snapshot.platform(), HostForm::platform);
        SectionForm.ALL.forEach(form -> form.write(out, snapshot));
    }

    private static void requireKnownMajor(JsonObject root) throws SnapshotFormatException {
        String version = root.text(VERSION_MEMBER, TextRule.TEXT);
        int dot = version.indexOf('.');
        if (dot < 0 || !isNumber(version.substring(0, dot)) || !isNumber(version.substring(dot + 1))) {
            throw root.problem(VERSION_MEMBER, "It must be a major and a minor number, such as 1.0.");
        }
        if (!version.substring(0, dot).equals(Integer.toString(MAJOR))) {
            throw root.problem(VERSION_MEMBER, "Only version 1 of the format is known here.");
        }
    }

    /** Decimal digits without leading zeros. */
    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return text.equals("0") || !text.isEmpty() && text.charAt(0) != '0';
    }
}
