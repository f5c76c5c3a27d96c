package io.github.gpucdi.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is installed works, on a Debian and on a system of rpm's, neither with Java. */
class InstalledIT {
    private static final Packaged.Result NOTHING_SAID = new Packaged.Result(0, "", "");
    private static final String DRIVER = "580.95.05";

    @TempDir
    private static Path parent;

    private static final Map<CleanRoot.Kind, CleanRoot> ROOTS = new EnumMap<>(CleanRoot.Kind.class);

    @BeforeAll
    static void install() throws Exception {
        for (CleanRoot.Kind kind : CleanRoot.Kind.values()) {
            ROOTS.put(kind, CleanRoot.make(kind, parent));
        }
        for (CleanRoot root : ROOTS.values()) {
            assertThat(root.run("command -v java").status()).isNotZero();
            Packaged.Result installed = root.install(root.kind().made());
            assertThat(installed.status()).as(installed.err()).isZero();
        }
    }

    @AfterAll
    static void delete() throws Exception {
        for (CleanRoot root : ROOTS.values()) {
            root.delete();
        }
    }

    static Stream<CleanRoot> roots() {
        return ROOTS.values().stream();
    }

    @ParameterizedTest
    @EnumSource
    void thePackageManagerFindsItWhole(CleanRoot.Kind kind) throws Exception {
        CleanRoot root = ROOTS.get(kind);
        List<String> verify = kind == CleanRoot.Kind.DEB ? List.of("dpkg", "--verify") : List.of("rpm", "-V");

        assertThat(Packaged.execute(root.command(verify, Release.NAME))).isEqualTo(NOTHING_SAID);
    }

    @ParameterizedTest
    @MethodSource("roots")
    void itTellsItsVersion(CleanRoot root) throws Exception {
        assertThat(root.run("gpu-cdi --version"))
                .isEqualTo(new Packaged.Result(0, "gpu-cdi " + Packaged.VERSION + "\n", ""));
    }

    /** Without a message, such as one of a cache that is not the one that was made. */
    @ParameterizedTest
    @MethodSource("roots")
    void aSimulatedHostsSpecIsValid(CleanRoot root) throws Exception {
        assertThat(root.run("gpu-cdi --quiet generate --simulate=dgx-a100 --output=/tmp/simulated.yaml"))
                .isEqualTo(NOTHING_SAID);
        assertThat(root.run("gpu-cdi validate /tmp/simulated.yaml"))
                .isEqualTo(new Packaged.Result(0, "/tmp/simulated.yaml: ok\n", ""));
    }

    /** There is no driver, and a program that finds none needs no library that is missing here. */
    @ParameterizedTest
    @MethodSource("roots")
    void withoutADriverThereIsNothingToOffer(CleanRoot root) throws Exception {
        Packaged.Result generated = root.run("gpu-cdi generate");

        assertThat(generated.status()).isEqualTo(3);
        assertThat(generated.out()).isEmpty();
        assertThat(root.run("gpu-cdi doctor").status()).isEqualTo(1);
    }

    /** The double of NVML where this system has a driver's libraries, and device nodes that only this process sees. */
    @ParameterizedTest
    @MethodSource("roots")
    void theGpusOfADriverAreFound(CleanRoot root) throws Exception {
        Path library = root.path().resolve(root.libraries()).resolve("libnvidia-ml.so." + DRIVER);
        Path link = library.resolveSibling("libnvidia-ml.so.1");
        Path answers = root.path().resolve("tmp/nvml.conf");
        Commands.run(List.of("../nvml-double/src/main/c/build.sh", library.toString(), DRIVER));
        Files.createSymbolicLink(link, library.getFileName());
        Files.writeString(answers, "driver = " + DRIVER + "\ngpu.0 = l40s\ngpu.1 = l40s\n");
        String nodes = "mount --make-rprivate / && mount -t tmpfs none \"$0/dev\" && cd \"$0/dev\""
                + " && mknod null c 1 3 && mknod nvidia0 c 195 0 && mknod nvidia1 c 195 1 && mknod nvidiactl c 195 255";
        String commands = "gpu-cdi generate --hooks=none --output=/etc/cdi/nvidia.yaml && gpu-cdi list"
                + " && gpu-cdi validate /etc/cdi/nvidia.yaml && gpu-cdi generate --hooks=none --check --output=/etc/cdi/nvidia.yaml"
                + " && { gpu-cdi doctor; [ $? = 1 ]; }";
        try {
            Packaged.Result done = Packaged.execute(List.of(
                    "unshare",
                    "-m",
                    "sh",
                    "-c",
                    nodes
                            + " && exec env -i PATH=/usr/sbin:/usr/bin NVML_DOUBLE_CONFIG=/tmp/nvml.conf chroot \"$0\" sh -c '"
                            + commands + "'",
                    root.path().toString()));

            assertThat(done.status()).as(done.toString()).isZero();
            assertThat(done.out()).contains("nvidia.com/gpu=0", "nvidia.com/gpu=1", "nvidia.com/gpu=all", "no-engine");
            assertThat(root.path().resolve("etc/cdi/nvidia.yaml"))
                    .content()
                    .contains("path: /dev/nvidia0", "/" + root.libraries() + "/libnvidia-ml.so." + DRIVER);
        } finally {
            Commands.run(List.of(
                    "rm", "-rf", library.toString(), link.toString(), answers.toString(), root.path() + "/etc/cdi"));
        }
    }

