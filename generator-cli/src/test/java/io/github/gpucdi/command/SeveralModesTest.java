package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.testhost.HostTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several modes in one run: which files there are, which are left, and what a mode without anything means. */
class SeveralModesTest {
    private static final String FABRIC = "--simulate=hgx-h100-fabric";

    @TempDir
    Path temp;

    private Path folder;

    @BeforeEach
    void folder() throws IOException {
        folder = Files.createDirectory(temp.resolve("cdi"));
    }

    private Run write(String modes, String... more) {
        return generate(modes, FABRIC, more);
    }

    private Run generate(String modes, String host, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("generate", host, "--mode=" + modes, "--output=" + folder.resolve("nvidia.yaml")));
        arguments.addAll(Arrays.asList(more));
        return Run.of(arguments.toArray(String[]::new));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void eachHasAFileAndTheFirstTheOneThatIsNamed() throws IOException {
        Run run = write("nvml,gds,nvswitch");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(files()).containsExactly("nvidia-gds.yaml", "nvidia-nvswitch.yaml", "nvidia.yaml");
        for (String mode : List.of("nvml", "gds", "nvswitch")) {
            String file = mode.equals("nvml") ? "nvidia.yaml" : "nvidia-" + mode + ".yaml";
            assertThat(Files.readString(folder.resolve(file)))
                    .isEqualTo(Run.of("generate", FABRIC, "--mode=" + mode).out());
        }
        assertThat(run.messages("info"))
                .contains("wrote " + folder.resolve("nvidia-gds.yaml") + " (nvidia.com/gds, 1 device, CDI 0.3.0)");
        assertThat(write("nvml,gds,nvswitch", "--check").status()).isZero();
        Files.delete(folder.resolve("nvidia-gds.yaml"));
        assertThat(write("nvml,gds,nvswitch", "--check").status()).isEqualTo(ExitCode.DIFFERS.status());
    }

    @Test
    void onStandardOutputTheyAreOneStream() {
        Run run = Run.of("generate", FABRIC, "--mode=gdrcopy", "--mode=nvswitch,gdrcopy");
        assertThat(run.out())
                .isEqualTo(Run.of("generate", FABRIC, "--mode=gdrcopy").out()
                        + Run.of("generate", FABRIC, "--mode=nvswitch").out());
        Run json = Run.of("generate", FABRIC, "--mode=gdrcopy,nvswitch", "--format=json");
        assertThat(json.status()).isEqualTo(ExitCode.USAGE.status());
        assertThat(json.out()).isEmpty();
        assertThat(json.messages("hint")).singleElement().asString().contains("--output");
    }

    @Test
    void aModeWithoutAnythingIsAWarningIfAnotherHasSomething() throws IOException {
        Run run = write("imex,gds");
        assertThat(run.status()).isZero();
        assertThat(files()).containsExactly("nvidia-gds.yaml");
        assertThat(run.messages("warning"))
                .containsExactly("no spec of mode imex: there is no /dev/nvidia-caps-imex-channels/channel*");
        Files.delete(folder.resolve("nvidia-gds.yaml"));
        Run strict = write("imex,gds", "--strict");
        assertThat(strict.status()).isEqualTo(ExitCode.INCOMPLETE.status());
        assertThat(files()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"--strict", "--debug"})
    void ifNoModeHasAnythingEachIsTold(String option) throws IOException {
        Run run = generate("imex,gds", "--simulate=debian-l4", option);
        assertThat(run.status()).isEqualTo(ExitCode.NOTHING_TO_OFFER.status());
        assertThat(run.messages("error"))
                .containsExactly("no mode found anything: mode imex: there is no"
                        + " /dev/nvidia-caps-imex-channels/channel*; mode gds: there is no /dev/nvidia-fs*");
        assertThat(files()).isEmpty();
    }

    @Test
    void whatIsLeftIsNamedAndGoesOnDemand() throws IOException {
        write("nvml,gds,mofed,nvswitch");
        Files.move(folder.resolve("nvidia-nvswitch.yaml"), folder.resolve("nvidia-gdrcopy.yaml"));
        Path gds = folder.resolve("nvidia-gds.yaml");
        Path mofed = folder.resolve("nvidia-mofed.yaml");

        Run named = write("nvml,mofed");
        assertThat(named.status()).isZero();
        assertThat(named.messages("info"))
                .contains(gds + " is of an earlier run, and this one has nothing for it; --prune deletes it")
                .noneMatch(line -> line.startsWith(folder.resolve("nvidia-gdrcopy.yaml") + " is"));
        assertThat(write("nvml,mofed", "--check").status()).isZero();
        Run check = write("nvml,mofed", "--check", "--prune");
        assertThat(check.status()).isEqualTo(ExitCode.DIFFERS.status());
        assertThat(check.messages("info")).contains(gds + " would be deleted");
        assertThat(gds).exists();

        assertThat(write("nvml", "--prune").status()).isZero();
        assertThat(List.of(gds, mofed)).noneMatch(Files::exists);
        assertThat(files()).containsExactly("nvidia-gdrcopy.yaml", "nvidia.yaml");
    }

