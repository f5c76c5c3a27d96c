package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.terminal.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands transform root and cdi transform root. */
class TransformRootTest {
    private static final String SPEC = """
            ---
            cdiVersion: 0.5.0
            kind: acme.example/gpu
            devices:
            - name: one
              containerEdits:
                deviceNodes:
                - path: /dev/gpu
                  hostPath: /drv/dev/gpu
            containerEdits:
              env:
              - LIBS=/drv/lib:/other
              mounts:
              - hostPath: /drv/lib/libx.so
                containerPath: /lib/libx.so
              - hostPath: /drvx/lib/liby.so
                containerPath: /drv/lib/liby.so
            """;
    private static final String OLD = SPEC.replace("0.5.0", "0.3.0").replace("      hostPath: /drv/dev/gpu\n", "");
    private static final String[] OURS = {"transform", "root"};
    private static final String[] NVIDIAS = {"cdi", "transform", "root"};

    @TempDir
    Path folder;

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static Run run(String[] command, String in, String... more) {
        String[] arguments =
                Stream.concat(Arrays.stream(command), Arrays.stream(more)).toArray(String[]::new);
        return Run.of(Map.of(), in.getBytes(StandardCharsets.UTF_8), arguments);
    }

    private static List<String[]> faces() {
        List<String[]> faces = new ArrayList<>();
        faces.add(OURS);
        faces.add(NVIDIAS);
        return faces;
    }

    @Test
    void hostPathsMoveFromStandardInputToStandardOutput() {
        for (String[] face : faces()) {
            Run run = run(face, SPEC, "--from=/drv", "--to=/tgt");
            assertThat(run).isEqualTo(new Run(0, SPEC.replace("hostPath: /drv/", "hostPath: /tgt/"), ""));
        }
    }

    @Test
    void containerPathsMove() {
        Run ours = run(OURS, SPEC, "--from=/drv", "--to=/tgt", "--relative-to=container");
        assertThat(ours.out())
                .isEqualTo(SPEC.replace("containerPath: /drv/", "containerPath: /tgt/")
                        .replace("LIBS=/drv", "LIBS=/tgt"));
        Run nvidias = run(NVIDIAS, SPEC, "--from=/drv", "--to=/tgt", "--relative-to=container");
        assertThat(nvidias.out()).isEqualTo(SPEC.replace("containerPath: /drv/", "containerPath: /tgt/"));
    }

    @Test
    void theVersionTrapIsOnlyInNvidiasFace() {
        String[] options = {"--from=/dev", "--to=/tgt/dev"};
        Run ours = run(OURS, OLD, options);
        assertThat(ours.status()).as(ours.err()).isZero();
        assertThat(ours.out()).contains("cdiVersion: 0.5.0\n", "hostPath: /tgt/dev/gpu\n");
        Run nvidias = run(NVIDIAS, OLD, options);
        assertThat(nvidias.status()).isEqualTo(1);
        assertThat(nvidias.out()).isEmpty();
        assertThat(nvidias.messages("error")).containsExactly("the spec version must be at least v0.5.0");
        assertThat(nvidias.messages("hint")).containsExactly("gpu-cdi transform root raises the version");
        // The trap is sprung by filling hostPath, whether or not it then moves.
        assertThat(run(NVIDIAS, OLD, "--from=/none", "--to=/tgt").status()).isEqualTo(1);
        assertThat(run(OURS, OLD, "--from=/none", "--to=/tgt").out()).isEqualTo(OLD);
    }

    @Test
    void anEmptyPathIsImpossible() throws IOException {
        String output = folder.resolve("out.yaml").toString();
        for (String[] face : faces()) {
            Run run = run(face, SPEC, "--from=/drv/lib/libx.so", "--output=" + output);
            assertThat(run.status()).isEqualTo(1);
            assertThat(run.out()).isEmpty();
            assertThat(run.messages("error"))
                    .containsExactly(
                            face == NVIDIAS
                                    ? "empty host path at /containerEdits/mounts/0/hostPath"
                                    : "the result would be invalid at /containerEdits/mounts/0/hostPath: the path is empty");
            assertThat(run.messages("hint")).hasSize(1);
        }
        assertThat(folder.resolve("out.yaml")).doesNotExist();
        assertThat(run(OURS, SPEC, "--from=/drv", "--to=").out()).contains("hostPath: /lib/libx.so\n");
    }

