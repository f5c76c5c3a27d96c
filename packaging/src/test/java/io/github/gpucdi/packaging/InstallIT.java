package io.github.gpucdi.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Packages come, are replaced and go, also where something is in the way. */
class InstallIT {
    private static final String VERSION = "gpu-cdi " + Packaged.VERSION + "\n";

    @TempDir
    private static Path parent;

    private static final Map<CleanRoot.Kind, CleanRoot> ROOTS = new EnumMap<>(CleanRoot.Kind.class);
    private static final Map<CleanRoot.Kind, Path> OLD = new EnumMap<>(CleanRoot.Kind.class);

    @TempDir
    private Path own;

    @BeforeAll
    static void make() throws Exception {
        for (CleanRoot.Kind kind : CleanRoot.Kind.values()) {
            ROOTS.put(kind, CleanRoot.make(kind, parent));
        }
        OLD.putAll(Older.packages(parent));
    }

    @AfterAll
    static void delete() throws Exception {
        for (CleanRoot root : ROOTS.values()) {
            root.delete();
        }
    }

    /** Whatever a test left half done. */
    @AfterEach
    void clean() throws Exception {
        for (CleanRoot root : ROOTS.values()) {
            if (Files.exists(root.path().resolve("usr/bin/gpu-cdi"))) {
                root.remove();
            }
        }
    }

    static Stream<CleanRoot> roots() {
        return ROOTS.values().stream();
    }

    @ParameterizedTest
    @MethodSource("roots")
    void anUpgradeReplacesAndRemovingLeavesNothing(CleanRoot root) throws Exception {
        String before = root.files();

        install(root, OLD.get(root.kind()));
        assertThat(root.path().resolve(Older.OF_OLD)).exists();
        install(root, root.kind().made());
        assertThat(root.path().resolve(Older.OF_OLD)).doesNotExist();
        assertThat(root.run("gpu-cdi --version").out()).isEqualTo(VERSION);
        root.remove();

        assertThat(root.files()).isEqualTo(before);
    }

    /** It reads standard input while all its files are replaced, and what it has loaded stays as it was. */
    @ParameterizedTest
    @MethodSource("roots")
    void aRunningProgramSurvivesAnUpgrade(CleanRoot root) throws Exception {
        install(root, OLD.get(root.kind()));
        Path snapshot = own.resolve("snapshot.json");
        Files.writeString(
                snapshot,
                root.run("gpu-cdi --quiet snapshot --simulate=dgx-a100").out());
        String expected =
                root.run("gpu-cdi --quiet generate --simulate=dgx-a100").out();
        Path pipe = own.resolve("pipe");
        Commands.run(List.of("mkfifo", pipe.toString()));
        List<String> upgrade = root.installing(root.kind().made());

        // A pipe holds 64 KiB: spaces are all written when the program has read most of them.
        Packaged.Result done = Packaged.execute(List.of(
                "sh",
                "-c",
                "chroot \"$0\" gpu-cdi --quiet generate --snapshot=- <'" + pipe + "' & child=$!; exec 9>'" + pipe
                        + "'; printf '%200000s' '' >&9; " + String.join(" ", upgrade)
                        + " >&2 || exit 99; cat '" + snapshot + "' >&9; exec 9>&-; wait $child",
                root.path().toString()));

        assertThat(done.status()).as(done.err()).isZero();
        assertThat(done.out()).isEqualTo(expected).startsWith("---\n");
        assertThat(root.path().resolve(Older.OF_OLD)).doesNotExist();
    }

    /** Of dpkg the old version stays; rpm replaces file by file, and looks for space before. */
    @ParameterizedTest
    @MethodSource("roots")
    void aFullDiskIsSaidAndTheOldVersionStays(CleanRoot root) throws Exception {
        String home = root.path() + "/usr/lib/gpu-cdi";
        Files.createDirectory(Path.of(home));
        String line = "mount --make-rprivate / && mount -t tmpfs -o size=100m none '" + home + "' && "
                + String.join(" ", root.installing(OLD.get(root.kind()))) + " >&2 || exit 98; "
                + String.join(" ", root.installing(root.kind().made()))
                + " >&2 && exit 99; exec chroot \"$0\" gpu-cdi --version";

        Packaged.Result done = Packaged.execute(
                List.of("unshare", "-m", "sh", "-c", line, root.path().toString()));

        assertThat(done.status()).as(done.toString()).isZero();
        assertThat(done.err()).containsPattern("No space left on device|needs .* space on the .* filesystem");
        assertThat(done.out()).isEqualTo(VERSION);
        // What the package manager knows of files that were in the other namespace.
        install(root, root.kind().made());
    }

    @ParameterizedTest
    @MethodSource("roots")
    void anOldGlibcIsRefused(CleanRoot root) throws Exception {
        if (root.kind() == CleanRoot.Kind.RPM) {
            root.provide("2.12");
        } else {
            Commands.run(List.of(
                    "sh",
                    "-c",
                    "cd \"$0\"/var/lib/dpkg && cp status status.kept"
                            + " && sed -i '/^Package: libc6$/,/^$/s/^Version: .*/Version: 2.13-38/' status",
                    root.path().toString()));
        }
        try {
            Packaged.Result refused = root.install(root.kind().made());

            assertThat(refused.status()).isNotZero();
            assertThat(refused.err())
                    .containsAnyOf("libc6 (>= " + Release.GLIBC + ")", "libc.so.6(GLIBC_" + Release.GLIBC);
        } finally {
            if (root.kind() == CleanRoot.Kind.RPM) {
                root.provide(Release.GLIBC);
            } else {
                root.remove();
                Path books = root.path().resolve("var/lib/dpkg");
                Commands.run(List.of(
                        "mv",
                        books.resolve("status.kept").toString(),
                        books.resolve("status").toString()));
            }
        }
    }

    private static void install(CleanRoot root, Path file) throws Exception {
        Packaged.Result installed = root.install(file);
        assertThat(installed.status()).as(installed.err()).isZero();
    }
}
