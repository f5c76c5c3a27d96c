package io.github.gpucdi.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PackagedProgramIT {
    private static final String GENERATE = "--quiet generate --simulate=dgx-a100";
    private static final String VERSION = "gpu-cdi " + Packaged.VERSION + System.lineSeparator();

    @TempDir
    private static Path unpacked;

    private static Packaged whole;
    private static String spec;

    @TempDir
    private Path own;

    @BeforeAll
    static void unpack() throws Exception {
        whole = Packaged.unpacked(unpacked);
        Packaged.Result generated = whole.shell("exec \"$0\" " + GENERATE);
        assertThat(generated.status()).isZero();
        spec = generated.out();
    }

    @Test
    void tellsItsVersionAndNothingElse() throws Exception {
        assertThat(whole.run("--version")).isEqualTo(new Packaged.Result(0, VERSION, ""));
    }

    @Test
    void theSpecIsWhatTheBuiltProgramWrites() throws Exception {
        Path built = Path.of("..").resolve("bin/gpu-cdi").toRealPath();

        Packaged.Result expected = Packaged.execute(List.of("sh", "-c", "exec \"$0\" " + GENERATE, built.toString()));

        assertThat(spec).startsWith("---\ncdiVersion: ").isEqualTo(expected.out());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // As from a unit of systemd without any variable.
                "exec env -i \"$0\"",
                "exec env -i LC_ALL=POSIX HOME=/nonexistent TMPDIR=/nonexistent \"$0\"",
                "JAVA_TOOL_OPTIONS=-XX:+PrintFlagsFinal _JAVA_OPTIONS=-Xmx1m JDK_JAVA_OPTIONS=-version"
                        + " JDK_AOT_VM_OPTIONS=-Xmx1m CLASSPATH=/nonexistent exec \"$0\"",
                "cd / && exec \"$0\" <&-",
                "ulimit -v 2000000; exec \"$0\""
            })
    void whatTheProcessIsGivenChangesNothing(String start) throws Exception {
        assertThat(whole.shell(start + " " + GENERATE)).isEqualTo(new Packaged.Result(0, spec, ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mount -t tmpfs -o noexec none /tmp",
                "mount -t tmpfs -o ro none /tmp && mount -t tmpfs -o ro none /var/tmp",
                "mount --bind / / && mount -o remount,bind,ro /"
            })
    void itNeedsNoPlaceToWrite(String mounts) throws Exception {
        assumeTrue(isRoot(), "mounting needs root");
        // What is unpacked below /tmp would be hidden.
        String inside = "mount --make-rprivate / && mount --bind '" + whole.root() + "' /mnt && " + mounts
                + " && exec /mnt/bin/gpu-cdi " + GENERATE;

        assertThat(Packaged.execute(List.of("unshare", "-m", "sh", "-c", inside)))
                .isEqualTo(new Packaged.Result(0, spec, ""));
    }

    @Test
    void anyUserMayRunIt() throws Exception {
        assumeTrue(isRoot(), "becoming another user needs root");
        Packaged.execute(List.of("chmod", "755", unpacked.toString()));

        assertThat(whole.shell("exec setpriv --reuid=65534 --regid=65534 --clear-groups \"$0\" " + GENERATE))
                .isEqualTo(new Packaged.Result(0, spec, ""));
    }

    @Test
    void aPathBeyondAsciiIsReadInAnyLocale() throws Exception {
        Path file = Files.writeString(own.resolve("gerät.yaml"), spec);

        assertThat(whole.shell("exec env -i LC_ALL=POSIX \"$0\" validate '" + file + "'")
                        .status())
                .isZero();
    }

    @Test
    void aLinkLeadsToIt() throws Exception {
        Path link = Files.createSymbolicLink(own.resolve("gpu-cdi"), whole.program());

        assertThat(new Packaged(own).shell("exec '" + link + "' --version").out())
                .isEqualTo(VERSION);
    }

    @Test
    void exitCodesAreThoseOfTheProgram() throws Exception {
        Path file = Files.writeString(own.resolve("spec.yaml"), spec);

        assertThat(whole.run("--nonsense").status()).isEqualTo(2);
        assertThat(whole.shell("exec \"$0\" " + GENERATE + " --check --output='" + file + "'")
                        .status())
                .isZero();
        assertThat(whole.shell("exec \"$0\" " + GENERATE + "-mig --check --output='" + file + "'")
                        .status())
                .isEqualTo(1);
        assertThat(whole.shell("\"$0\" --version >&-").status()).isEqualTo(6);
        assertThat(whole.shell("exec \"$0\" " + GENERATE + " >/dev/full").status())
                .isEqualTo(6);
    }

    /** Nobody can be told, and the status tells. */
    @Test
    void standardErrorMayBeClosed() throws Exception {
        assertThat(whole.shell("\"$0\" " + GENERATE + " 2>&-")).isEqualTo(new Packaged.Result(0, spec, ""));
        assertThat(whole.shell("\"$0\" --nonsense 2>&- >&- <&-").status()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"HUP, 129", "INT, 130", "TERM, 143"})
    void aSignalReachesTheProgramItself(String signal, int status) throws Exception {
        Path fifo = own.resolve("fifo");
        Commands.run(List.of("mkfifo", fifo.toString()));

        // All spaces are written when the program has read most of them: it is wholly started, and waits for more. A
        // shell without jobs has what it starts ignore INT, and the program keeps that; so it is told not to.
        Packaged.Result ended = Packaged.execute(List.of(
                "bash",
                "-c",
                "set -m; \"$0\" generate --snapshot=- <'" + fifo
                        + "' & child=$!; exec 9>'" + fifo + "'; printf '%200000s' '' >&9; kill -" + signal
                        + " $child; wait $child",
                whole.program().toString()));

        assertThat(ended.status()).isEqualTo(status);
    }

    @Test
    void tooLittleMemoryIsNotADifference() throws Exception {
        Packaged.Result failed = whole.shell("ulimit -v 500000; exec \"$0\" --version");

        assertThat(failed.status()).isEqualTo(70);
        assertThat(failed.out()).isEmpty();
        assertThat(failed.err()).contains("error: the Java virtual machine of gpu-cdi failed");
    }

    /** The largest that is read, and what such a spec takes most memory by: very many devices. */
    @Test
    void thereIsMemoryForTheLargestSpec() throws Exception {
        Path large = largeSpec();

        assertThat(whole.run("validate", large.toString()))
                .isEqualTo(new Packaged.Result(0, large + ": ok" + System.lineSeparator(), ""));
    }

    /** Of a container that may have 200 MiB the heap is half, so that the program can say that this was too little. */
    @Test
    void aHeapThatDoesNotSufficeIsSaid() throws Exception {
        assumeTrue(isRoot(), "mounting needs root");
        Path limit = Path.of(Commands.run(List.of("sh", "-c", """
                one=$(sed -n 's/^[0-9]*:memory://p' /proc/self/cgroup)
                if [ -n "$one" ]; then
                    printf /sys/fs/cgroup/memory%s/memory.limit_in_bytes "$one"
                else
                    printf /sys/fs/cgroup%s/memory.max "$(sed -n 's/^0:://p' /proc/self/cgroup)"
                fi""")));
        assumeTrue(Files.exists(limit), "there is no " + limit);
        Path less = Files.writeString(own.resolve("limit"), "209715200\n");

        Packaged.Result failed = Packaged.execute(List.of(
                "unshare",
                "-m",
                "sh",
                "-c",
                "mount --make-rprivate / && mount --bind '" + less + "' '" + limit + "' && exec \"$0\" validate '"
                        + largeSpec() + "'",
                whole.program().toString()));

        assertThat(failed.status()).as(failed.err()).isEqualTo(2);
        assertThat(failed.out()).isEmpty();
        assertThat(failed.err()).matches("error: there is not enough memory: .*\nhint: .*\n");
    }

    private Path largeSpec() throws IOException {
        StringBuilder text = new StringBuilder("cdiVersion: 0.5.0\nkind: example.com/gpu\ndevices:\n");
        for (int i = 0; text.length() < 15_000_000; i++) {
            text.append("- name: g")
                    .append(i)
                    .append("\n  containerEdits: {env: [A=")
                    .append(i)
                    .append("]}\n");
        }
        return Files.writeString(own.resolve("large.yaml"), text);
    }

    @Test
    void sumsAreRight() throws Exception {
        assertThat(Packaged.execute(List.of(
                                "sh",
                                "-c",
                                "cd '" + Packaged.DIRECTORY + "' && sha256sum --check --strict SHA256SUMS && ls"))
                        .status())
                .isZero();
        try (Stream<Path> files = Files.list(Packaged.DIRECTORY)) {
            String sums = Files.readString(Packaged.DIRECTORY.resolve("SHA256SUMS"));
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> !name.equals("SHA256SUMS")))
                    .isNotEmpty()
                    .allMatch(sums::contains);
        }
    }

    private static boolean isRoot() throws Exception {
        return Commands.run(List.of("id", "-u")).strip().equals("0");
    }
}
