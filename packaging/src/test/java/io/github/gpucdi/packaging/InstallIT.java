package io.github.gpucdi.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packages in a Debian that has nothing but what every Debian has; the one for rpm by rpm of this machine. */
class InstallIT {
    private static final String GENERATE = "gpu-cdi --quiet generate --simulate=dgx-a100";

    @TempDir
    private static Path parent;

    private static Path root;

    @TempDir
    private Path own;

    @BeforeAll
    static void makeDebian() throws Exception {
        assumeTrue(Commands.run(List.of("id", "-u")).strip().equals("0"), "a root of Debian needs root");
        assumeTrue(has("mmdebstrap") && has("lintian") && has("rpm"), "mmdebstrap, lintian and rpm are not all there");
        root = parent.resolve("debian");
        String suite = Commands.run(List.of("sh", "-c", ". /etc/os-release && echo \"$VERSION_CODENAME\""))
                .strip();
        Commands.run(List.of("mmdebstrap", "--mode=root", "--variant=essential", suite, root.toString()));
        assertThat(chroot("command -v java").status()).isNotZero();
    }

    @AfterAll
    static void removeDebian() throws Exception {
        if (root != null) {
            Commands.run(List.of("rm", "-rf", "--one-file-system", root.toString()));
        }
    }

    @Test
    void theDebianPackageIsInstalledUpgradedRemovedAndPurged() throws Exception {
        Path deb = made(".deb");
        Files.copy(older(deb), root.resolve("tmp/old.deb"));
        Files.copy(deb, root.resolve("tmp/new.deb"));

        assertThat(chroot("dpkg -i /tmp/old.deb").status()).isZero();
        assertThat(root.resolve("usr/lib/gpu-cdi/app/of-old.jar")).exists();
        assertThat(chroot("dpkg -i /tmp/new.deb").status()).isZero();

        assertThat(root.resolve("usr/lib/gpu-cdi/app/of-old.jar")).doesNotExist();
        assertThat(chroot("dpkg --verify gpu-cdi")).isEqualTo(new Packaged.Result(0, "", ""));
        itWorks();

        assertThat(chroot("dpkg -r gpu-cdi").status()).isZero();
        assertThat(chroot("dpkg -P gpu-cdi").status()).isZero();
        Files.delete(root.resolve("tmp/old.deb"));
        Files.delete(root.resolve("tmp/new.deb"));
        nothingIsLeft();
    }

    @Test
    void theRpmIsInstalledAndErased() throws Exception {
        String rpm = made(".rpm").toString();
        assertThat(Commands.run(List.of("rpm", "-qp", "--requires", rpm)).lines())
                .noneMatch(line -> line.contains("java"))
                .contains("libc.so.6(GLIBC_" + Release.GLIBC + ")(64bit)");

        // Debian's packages are nothing that rpm knows.
        Commands.run(List.of("rpm", "--root=" + root, "--nodeps", "--nosignature", "-i", rpm));

        assertThat(Packaged.execute(List.of("rpm", "--root=" + root, "--nodeps", "-V", "gpu-cdi")))
                .isEqualTo(new Packaged.Result(0, "", ""));
        itWorks();
        Commands.run(List.of("rpm", "--root=" + root, "-e", "gpu-cdi"));
        nothingIsLeft();
    }

    @Test
    void lintianFindsNoError() throws Exception {
        Packaged.Result judged = Packaged.execute(List.of(
                "lintian",
                "--no-cfg",
                "--allow-root",
                "--fail-on=error",
                made(".deb").toString()));

        assertThat(judged.status()).as(judged.out()).isZero();
    }

    @Test
    void packagesAreNotLarge() throws Exception {
        assertThat(Files.size(made(".deb"))).isLessThan(25_000_000);
        assertThat(Files.size(made(".rpm"))).isLessThan(25_000_000);
        long kilobytes = Long.parseLong(
                Commands.run(List.of("dpkg-deb", "-f", made(".deb").toString(), "Installed-Size"))
                        .strip());
        assertThat(kilobytes).isLessThan(90_000);
    }

    private static void itWorks() throws Exception {
        assertThat(chroot("gpu-cdi --version").out()).isEqualTo("gpu-cdi " + Packaged.VERSION + "\n");
        // The cache is whole, or a warning told of it.
        Packaged.Result generated =
                chroot(GENERATE + " --output=/tmp/nvidia.yaml && gpu-cdi validate /tmp/nvidia.yaml");
        assertThat(generated.status()).isZero();
        assertThat(generated.err()).isEmpty();
        // There is no driver, and a JVM that finds none needs no library that is missing here.
        assertThat(chroot("gpu-cdi generate").status()).isEqualTo(3);
        assertThat(root.resolve("usr/share/doc/gpu-cdi/copyright")).isRegularFile();
        assertThat(root.resolve("usr/share/gpu-cdi/schemas/host-snapshot-1.schema.json"))
                .isRegularFile();
        assertThat(root.resolve("usr/share/man/man1/gpu-cdi-generate.1.gz")).isRegularFile();
        assertThat(root.resolve("usr/share/man/man5/gpu-cdi-config.5.gz")).isRegularFile();
        assertThat(root.resolve("usr/share/bash-completion/completions/gpu-cdi"))
                .content()
                .isEqualTo(chroot("gpu-cdi completion bash").out());
        Files.delete(root.resolve("tmp/nvidia.yaml"));
    }

    private static void nothingIsLeft() throws Exception {
        assertThat(Commands.run(List.of("find", root.toString(), "-xdev", "-name", "*gpu-cdi*")))
                .isEmpty();
    }

    /** The same package as version 0, with one file more. */
    private Path older(Path deb) throws IOException, InterruptedException {
        Path parts = own.resolve("parts");
        Commands.run(List.of("dpkg-deb", "-R", deb.toString(), parts.toString()));
        Path control = parts.resolve("DEBIAN/control");
        Files.writeString(control, Files.readString(control).replaceAll("(?m)^Version: .*$", "Version: 0"));
        Files.writeString(parts.resolve("usr/lib/gpu-cdi/app/of-old.jar"), "old");
        Path old = own.resolve("old.deb");
        Commands.run(List.of("dpkg-deb", "-Znone", "-b", parts.toString(), old.toString()));
        return old;
    }

    private static Path made(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(Packaged.DIRECTORY)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static Packaged.Result chroot(String line) throws Exception {
        List<String> command = new ArrayList<>(List.of("env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin"));
        command.addAll(List.of("chroot", root.toString(), "sh", "-c", line));
        return Packaged.execute(command);
    }

    private static boolean has(String program) throws Exception {
        return Packaged.execute(List.of("sh", "-c", "command -v " + program)).status() == 0;
    }
}
