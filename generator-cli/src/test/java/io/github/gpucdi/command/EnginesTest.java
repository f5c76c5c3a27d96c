package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.cdi.engine.EngineRelease;
import io.github.gpucdi.cdi.engine.EngineTable;
import io.github.gpucdi.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The command validate, judging as named engines or all of them. */
class EnginesTest {
    private static final OutputSchema SCHEMA = OutputSchema.of("findings-1.schema.json");
    private static final String DIGIT =
            ValidateTest.GOOD.replace("one", "\"0\"").replace("0.3.0", "0.5.0");

    @TempDir
    Path folder;

    private String file(String text) throws IOException {
        return Files.writeString(folder.resolve("spec.yaml"), text).toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "podman-4.2.0 | 1 | Podman 4.1-4.2, with CDI library 0.4.0",
                "podman-4.3.1 | 0 | Podman 4.3, with CDI library 0.5.2",
                "PODMAN-v5.0.0-rc1 | 0 | Podman 4.8-5.0, with CDI library 0.6.2",
                "crio-1.24 | 1 | CRI-O 1.24, with CDI library 0.3.2",
                "library-0.4.0 | 1 | CDI library 0.4.0",
                "library-0.5 | 0 | CDI library 0.5",
            })
    void asOneEngine(String engine, int status, String said) throws IOException {
        String spec = file(DIGIT);
        Run run = Run.of("validate", "--as=" + engine, spec);
        assertThat(run.status()).as(run.out()).isEqualTo(status);
        assertThat(run.messages("info")).containsExactly("judged as " + said);
        assertThat(run.out()).startsWith(spec + (status == 0 ? ": ok\n" : ": refused, "));
        assertThat(Run.of("validate", "--quiet", "--as=" + engine, spec).err()).isEmpty();
    }

    @Test
    void jsonSaysWhoJudged() throws IOException {
        JsonNode tree = SCHEMA.json(Run.of("validate", "--as=podman-4.3.1", "--format=json", file(DIGIT)));
        assertThat(tree.at("/judgedAs/engine").stringValue()).isEqualTo("Podman");
        assertThat(tree.at("/judgedAs/releases").stringValue()).isEqualTo("4.3");
        assertThat(tree.at("/judgedAs/library").stringValue()).isEqualTo("0.5.2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "podmn-4.3 | engine 'podmn' is not known, only Podman, | podman-4.3",
                "podman | 'podman' is not NAME-VERSION | podman-6.0",
                "docker26 | 'docker26' is not NAME-VERSION | docker-26",
                "libary-1.0.0 | engine 'libary' is not known | library-1.0.0",
                "singularity-4.1 | engine 'singularity' is not known | singularityce-4.1",
                "podman-3.0 | Podman 3.0 has no CDI | ",
                "lxd-5.0 | LXD reads no spec directories | ",
                "library-2.0 | CDI library 2.0 is not known | ",
                "`` | '' is not NAME-VERSION | ",
            })
    void unknownEngines(String word, String reason, String nearest) {
        Run run = Run.of("validate", "--as=" + word, "nowhere.yaml");
        assertThat(run.status()).isEqualTo(ExitCode.USAGE.status());
        assertThat(run.out()).isEmpty();
        assertThat(run.messages("error")).singleElement().asString().startsWith("--as: " + reason);
        assertThat(run.messages("hint"))
                .singleElement()
                .asString()
                .startsWith("the releases are listed by: gpu-cdi validate --all-engines FILE")
                .endsWith(nearest == null ? "FILE" : "; did you mean '" + nearest + "'?");
    }

    @Test
    void allEnginesHaveARow() throws IOException {
        String spec = file(DIGIT);
        Run run = Run.of("validate", "--all-engines", spec);
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).isEmpty();
        List<String> lines = run.out().lines().toList();
        List<EngineRelease> releases = EngineTable.releases();
        assertThat(lines).hasSize(2 + releases.size());
        assertThat(lines.get(0))
                .isEqualTo(spec + ": ok for " + (releases.size() - 2) + " of " + releases.size() + " engine releases");
        assertThat(lines.get(1)).matches(" {2}ENGINE +RELEASES +LIBRARY +VERDICT");
        int verdict = lines.get(1).indexOf("VERDICT");
        assertThat(lines)
                .anySatisfy(line -> assertThat(line)
                        .matches(" {2}Podman +4\\.1-4\\.2 +0\\.4\\.0 +refused: 1:13 version-unknown /cdiVersion:"
                                + " '0\\.5\\.0' is no CDI version from 0\\.3\\.0 to 0\\.4\\.0"));
        for (int i = 0; i < releases.size(); i++) {
            EngineRelease release = releases.get(i);
            assertThat(lines.get(2 + i)).contains(release.engine().label(), " " + release.range() + " ");
            boolean reads = !release.libraryVersion().matches("0\\.[34]\\..*");
            assertThat(lines.get(2 + i).substring(verdict)).matches(reads ? "ok" : "refused: .*");
        }
    }

    @Test
    void whatAllEnginesTakeIsGood() throws IOException {
        String spec = file(ValidateTest.GOOD);
        Run run = Run.of("validate", "--all-engines", "--strict", spec);
        assertThat(run.status()).isZero();
        int all = EngineTable.releases().size();
        assertThat(run.out()).startsWith(spec + ": ok for " + all + " of " + all + " engine releases\n");
    }

    @Test
    void warningsAreCountedWhereTheFileIsTaken() throws IOException {
        String spec = file(ValidateTest.GOOD.replace("0.3.0", "v0.3.0"));
        Run run = Run.of("validate", "--all-engines", spec);
        assertThat(run.out()).contains(" ok, 1 warning\n", " refused: 1:13 version-unknown /cdiVersion: a leading 'v'");
        String relative =
                file(ValidateTest.GOOD.replace("A=b\n", "A=b\n    mounts: [{hostPath: a, containerPath: /a}]\n"));
        assertThat(Run.of("validate", "--all-engines", relative).status()).isZero();
        assertThat(Run.of("validate", "--all-engines", "--strict", relative).status())
                .isEqualTo(1);
    }

    @Test
    void crashesAreSaidWhereTheyHappen() throws IOException {
        Run run = Run.of("validate", "--all-engines", file(ValidateTest.GOOD.replace("acme.example", "a")));
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out().lines().skip(2))
                .allMatch(line -> line.contains("  crashes engines: 2:7 kind-crashes-engines /kind: "));
    }

    @Test
    void aFileThatCannotBeReadHasNoTable() {
        Run run = Run.of("validate", "--all-engines", "/nowhere/x.yaml");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out().lines())
                .containsExactly(
                        "/nowhere/x.yaml: cannot be read",
                        "/nowhere/x.yaml: error: unreadable: no such file; check its path");
    }

    @Test
    void jsonHasThemToo() throws IOException {
        String spec = file(DIGIT);
        Run run = Run.of("validate", "--all-engines", "--format=json", spec, "/nowhere/x.yaml");
        assertThat(run.status()).isEqualTo(1);
        JsonNode tree = SCHEMA.json(run);
        assertThat(tree.has("judgedAs")).isFalse();
        for (JsonNode file : tree.get("files").values()) {
            assertThat(file.get("engines").values()).hasSameSizeAs(EngineTable.releases());
        }
        JsonNode first = tree.at("/files/0/engines/0");
        assertThat(first.get("engine").stringValue()).isEqualTo("Podman");
        assertThat(first.get("releases").stringValue()).isEqualTo("4.1-4.2");
        assertThat(first.get("library").stringValue()).isEqualTo("0.4.0");
        assertThat(first.get("verdict").stringValue()).isEqualTo("refused");
        assertThat(first.at("/error/code").stringValue()).isEqualTo("version-unknown");
        assertThat(tree.at("/files/0/engines/1/verdict").stringValue()).isEqualTo("accepted");
        Run yaml = Run.of("validate", "--all-engines", "--format=yaml", spec, "/nowhere/x.yaml");
        assertThat(OutputSchema.yaml(yaml)).isEqualTo(tree);
    }
}