    @ParameterizedTest
    @MethodSource("roots")
    void everyCommandHasAPageThatManFinds(CleanRoot root) throws Exception {
        Path manual = root.path().resolve("usr/share/man");

        for (String name : List.of("gpu-cdi", "gpu-cdi-generate", "gpu-cdi-doctor", "gpu-cdi-transform-root")) {
            String page = Packaged.execute(List.of("mman", "-M", manual.toString(), "-w", name))
                    .out()
                    .strip();
            assertThat(Path.of(page)).isEqualTo(manual.resolve("man1/" + name + ".1.gz"));
            assertThat(Commands.run(List.of("mandoc", "-T", "ascii", page)))
                    .startsWith(name.toUpperCase(Locale.ROOT) + "(1)");
        }
    }

    @ParameterizedTest
    @MethodSource("roots")
    void scriptsOfCompletionAreTheProgramsOwn(CleanRoot root) throws Exception {
        Path share = root.path().resolve("usr/share");

        assertThat(share.resolve("bash-completion/completions/gpu-cdi"))
                .hasContent(root.run("gpu-cdi completion bash").out());
        assertThat(share.resolve("fish/vendor_completions.d/gpu-cdi.fish"))
                .hasContent(root.run("gpu-cdi completion fish").out());
        assertThat(root.path().resolve(root.kind().zsh()).resolve("_gpu-cdi"))
                .hasContent(root.run("gpu-cdi completion zsh").out());
    }

    @ParameterizedTest
    @MethodSource("roots")
    void bashCompletes(CleanRoot root) throws Exception {
        Packaged.Result completed = root.run("bash -c '. /usr/share/bash-completion/completions/gpu-cdi"
                + " && COMP_WORDS=(gpu-cdi gen) COMP_CWORD=1 COMP_LINE=\"gpu-cdi gen\" COMP_POINT=11"
                + " && \"$(complete -p gpu-cdi | sed \"s/.*-F \\([^ ]*\\).*/\\1/\")\" gpu-cdi gen gpu-cdi"
                + " && echo \"${COMPREPLY[@]}\"'");

        assertThat(completed.out().strip()).isEqualTo("generate");
    }

    /** fish and zsh of this machine, told to look there. */
    @ParameterizedTest
    @MethodSource("roots")
    void fishAndZshFindTheirs(CleanRoot root) throws Exception {
        Packaged.Result fish = Packaged.execute(List.of(
                "env",
                "XDG_DATA_DIRS=" + root.path() + "/usr/share",
                "PATH=" + root.path() + "/usr/bin:/usr/bin:/bin",
                "HOME=/nonexistent",
                "fish",
                "--private",
                "-c",
                "complete -C 'gpu-cdi gen'"));
        Packaged.Result zsh = Packaged.execute(List.of(
                "zsh",
                "-f",
                "-c",
                "fpath=($0 $fpath) && autoload -Uz compinit && compinit -D && print $_comps[gpu-cdi]",
                root.path().resolve(root.kind().zsh()).toString()));

        assertThat(fish.out()).startsWith("generate\t");
        assertThat(zsh).isEqualTo(new Packaged.Result(0, "_gpu-cdi\n", ""));
    }

    /** The only zsh here is Debian's. */
    @Test
    void zshOfDebianLooksWhereThePackageHasIt() throws Exception {
        assertThat(Packaged.execute(List.of("zsh", "-f", "-c", "print -l $fpath"))
                        .out()
                        .lines())
                .contains("/" + CleanRoot.Kind.DEB.zsh());
    }

    @ParameterizedTest
    @MethodSource("roots")
    void documentsAndLicencesAreThere(CleanRoot root) {
        Path licences = root.path()
                .resolve(root.kind() == CleanRoot.Kind.DEB ? "usr/share/doc/gpu-cdi" : "usr/share/licenses/gpu-cdi");

        assertThat(root.path().resolve("usr/share/doc/gpu-cdi/README.md")).isRegularFile();
        assertThat(licences.resolve("NOTICE")).isRegularFile();
        assertThat(licences.resolve("licences/openjdk/java.base/LICENSE")).isRegularFile();
        assertThat(root.path().resolve("usr/share/gpu-cdi/schemas/host-snapshot-1.schema.json"))
                .isRegularFile();
    }
}
