package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.host.EngineProgram;
import io.github.gpucdi.host.Engines;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.Section;
import io.github.gpucdi.host.SectionKey;
import io.github.gpucdi.host.VersionFailure;
import io.github.gpucdi.host.json.SnapshotFormatException;
import io.github.gpucdi.host.json.SnapshotJson;
import io.github.gpucdi.option.SimulatedHosts;
import io.github.gpucdi.terminal.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --engine} and {@code --cdi-version}: specs for what is on a host. */
class EngineTargetTest {
    @TempDir
    Path folder;

    private static Run generate(String... more) {
        List<String> arguments = new ArrayList<>(List.of("generate", "--simulate=rtx4090-desktop", "--hooks=none"));
        arguments.addAll(List.of(more));
        return Run.of(arguments.toArray(String[]::new));
    }

    @Test
    void untargetedTheSpecNeedsMoreThanOldEnginesRead() {
        Run run = generate();
        assertThat(run.out()).contains("cdiVersion: 0.7.0").contains("additionalGids:");
        assertThat(run.messages("info")).anyMatch(line -> line.contains("cannot read CDI 0.7.0"));
    }

    @Test
    void anOldEngineGetsWhatItReadsAndTheLossIsSaid() {
        Run run = generate("--engine=podman-4.3.1,docker-28.2");
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("cdiVersion: 0.5.0").doesNotContain("additionalGids");
        assertThat(run.messages("warning"))
                .containsExactly("left out: the supplementary groups 985, 989; Podman 4.3 reads up to CDI 0.5.0");
        assertThat(run.err()).doesNotContain("cannot read CDI");
        assertThat(judged(run.out(), "podman-4.3.1")).isZero();
        assertThat(judged(generate().out(), "podman-4.3.1")).isEqualTo(1);
    }

    private int judged(String spec, String engine) {
        return Run.of(Map.of(), spec.getBytes(), "validate", "--as=" + engine, "-")
                .status();
    }

    @Test
    void anEngineThatReadsItAllChangesNothing() {
        assertThat(generate("--engine=podman-5.4.2")).returns(generate().out(), Run::out);
    }

    @ParameterizedTest
    @CsvSource({"0.7.0, 0.7.0", "v1.1.0, 0.7.0", "0.5.0, 0.5.0", "0.6.0, 0.5.0"})
    void aVersionIsACeiling(String version, String written) {
        Run run = generate("--cdi-version=" + version);
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("cdiVersion: " + written + "\n");
    }

    @Test
    void theLowestOfBothCounts() {
        assertThat(generate("--cdi-version=0.5.0", "--engine=docker-29.2").out())
                .contains("cdiVersion: 0.5.0");
        assertThat(generate("--cdi-version=1.0.0", "--engine=podman-4.3").out()).contains("cdiVersion: 0.5.0");
    }

