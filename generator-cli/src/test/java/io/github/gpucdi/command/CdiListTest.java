package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command cdi list: nvidia-ctk's manners. */
class CdiListTest {
    private SpecTree specs;

    @BeforeEach
    void root(@TempDir Path root) {
        specs = new SpecTree(root);
    }

    @Test
    void namesAreSortedAsText() throws IOException {
        specs.put("a/x.yaml", "2", "10", "0", "all", "B");
        Run run = Run.of("cdi", "list", specs.dirs("a"));
        assertThat(run.status()).isZero();
        assertThat(run.out())
                .isEqualTo("acme.com/widget=0\nacme.com/widget=10\nacme.com/widget=2\nacme.com/widget=B\n"
                        + "acme.com/widget=all\n");
        assertThat(run.err()).isEqualTo("info: Found 5 CDI devices\n");
    }

    @Test
    void whateverIsWrongTheStatusIsZero() throws IOException {
        specs.put("a/x.yaml", "0", "1").put("b/x.yaml", "0", "2").put("b/y.yaml", "0");
        specs.write("b/bad.yaml", "[").put("b/ignored.yml", "7").write("file", "");
        Run run = Run.of("cdi", "list", specs.dirs("a", "b", "file", "missing"));
        assertThat(run.status()).isZero();
        assertThat(run.out()).isEqualTo("acme.com/widget=1\nacme.com/widget=2\n");
        assertThat(run.messages("info")).containsExactly("Found 2 CDI devices");
        assertThat(run.messages("warning"))
                .hasSize(4)
                .anySatisfy(line -> assertThat(line).startsWith(specs.at("b/bad.yaml")))
                .anySatisfy(line ->
                        assertThat(line).startsWith(specs.at("b/x.yaml")).contains("conflicts"))
                .anySatisfy(line ->
                        assertThat(line).startsWith(specs.at("b/y.yaml")).contains("conflicts"))
                .anySatisfy(line -> assertThat(line).startsWith(specs.at("file")));
        Run quiet = Run.of("cdi", "list", "--quiet", specs.dirs("a", "b", "file", "missing"));
        assertThat(quiet.status()).isZero();
        assertThat(quiet.err()).isEmpty();
        assertThat(quiet.out()).isEqualTo(run.out());
    }

    @Test
    void noDevices() {
        Run run = Run.of("cdi", "list", specs.dirs("missing"));
        assertThat(run.status()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEqualTo("info: Found 0 CDI devices\n");
    }

    @Test
    void laterDirectoriesOverrideWithoutComplaint() throws IOException {
        specs.put("a/x.yaml", "0").put("b/x.yaml", "0");
        Map<String, String> variable = Map.of("NVIDIA_CTK_CDI_SPEC_DIRS", specs.at("a") + "," + specs.at("b"));
        Run run = Run.of(variable, "cdi", "list", "word");
        assertThat(run.status()).isZero();
        assertThat(run.out()).isEqualTo("acme.com/widget=0\n");
        assertThat(run.messages("warning")).isEmpty();
        Run flag = Run.of(variable, "cdi", "list", "--spec-dir=" + specs.at("b"), "--spec-dir", specs.at("missing"));
        assertThat(flag.out()).isEqualTo("acme.com/widget=0\n");
    }

    @Test
    void anUnknownFlagIsWrongUsage() {
        assertThat(Run.of("cdi", "list", "--format=json").status()).isEqualTo(2);
    }
}