    @Test
    void whatIsNoLongerFoundGoesOnDemandTheNamedFileToo() throws IOException {
        write("gds,nvml");
        assertThat(files()).containsExactly("nvidia-nvml.yaml", "nvidia.yaml");
        Run run = generate("gds,nvml", "--simulate=dgx-a100");
        assertThat(run.messages("info"))
                .contains(folder.resolve("nvidia.yaml")
                        + " is of an earlier run, and this one has nothing for it; --prune deletes it");
        generate("gds,nvml", "--simulate=dgx-a100", "--prune");
        assertThat(files()).containsExactly("nvidia-nvml.yaml");
    }

    /** The kinds change places: none of the run's own files is another's. */
    @Test
    void modesCanChangeTheirOrder() throws IOException {
        write("nvml,gds");
        Run run = write("gds,nvml", "--prune");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(files()).containsExactly("nvidia-nvml.yaml", "nvidia.yaml");
        assertThat(Files.readString(folder.resolve("nvidia.yaml"))).contains("kind: nvidia.com/gds\n");
    }

    @Test
    void whatForbidsOneKeepsAllFromBeingWritten() throws IOException {
        Files.createDirectory(folder.resolve("nvidia-gds.yaml"));
        Run run = write("nvml,gds");
        assertThat(run.status()).isEqualTo(ExitCode.NOT_WRITTEN.status());
        assertThat(files()).containsExactly("nvidia-gds.yaml");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "generate | nvml,gds | --class=x1",
                "generate | auto,nvml | --debug",
                "generate | nvml,management | --vendor=acme.example",
                "cdi generate | nvml,gds | --debug",
            })
    void modesOfOneKindAreRefused(String command, String modes, String option) {
        List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
        arguments.addAll(List.of(FABRIC, "--mode=" + modes, option));
        Run run = Run.of(arguments.toArray(String[]::new));
        assertThat(run.status()).isEqualTo(ExitCode.USAGE.status());
        assertThat(run.messages("error")).singleElement().asString().contains("would have one kind, ");
    }

    @Test
    void aFurtherSpecOfTheSecondModeHasBothInItsName() throws IOException {
        Run run = generate("imex,nvml", "--simulate=gb200-imex", "--feature-flag=enable-coherent-annotations");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(files()).containsExactly("nvidia-nvml.coherent.yaml", "nvidia-nvml.yaml", "nvidia.yaml");
        generate("imex,nvml", "--simulate=gb200-imex");
        assertThat(files()).containsExactly("nvidia-nvml.yaml", "nvidia.yaml");
        generate("imex,nvml", "--simulate=gb200-imex", "--feature-flag=enable-coherent-annotations");
        generate("imex", "--simulate=gb200-imex", "--prune");
        assertThat(files()).containsExactly("nvidia.yaml");
    }

    @Test
    void autoCanBeOneOfThem() throws IOException {
        assertThat(write("auto,gds").status()).isZero();
        assertThat(Files.readString(folder.resolve("nvidia.yaml")))
                .isEqualTo(Run.of("generate", FABRIC).out());
        assertThat(write("gds,auto", "--prune").status()).isZero();
        assertThat(files()).containsExactly("nvidia-auto.yaml", "nvidia.yaml");
    }

    @Test
    void aHalfUpgradedDriverEndsTheRun() throws IOException {
        assumeTrue(HostTree.canMakeNodes(), "device nodes need root");
        Path host = Files.createDirectory(temp.resolve("host"));
        HostTree.layOut(host, """
                lib /usr/lib64/libcuda.so.570.1.1 libcuda.so.1
                text /sys/module/nvidia/version 580.1.1\\n
                chr /dev/nvidiactl 195 255 666
                chr /dev/gdrdrv 236 0 666
                """);
        Run run = generate("gdrcopy,management", "--host-root=" + host);
        assertThat(run.status()).isEqualTo(ExitCode.HALF_UPGRADED.status());
        assertThat(files()).isEmpty();
    }

    @Test
    void theDriversLossTakesAllFilesIfAsked() throws IOException {
        write("nvml,gds");
        Path host = Files.createDirectory(temp.resolve("host"));
        Run kept = generate("nvml,gds", "--host-root=" + host);
        assertThat(kept.status()).isEqualTo(ExitCode.NOTHING_TO_OFFER.status());
        assertThat(files()).hasSize(2);
        generate("nvml,gds", "--host-root=" + host, "--on-driver-loss=delete");
        assertThat(files()).isEmpty();
    }
}
