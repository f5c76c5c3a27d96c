package io.github.gpucdi.host.json;

import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.PlainText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

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

    private static final int MAJOR = 1;
    private static final String VERSION_MEMBER = "schemaVersion";

    private SnapshotJson() {}

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
        JsonOut.document(out, snapshot, SnapshotJson::root);
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
        return new HostSnapshot(
                root.object("options", HostForm::options),
                root.object("platform", HostForm::platform),
                root.section("driver", HostForm::driver),
                root.section("nvml", NvmlForm::facts),
                root.section("files", FilesForm::files),
                root.section("nodes", HostForm::nodes),
                root.section("hook", HostForm::hook),
                root.section("engines", EnginesForm::engines),
                root.section("cdi", CdiForm::facts),
                root.section("environment", CdiForm::environment));
    }

    private static void root(JsonOut out, HostSnapshot snapshot) {
        out.text(VERSION_MEMBER, SCHEMA_VERSION);
        out.object("options", snapshot.options(), HostForm::options);
        out.object("platform", snapshot.platform(), HostForm::platform);
        out.section("driver", snapshot.driver(), HostForm::driver);
        out.section("nvml", snapshot.nvml(), NvmlForm::facts);
        out.section("files", snapshot.files(), FilesForm::files);
        out.section("nodes", snapshot.nodes(), HostForm::nodes);
        out.section("hook", snapshot.hook(), HostForm::hook);
        out.section("engines", snapshot.engines(), EnginesForm::engines);
        out.section("cdi", snapshot.cdi(), CdiForm::facts);
        out.section("environment", snapshot.environment(), CdiForm::environment);
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
