package io.github.gpucdi.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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

    @Test
    void aSignalReachesTheProgramItself() throws Exception {
        Path fifo = own.resolve("fifo");
        Commands.run(List.of("mkfifo", fifo.toString()));

        // The program waits for a writer of the pipe; the one that comes is the shell, which sees it end by the signal.
        Packaged.Result ended = whole.shell("\"$0\" generate --snapshot=- <'" + fifo + "' & child=$!; exec 9>'" + fifo
                + "'; kill -TERM $child; wait $child");

        assertThat(ended.status()).isEqualTo(143);
    }

    @Test
    void tooLittleMemoryIsNotADifference() throws Exception {
        Packaged.Result failed = whole.shell("ulimit -v 500000; exec \"$0\" --version");

        assertThat(failed.status()).isEqualTo(70);
        assertThat(failed.out()).isEmpty();
        assertThat(failed.err()).contains("error: the Java virtual machine of gpu-cdi failed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "contents",
                "app/gpu-cdi.jar",
                "native/libjnidispatch.so",
                "runtime/lib/modules",
                "runtime/lib/libzip.so",
                "runtime/lib/server/libjvm.so"
            })
    void halfAnInstallationIsNamed(String missing) throws Exception {
        Packaged half = whole.copy(own);
        Files.delete(half.home().resolve(missing));

        Packaged.Result failed = half.run("--version");

        assertThat(failed.status()).isEqualTo(70);
        assertThat(failed.out()).isEmpty();
        assertThat(failed.err())
                .startsWith(
                        "error: gpu-cdi is not wholly installed: " + half.home().resolve(missing) + ": ")
                .endsWith("hint: install it anew\n");
    }

    @Test
    void aFileThatIsCutShortIsNamed() throws Exception {
        Packaged half = whole.copy(own);
        Path jar = half.home().resolve("app/gpu-cdi.jar");
        replace(jar, Arrays.copyOf(Files.readAllBytes(jar), 1000));

        Packaged.Result failed = half.run("--version");

        assertThat(failed.status()).isEqualTo(70);
        assertThat(failed.err()).contains(jar + " has 1000 bytes, not ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "cut", "changed", "foreign", "unreadable"})
    void aDamagedCacheOnlyCostsTime(String damage) throws Exception {
        Packaged damaged = whole.copy(own);
        Path cache = damaged.home().resolve(Installation.CACHE);
        byte[] bytes = Files.readAllBytes(cache);
        switch (damage) {
            case "missing" -> Files.delete(cache);
            case "cut" -> replace(cache, Arrays.copyOf(bytes, bytes.length / 2));
            case "changed" -> {
                bytes[bytes.length / 3] ^= 1;
                replace(cache, bytes);
            }
            case "foreign" -> replace(cache, new byte[bytes.length]);
            default -> {
                Files.delete(cache);
                Files.createDirectory(cache);
            }
        }

        Packaged.Result result = damaged.shell("exec \"$0\" " + GENERATE);

        assertThat(result.status()).isZero();
        assertThat(result.out()).isEqualTo(spec);
        assertThat(result.err())
                .matches("warning: the start-up cache .* is (damaged|not there): gpu-cdi works, but starts slowly\n"
                        + "hint: install gpu-cdi anew\n");
    }

    /** A cache that is whole, but of another build: the machine itself must find that out. */
    @Test
    void aCacheOfOtherJarsIsNotUsed() throws Exception {
        Packaged changed = whole.copy(own);
        Path jar = changed.home().resolve("app/gpu-cdi.jar");
        Path contents = changed.home().resolve("contents");
        byte[] bytes = Files.readAllBytes(jar);
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        replace(jar, longer);
        replace(
                contents,
                Files.readString(contents)
                        .replace(bytes.length + " app/gpu-cdi.jar", longer.length + " app/gpu-cdi.jar")
                        .getBytes(StandardCharsets.UTF_8));

        Packaged.Result result = changed.shell("exec \"$0\" " + GENERATE);

        assertThat(result.status()).isZero();
        assertThat(result.out()).isEqualTo(spec);
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

    private static void replace(Path file, byte[] bytes) throws IOException {
        Files.delete(file);
        Files.write(file, bytes);
    }

    private static boolean isRoot() throws Exception {
        return Commands.run(List.of("id", "-u")).strip().equals("0");
    }
}
