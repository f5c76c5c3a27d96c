package io.github.gpucdi.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A directory with nothing but what every system of a kind has: no Java, and no older package of ours.
 *
 * @param path of the directory
 * @param libraries where that system has a driver's libraries
 */
record CleanRoot(Kind kind, Path path, String libraries) {
    private static final String DEBIAN_LIBRARIES = "usr/lib/" + System.getProperty("package.arch") + "-linux-gnu";
    private static final String RPM_LIBRARIES = "usr/lib64";

    /** How packages come and go. */
    enum Kind {
        DEB(".deb", List.of("dpkg", "-i"), List.of("dpkg", "-P"), "usr/share/zsh/vendor-completions"),
        RPM(".rpm", List.of("rpm", "--nosignature", "-U"), List.of("rpm", "-e"), "usr/share/zsh/site-functions");

        private final String suffix;
        private final List<String> installs;
        private final List<String> removes;
        private final String zsh;

        Kind(String suffix, List<String> installs, List<String> removes, String zsh) {
            this.suffix = suffix;
            this.installs = installs;
            this.removes = removes;
            this.zsh = zsh;
        }

        /** The package that the build made. */
        Path made() throws IOException {
            try (Stream<Path> files = Files.list(Packaged.DIRECTORY)) {
                return files.filter(file -> file.toString().endsWith(suffix))
                        .findFirst()
                        .orElseThrow();
            }
        }

        /** A line of sh that installs or upgrades. */
        String installing(String file) {
            return String.join(" ", installs) + " " + file;
        }

        /** A line of sh that removes all. */
        String removing() {
            return String.join(" ", removes) + " " + Release.NAME;
        }

        /** Where zsh looks. */
        String zsh() {
            return zsh;
        }
    }

    /** Makes one; the one for rpm of the other, with its libraries where Fedora has them and nothing of dpkg. */
    static CleanRoot make(Kind kind, Path parent) throws Exception {
        Path debian = parent.resolve("debian");
        if (!Files.exists(debian)) {
            debian(debian, "");
        }
        if (kind == Kind.DEB) {
            return new CleanRoot(kind, debian, DEBIAN_LIBRARIES);
        }
        Path path = parent.resolve("rpm");
        Commands.run(List.of("cp", "-a", debian.toString(), path.toString()));
        Commands.run(List.of(
                "sh",
                "-c",
                "cd \"$0\" && rm -rf lib64 usr/lib64 var/lib/dpkg etc/dpkg etc/ld.so.conf.d usr/bin/dpkg*"
                        + " && mv " + DEBIAN_LIBRARIES + " " + RPM_LIBRARIES + " && ln -s " + RPM_LIBRARIES + " lib64"
                        + " && echo /" + RPM_LIBRARIES + " >etc/ld.so.conf && ldconfig -r .",
                path.toString()));
        CleanRoot root = new CleanRoot(kind, path, RPM_LIBRARIES);
        root.provide(Release.GLIBC);
        return root;
    }

    /** One that can be booted, and has both package managers, and more packages of Debian. */
    static CleanRoot withSystemd(Path parent, String... more) throws Exception {
        Path path = parent.resolve("systemd");
        List<String> packages = new ArrayList<>(List.of("systemd-sysv", "udev", "rpm"));
        packages.addAll(List.of(more));
        debian(path, String.join(",", packages));
        CleanRoot root = new CleanRoot(Kind.DEB, path, DEBIAN_LIBRARIES);
        root.provide(Release.GLIBC);
        return root;
    }

    private static void debian(Path path, String more) throws Exception {
        assumeTrue(Commands.run(List.of("id", "-u")).strip().equals("0"), "a root of a distribution needs root");
        assumeTrue(
                has("mmdebstrap") && has("rpm") && has("rpmbuild"), "mmdebstrap, rpm and rpmbuild are not all there");
        String suite = Commands.run(List.of("sh", "-c", ". /etc/os-release && echo \"$VERSION_CODENAME\""))
                .strip();
        List<String> command = new ArrayList<>(List.of("mmdebstrap", "--mode=root", "--variant=essential"));
        if (!more.isEmpty()) {
            command.add("--include=" + more);
        }
        command.addAll(List.of(suite, path.toString()));
        Commands.run(command);
    }

    /** What rpm is told of this root: its packages are none of rpm's. */
    void provide(String glibc) throws IOException, InterruptedException {
        Path work = Files.createDirectories(path.resolveSibling("glibc-" + glibc));
        Path spec = Files.writeString(work.resolve("glibc.spec"), """
                Name: glibc
                Version: %s
                Release: 1
                Summary: As much as rpm must know
                License: none
                Provides: libc.so.6(GLIBC_%s)(64bit)
                Provides: /bin/sh
                %%description
                %%files
                """.formatted(glibc, glibc));
        Path stub = rpm(spec, work);
        Commands.run(List.of("rpm", "--root=" + path, "--nosignature", "-U", "--oldpackage", stub.toString()));
    }

    /** Builds what a description of a package says, without compression. */
    static Path rpm(Path spec, Path work) throws IOException, InterruptedException {
        Commands.run(List.of(
                "rpmbuild",
                "-bb",
                "--quiet",
                "--define=_topdir " + work,
                "--define=_binary_payload w0.gzdio",
                "--define=__os_install_post %{nil}",
                "--define=debug_package %{nil}",
                spec.toString()));
        try (Stream<Path> built = Files.walk(work.resolve("RPMS"))) {
            return built.filter(file -> file.toString().endsWith(".rpm"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    List<String> installing(Path file) {
        return command(kind.installs, file.toString());
    }

    Packaged.Result install(Path file) throws Exception {
        return Packaged.execute(installing(file));
    }

    void remove() throws Exception {
        assertThat(Packaged.execute(command(kind.removes, Release.NAME)).status())
                .isZero();
    }

    /** Both take a root, and another order of words. */
    List<String> command(List<String> words, String last) {
        List<String> command = new ArrayList<>(words);
        command.add(1, "--root=" + path);
        command.add(last);
        return command;
    }

    /** Runs a line of sh there, without a variable but PATH. */
    Packaged.Result run(String line) throws IOException, InterruptedException {
        return Packaged.execute(List.of(
                "env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "chroot", path.toString(), "sh", "-c", line));
    }

    /** All that lies there, but for the books of package managers. */
    String files() throws IOException, InterruptedException {
        return Commands.run(List.of("find", path.toString(), "-xdev"))
                .lines()
                .filter(line -> !line.matches(".*/(var/lib/(dpkg|rpm)|var/log|root/\\.rpmdb|usr/lib/sysimage)(/.*)?"))
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    void delete() throws IOException, InterruptedException {
        Commands.run(List.of("rm", "-rf", "--one-file-system", path.toString()));
    }

    static boolean has(String program) throws Exception {
        return Packaged.execute(List.of("sh", "-c", "command -v " + program)).status() == 0;
    }
}
