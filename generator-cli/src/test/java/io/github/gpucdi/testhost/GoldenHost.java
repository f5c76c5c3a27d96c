package io.github.gpucdi.testhost;

import io.github.gpucdi.assemble.model.AssembleOptions;
import io.github.gpucdi.assemble.model.HooksPolicy;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.Mode;
import io.github.gpucdi.host.ProbeOptions;
import io.github.gpucdi.host.SectionKey;
import io.github.gpucdi.host.json.SnapshotJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A host of the golden tests: the folder {@code hosts/<name>} of the test resources.
 *
 * <ul>
 *   <li>{@code tree} its files, see {@link HostTree}; {@code nvml} what the NVML double answers, in its own form
 *   <li>{@code sandboxutils} what the double of libnvidia-sandboxutils answers, which is asked where there is this file
 *   <li>{@code args} what the probes are told, one a line: {@code --driver-root}, {@code --dev-root}, {@code --host-root},
 *       {@code --library-search-path}, {@code --config-search-path}, {@code PATH=…}, {@code ARCHITECTURE=…} (uname's
 *       word, x86_64 if not given)
 *   <li>{@code modes} the modes besides {@code nvml} that it has something for, one a line; {@code dxcore} what the double
 *       of libdxcore answers, in its own form
 *   <li>{@code snapshot.json} what the probes find; for a simulated host the resource that is shipped
 *   <li>{@code nvidia.yaml}, {@code none.yaml} the specs with that hooks policy, of the hosts in {@link #WHOLE}; of the
 *       others {@code nvidia.txt}, {@code none.txt}, their {@linkplain SpecSummary summaries};
 *       those of other modes with the mode in front, such as {@code gds-none.yaml}
 * </ul>
 *
 * <p>With the system property {@code golden.update=true} the tests write the last three anew, and fail.
 *
 * @param folder where the files are, below {@code src}
 */
public record GoldenHost(Path folder) {
    private static final Path HOSTS = Path.of("src/test/resources/hosts");
    /** One with graphics, one below a host root, one with GPUs of several kinds, one of WSL, one asked by
     * libnvidia-sandboxutils. */
    private static final Set<String> WHOLE = Set.of("debian-l4", "host-root", "mixed-groups", "sandboxutils", "wsl2");

    private static final Path SHIPPED = Path.of("src/main/resources/io/github/gpucdi/hosts");

    /** All of them, by name. */
    public static List<GoldenHost> all() {
        try (Stream<Path> folders = Files.list(HOSTS)) {
            return folders.sorted()
                    .map(GoldenHost::new)
                    .filter(host -> host.hasTree() || Files.exists(host.snapshotFile()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether it can be laid out; of a host that others looked at there is only the snapshot. */
    public boolean hasTree() {
        return Files.exists(folder.resolve("tree"));
    }

    /** Whether a mode's specs are kept whole; those without the driver's files are short. */
    public boolean isWhole(Mode mode) {
        return WHOLE.contains(toString())
                || mode == Mode.CSV
                || !mode.sections().contains(SectionKey.HOOK);
    }

    /** Whether the tests write what they would compare. */
    public static boolean isUpdate() {
        return Boolean.getBoolean("golden.update");
    }

    /** Of the argument {@code --name=value} or the variable {@code name=value} the value, if given. */
    public Optional<String> argument(String name) {
        for (String line : lines("args")) {
            if (line.startsWith(name + "=")) {
                return Optional.of(line.substring(name.length() + 1));
            }
        }
        return Optional.empty();
    }

    /** The modes that it has something for; one for GPUs is there in place of NVML's. */
    public List<Mode> modes() {
        List<Mode> modes = new ArrayList<>(List.of(Mode.NVML));
        for (String word : lines("modes")) {
            Mode mode = Mode.valueOf(word.toUpperCase(Locale.ROOT));
            if (AssembleOptions.DEFAULT.kind(mode).equals(AssembleOptions.DEFAULT.kind(Mode.NVML))) {
                modes.remove(Mode.NVML);
            }
            modes.add(mode);
        }
        return modes;
    }

    /** The file with a mode's spec. */
    public Path specFile(Mode mode, HooksPolicy hooks) {
        String word = hooks.name().toLowerCase(Locale.ROOT);
        return folder.resolve(
                (mode == Mode.NVML ? word : mode.word() + "-" + word) + (isWhole(mode) ? ".yaml" : ".txt"));
    }

    /** Uname's word for the host's processor. */
    public String architecture() {
        return argument("ARCHITECTURE").orElse("x86_64");
    }

    /** What the probes are told. */
    public ProbeOptions options() {
        String driverRoot = argument("--driver-root").orElse("/");
        return new ProbeOptions(
                driverRoot,
                argument("--dev-root").orElse(driverRoot),
                argument("--library-search-path").stream().toList(),
                argument("--config-search-path").stream().toList(),
                Optional.empty());
    }

    /** The lines of a file of the folder that are neither empty nor comments; none if there is no such file. */
    public List<String> lines(String file) {
        try {
            Path path = folder.resolve(file);
            List<String> lines = new ArrayList<>(Files.exists(path) ? Files.readAllLines(path) : List.of());
            lines.removeIf(line -> line.isBlank() || line.startsWith("#"));
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file with the snapshot. */
    public Path snapshotFile() {
        Path shipped = SHIPPED.resolve(this + ".json");
        return Files.exists(shipped) || isShipped() ? shipped : folder.resolve("snapshot.json");
    }

    private boolean isShipped() {
        try {
            return Files.readAllLines(SHIPPED.resolve("index")).stream().anyMatch(line -> line.startsWith(this + " "));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The snapshot as the file has it. */
    public HostSnapshot snapshot() {
        try (InputStream in = Files.newInputStream(snapshotFile())) {
            return SnapshotJson.read(in);
        } catch (Exception e) {
            throw new IllegalStateException(snapshotFile() + ": " + e.getMessage(), e);
        }
    }

    /** The text of a snapshot. */
    public static byte[] text(HostSnapshot snapshot) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            SnapshotJson.write(snapshot, out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The host's name. */
    @Override
    public String toString() {
        return folder.getFileName().toString();
    }

    /** A snapshot's text without when its tree was laid out. */
    public static String timeless(String snapshot) {
        return snapshot.replaceAll(",\n *\"driverChanged\": [0-9]+", "");
    }
}