    @Test
    void strictWritesNothingThatLacksSomething() {
        Run run = generate("--engine=podman-4.3.1", "--strict", "--output=" + folder.resolve("nvidia.yaml"));
        assertThat(run.status()).isEqualTo(ExitCode.INCOMPLETE.status());
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void whatCannotBeLeftOutIsNeverWritten() {
        Run run = generate("--engine=podman-4.3.1", "--class=gpu.x", "--output=" + folder.resolve("nvidia.yaml"));
        assertThat(run.status()).isEqualTo(ExitCode.INCOMPLETE.status());
        assertThat(run.messages("error"))
                .singleElement()
                .asString()
                .startsWith("the spec needs CDI 0.6.0 for the dot in the class of nvidia.com/gpu.x");
        assertThat(run.messages("hint")).hasSize(1);
        assertThat(folder).isEmptyDirectory();
    }

    /** A run on a host with a usable hook program. */
    private static Run generateWithHooks(String... more) {
        List<String> arguments = new ArrayList<>(List.of("generate", "--simulate=dgx-a100-mig"));
        arguments.addAll(List.of(more));
        return Run.of(arguments.toArray(String[]::new));
    }

    @Test
    void anEngineThatRunsNoHooksGetsASpecThatNeedsNone() {
        assertThat(generateWithHooks().out()).contains("hooks:");
        Run run = generateWithHooks("--engine=podman-5.4.2,apptainer-1.5.0");
        assertThat(run.status()).isZero();
        assertThat(run.out()).isEqualTo(generateWithHooks("--hooks=none").out()).doesNotContain("hooks:");
        assertThat(run.messages("info")).contains("Apptainer 1.5.0 runs no hooks: the spec needs none (--hooks=none)");
        assertThat(Run.of(Map.of(), run.out().getBytes(), "validate", "--strict", "--as=apptainer-1.5.0", "-")
                        .status())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--hooks=nvidia", "--enable-hook=chmod"})
    void hooksThatAreAskedForAreNotWrittenForAnEngineThatRunsNone(String option) {
        Path file = folder.resolve("nvidia.yaml");
        Run run = generateWithHooks("--engine=apptainer-1.5.0", option, "--output=" + file);
        assertThat(run.status()).isEqualTo(ExitCode.INCOMPLETE.status());
        assertThat(run.messages("error")).containsExactly("Apptainer 1.5.0 runs no hooks, and hooks are asked for");
        assertThat(run.messages("hint")).singleElement().asString().contains("--hooks=nvidia");
        assertThat(folder).isEmptyDirectory();
        assertThat(generateWithHooks("--engine=podman-5.4.2", option).status()).isZero();
    }

    @Test
    void validateSaysWhichHooksAnEngineIgnores() {
        byte[] spec = generateWithHooks().out().getBytes();
        Run ignored = Run.of(Map.of(), spec, "validate", "--as=apptainer-1.5.0", "-");
        assertThat(ignored.status()).isZero();
        assertThat(ignored.out()).contains("hooks-ignored /containerEdits/hooks: Apptainer runs no hooks: the ");
        assertThat(Run.of(Map.of(), spec, "validate", "--strict", "--as=apptainer-1.5.0", "-")
                        .status())
                .isEqualTo(1);
        assertThat(Run.of(Map.of(), spec, "validate", "--as=podman-6.0", "-").out())
                .doesNotContain("hooks-ignored");
        assertThat(Run.of(Map.of(), spec, "validate", "--all-engines", "-").out())
                .containsPattern("Apptainer +1\\.5\\.0 +1\\.1\\.0 +ok, [1-9][0-9]* warning")
                .containsPattern("Podman +6\\.0 +1\\.1\\.0 +ok\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --engine=podman      | --engine: 'podman' is not NAME-VERSION
                    --engine=podmn-4.3   | --engine: engine 'podmn' is not known
                    --engine=podman-3.0  | --engine: Podman 3.0 has no CDI
                    --engine=lxd-6.2     | --engine: LXD reads no spec directories
                    --cdi-version=0.6    | invalid value '0.6' for --cdi-version
                    --cdi-version=0.2.0  | invalid value '0.2.0' for --cdi-version
                    --cdi-version=       | invalid value '' for --cdi-version
                    """)
    void unknownTargetsAreUsageErrors(String option, String error) {
        Run run = generate(option);
        assertThat(run.status()).isEqualTo(ExitCode.USAGE.status());
        assertThat(run.out()).isEmpty();
        assertThat(run.messages("error")).singleElement().asString().startsWith(error);
        assertThat(run.messages("hint")).hasSize(1);
    }

    private static EngineProgram engine(String name, String version) {
        return new EngineProgram(
                name,
                "/usr/bin/" + name,
                Optional.of(version).filter(known -> !known.isEmpty()),
                version.isEmpty()
                        ? Optional.of(new VersionFailure(VersionFailure.Reason.NO_ANSWER, "no answer within 2 s"))
                        : Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    /** A run on the simulated host with these engines. */
    private Run generateFor(EngineProgram... engines) throws IOException, SnapshotFormatException {
        return generateFor(Section.of(new Engines(List.of(engines), List.of(), Optional.empty())));
    }

    private Run generateFor(Section<Engines> engines) throws IOException, SnapshotFormatException {
        HostSnapshot host;
        try (InputStream in = SimulatedHosts.open("rtx4090-desktop")) {
            host = SnapshotJson.read(in);
        }
        Path file = folder.resolve("host.json");
        try (OutputStream out = Files.newOutputStream(file)) {
            SnapshotJson.write(host.with(SectionKey.ENGINES, engines), out);
        }
        return Run.of("generate", "--snapshot=" + file, "--hooks=none", "--engine=auto");
    }

    @Test
    void autoIsForTheEnginesOfTheHost() throws Exception {
        Run run = generateFor(engine("podman", "4.3.1+ds1-8"), engine("docker", "28.2.2"), engine("buildah", "1.28.2"));
        assertThat(run.status()).isZero();
        assertThat(run.out()).isEqualTo(generate("--engine=podman-4.3.1").out());
        assertThat(run.messages("info"))
                .anyMatch(line -> line.startsWith("not for buildah-1.28.2: Buildah 1.28.2 has no CDI"));
        assertThat(run.messages("warning"))
                .containsExactly("for podman-4.3.1+ds1-8, docker-28.2.2: CDI 0.5.0, left out: the supplementary groups"
                        + " 985, 989 (Podman 4.3 reads up to CDI 0.5.0)");
    }

    @Test
    void autoSaysWhichEngineItDoesNotKnow() throws Exception {
        Run run = generateFor(engine("podman", ""));
        assertThat(run.status()).isZero();
        assertThat(run.out()).isEqualTo(generate().out());
        assertThat(run.messages("warning"))
                .containsExactly("the version of /usr/bin/podman is not known, so the spec may be too new for it:"
                        + " no answer within 2 s");
        assertThat(run.messages("hint")).containsExactly("name it: --engine=podman-VERSION");
    }

    @Test
    void autoWithoutAnEngineLeavesNothingOut() throws Exception {
        Run run = generateFor();
        assertThat(run.out()).isEqualTo(generate().out());
        assertThat(run.messages("warning"))
                .containsExactly("--engine=auto found no container engine: nothing is left out");
    }

    @Test
    void autoNeedsASnapshotThatKnows() throws Exception {
        Run run = generateFor(Section.notProbed());
        assertThat(run.status()).isEqualTo(ExitCode.USAGE.status());
        assertThat(run.messages("error")).singleElement().asString().contains("engines");
    }

    @Test
    void diffAndTheOtherFaceTakeThemToo() throws Exception {
        Path file = folder.resolve("nvidia.yaml");
        Files.writeString(file, generate("--engine=podman-4.3.1").out());
        String simulate = "--simulate=rtx4090-desktop";
        assertThat(Run.of("diff", file.toString(), simulate, "--hooks=none", "--engine=podman-4.3.1")
                        .status())
                .isZero();
        assertThat(Run.of("diff", file.toString(), simulate, "--hooks=none").status())
                .isEqualTo(1);
        assertThat(Run.of("cdi", "generate", simulate, "--hooks=none", "--engine=podman-4.3.1")
                        .out())
                .contains("cdiVersion: 0.5.0");
        assertThat(Run.of(Map.of("GPU_CDI_ENGINE", "podman-4.3.1"), "generate", simulate, "--hooks=none")
                        .out())
                .contains("cdiVersion: 0.5.0");
    }
}