    @Test
    void nothingToMoveIsSaid() {
        for (String[] face : faces()) {
            for (String[] options : new String[][] {{}, {"--from=/a", "--to=/a"}, {"--from=/none", "--to=/a"}}) {
                Run run = run(face, SPEC, options);
                assertThat(run.status()).isZero();
                assertThat(run.out()).isEqualTo(SPEC);
                assertThat(run.messages("info")).singleElement().asString().startsWith("no path moves ");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"out.yaml", "out.json", "out"})
    void theNameOfTheOutputIsItsForm(String name) throws IOException {
        String input = file("spec.yaml", SPEC);
        for (String[] face : faces()) {
            Path out = folder.resolve(name.contains(".") ? name : name + ".yaml");
            Run run = run(face, "", "--from=/drv", "--to=/tgt", "--input=" + input, "--output=" + folder.resolve(name));
            assertThat(run.status()).as(run.err()).isZero();
            assertThat(run.out()).isEmpty();
            assertThat(run.messages("info")).contains("wrote " + out + " (acme.example/gpu, 1 device, CDI 0.5.0)");
            assertThat(Files.readString(out)).startsWith(name.endsWith("json") ? "{\"cdiVersion\"" : "---\n");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out)))
                    .isEqualTo("rw-r--r--");
            Files.delete(out);
        }
    }

    @Test
    void otherExtensionsAreRefusedOrCompleted() throws IOException {
        String output = folder.resolve("out.yml").toString();
        Run ours = run(OURS, SPEC, "--output=" + output);
        assertThat(ours.status()).isEqualTo(ExitCode.USAGE.status());
        assertThat(run(NVIDIAS, SPEC, "--output=" + output).status()).isZero();
        assertThat(folder.resolve("out.yml.yaml")).hasContent(SPEC);
    }

    @Test
    void theOutputMayBeTheInput() throws IOException {
        for (String[] face : faces()) {
            String spec = file("spec.yaml", SPEC);
            Run run = run(face, "", "--from=/drv", "--to=/tgt", "--input=" + spec, "--output=" + spec);
            assertThat(run.status()).as(run.err()).isZero();
            assertThat(run.messages("warning")).isEmpty();
            assertThat(Path.of(spec)).hasContent(SPEC.replace("hostPath: /drv/", "hostPath: /tgt/"));
        }
    }

    @Test
    void aSecondFileOfTheSameDevicesIsWarnedOf() throws IOException {
        String spec = file("spec.yaml", SPEC);
        Run run = run(OURS, "", "--input=" + spec, "--output=" + folder.resolve("other.json"));
        assertThat(run.status()).isZero();
        assertThat(run.messages("warning"))
                .singleElement()
                .asString()
                .startsWith(spec + " defines acme.example/gpu=one too");
    }

    @ParameterizedTest
    @CsvSource({"-1, ''", "x.yaml, no such file", "'', a directory"})
    void anInputThatCannotBeRead(String name, String reason) {
        for (String[] face : faces()) {
            String input = name.equals("-1") ? "-" : folder.resolve(name).toString();
            Run run = run(face, "", "--input=" + input, "--output=" + folder.resolve("out.yaml"));
            assertThat(run.status()).isEqualTo(ExitCode.USAGE.status());
            assertThat(run.out()).isEmpty();
            assertThat(run.messages("error"))
                    .singleElement()
                    .asString()
                    .endsWith(reason.isEmpty() ? "standard input:1:1: the document is not a mapping" : reason);
            assertThat(folder.resolve("out.yaml")).doesNotExist();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "- a\n", "a: \"\\q\"\n", "a: *b\n"})
    void anInputThatIsNoMappingIsTroubleAndNoFinding(String text) {
        for (String[] face : faces()) {
            Run run = run(face, text);
            assertThat(run.status()).as(run.err()).isEqualTo(ExitCode.USAGE.status());
            assertThat(run.messages("error")).hasSize(1);
        }
    }

    @Test
    void anInvalidInputIsRefusedWithItsFindings() throws IOException {
        String spec =
                file("spec.yaml", SPEC.replace("name: one", "name: _").replace("hostPath: /drvx", "hostPath: drvx"));
        for (String[] face : faces()) {
            Run run = run(face, "", "--from=/drv", "--input=" + spec);
            assertThat(run.status()).isEqualTo(1);
            assertThat(run.out()).isEmpty();
            assertThat(run.messages("error"))
                    .containsExactly(spec + ":5:9: /devices/0/name: '_' is not a valid device name");
            assertThat(run.messages("warning")).singleElement().asString().contains("'drvx/lib/liby.so' is not an abs");
            assertThat(run.messages("hint")).hasSize(2);
        }
    }

    @Test
    void ofManyFindingsTheFirst() {
        Run run = run(OURS, SPEC + keys(31));
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.messages("error")).hasSize(10);
        assertThat(run.messages("info")).containsExactly("21 more; all are told by: gpu-cdi validate");
    }

    private static String keys(int count) {
        StringBuilder keys = new StringBuilder();
        for (int i = 0; i < count; i++) {
            keys.append("key").append(i).append(": 1\n");
        }
        return keys.toString();
    }

    @Test
    void relativeToIsHostOrContainer() {
        for (String[] face : faces()) {
            Run run = run(face, SPEC, "--relative-to=hots");
            assertThat(run.status()).isEqualTo(ExitCode.USAGE.status());
            assertThat(run.messages("error")).containsExactly("invalid --relative-to value: hots");
            assertThat(run.messages("hint")).containsExactly("allowed: host, container; did you mean 'host'?");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--from=drv", "--to=tgt", "--from=/a\nb", "--to=/a\u001bb", "extra", "--format=json"})
    void oursRefuses(String argument) {
        Run run = run(OURS, SPEC, argument);
        assertThat(run.status()).isEqualTo(ExitCode.USAGE.status());
        assertThat(run.out()).isEmpty();
        assertThat(run.messages("error")).hasSize(1);
    }

    @Test
    void nvidiasIgnoresExtraArguments() {
        assertThat(run(NVIDIAS, SPEC, "extra", "--from=/drv", "--to=/tgt").out())
                .isEqualTo(run(NVIDIAS, SPEC, "--from=/drv", "--to=/tgt").out());
    }

    @Test
    void whatCannotBeWritten() throws IOException {
        Files.createDirectory(folder.resolve("dir.yaml"));
        for (String[] face : faces()) {
            OutputTest.assertNotWritten(run(face, SPEC, "--output=" + folder.resolve("dir.yaml")), "a directory");
        }
    }

    @Test
    void optionsComeFromVariables() {
        Map<String, String> environment =
                Map.of("GPU_CDI_TRANSFORM_ROOT_FROM", "/drv", "GPU_CDI_TRANSFORM_ROOT_TO", "/tgt");
        Run run = Run.of(environment, SPEC.getBytes(StandardCharsets.UTF_8), OURS);
        assertThat(run.out()).isEqualTo(SPEC.replace("hostPath: /drv/", "hostPath: /tgt/"));
    }
}
