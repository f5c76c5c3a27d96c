package io.github.gpucdi.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image runs in Podman as it is: nothing of a distribution, read-only, any user, no variable of a login. */
class ImageIT {
    private static final String DRIVER = "580.95.05";
    private static final Pattern NEEDED = Pattern.compile("\\(NEEDED\\).*\\[(.*)]");

    @TempDir
    private static Path storage;

    private static Podman podman;

    @TempDir
    private Path own;

    @BeforeAll
    static void load() throws Exception {
        podman = Podman.withImage(storage);
    }

    @Test
    void aSimulatedHostsSpecIsThatOfTheArchive() throws Exception {
        String expected = Packaged.unpacked(own)
                .run("--quiet", "generate", "--simulate=dgx-a100")
                .out();

        Packaged.Result generated = run("", List.of(), "--quiet", "generate", "--simulate=dgx-a100");

        assertThat(generated).isEqualTo(new Packaged.Result(0, expected, ""));
        assertThat(expected).startsWith("---\n");
    }

    /** The driver's library is loaded, with all of glibc that it asks for. */
    @Test
    void theGpusOfAMountedHostAreFound() throws Exception {
        Path libraries =
                Files.createDirectories(own.resolve("usr/lib/" + System.getProperty("package.arch") + "-linux-gnu"));
        Path library = libraries.resolve("libnvidia-ml.so." + DRIVER);
        Commands.run(List.of("../nvml-double/src/main/c/build.sh", library.toString(), DRIVER));
        Files.createSymbolicLink(libraries.resolve("libnvidia-ml.so.1"), library.getFileName());
        Files.writeString(own.resolve("nvml.conf"), "driver = " + DRIVER + "\ngpu.0 = l40s\n");
        Files.createDirectory(own.resolve("dev"));
        Commands.run(List.of("chmod", "755", own.toString()));
        String nodes = "cd '" + own + "/dev' && mount -t tmpfs none . && cd ../dev"
                + " && mknod null c 1 3 && mknod nvidia0 c 195 0 && mknod nvidiactl c 195 255 &&";

        Packaged.Result generated = run(
                nodes,
                List.of("--volume=" + own + ":/host:ro", "--env=NVML_DOUBLE_CONFIG=/host/nvml.conf"),
                "generate",
                "--host-root=/host",
                "--hooks=none");

        assertThat(generated.out())
                .as(generated.err())
                .contains("path: /dev/nvidia0", "libnvidia-ml.so." + DRIVER)
                .doesNotContain("/host");
    }

    @Test
    void itTellsWhatItIs() throws Exception {
        String told = podman.run(
                        "",
                        "image",
                        "inspect",
                        "--format={{.Os}} {{.Architecture}} {{.Created.UTC.Format \"2006-01-02T15:04:05Z\"}}"
                                + " {{.Config.Entrypoint}} {{index .Labels \"org.opencontainers.image.version\"}}",
                        Podman.IMAGE)
                .out()
                .strip();

        assertThat(told)
                .isEqualTo("linux "
                        + Architecture.of(System.getProperty("package.arch")).debianName() + " "
                        + System.getProperty("package.time") + " [/usr/bin/gpu-cdi] " + Packaged.VERSION);
    }

    /** Every program and library has all that it asks for, and there is no other program, nor what only a host can use. */
    @Test
    void nothingIsMissingAndThereIsNoShell() throws Exception {
        Commands.run(List.of(
                "sh",
                "-c",
                "cd \"$0\" && tar -xf '" + Podman.ARCHIVE + "' && mkdir root && for blob in blobs/sha256/* *.tar.gz; do"
                        + " if gzip -t \"$blob\" 2>/dev/null; then tar -xzf \"$blob\" -C root; fi; done",
                own.toString()));
        TreeSet<String> here = new TreeSet<>();
        TreeSet<String> needed = new TreeSet<>();
        try (Stream<Path> all = Files.walk(own.resolve("root"))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                here.add(file.getFileName().toString());
                if (NeedsIT.isElf(file)) {
                    Matcher found = NEEDED.matcher(Commands.run(List.of("readelf", "-dW", file.toString())));
                    while (found.find()) {
                        needed.add(found.group(1));
                    }
                }
            }
        }

        assertThat(needed).contains("libc.so.6", "libm.so.6");
        assertThat(here)
                .containsAll(needed)
                .contains("LGPL-2.1")
                .doesNotContain("sh", "bash", "gpu-cdi-refresh.service");
        assertThat(own.resolve("root"
                        + Architecture.of(System.getProperty("package.arch")).interpreter()))
                .isRegularFile();
    }

    private static Packaged.Result run(String mounts, List<String> options, String... arguments) throws Exception {
        List<String> words = new ArrayList<>(List.of(
                "run",
                "--rm",
                "--network=none",
                "--read-only",
                "--read-only-tmpfs=false",
                "--user=1000",
                "--unsetenv-all",
                "--cap-drop=all"));
        words.addAll(options);
        words.add(Podman.IMAGE);
        words.addAll(List.of(arguments));
        return podman.run(mounts, words.toArray(String[]::new));
    }
}
