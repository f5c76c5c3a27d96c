package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The command show: what a request gets. */
class ShowTest {
    private static final JsonMapper JSON = new JsonMapper();

    private SpecTree specs;

    @BeforeEach
    void root(@TempDir Path root) throws IOException {
        specs = new SpecTree(root)
                .put("a/x.yaml", "0", "1", "hidden")
                .put("a/y.yaml", "2", "clash")
                .put("a/z.yaml", "clash")
                .put("b/x.yaml", "hidden", "twice")
                .put("b/y.yaml", "twice")
                .put("a/w.yaml", "twice");
    }

    private Run show(String... names) {
        String[] words = new String[names.length + 2];
        words[0] = "show";
        words[1] = specs.dirs("a", "b");
        for (int i = 0; i < names.length; i++) {
            words[i + 2] = names[i].replace("w=", "acme.com/widget=");
        }
        return Run.of(words);
    }

    @Test
    void commonEditsOfAFileAreThereOnceInTheOrderOfTheRequest() {
        Run run = show("w=1", "w=0", "w=2", "--format=json");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err()).isEmpty();
        JsonNode edits = JSON.readTree(run.out());
        assertThat(edits.propertyNames()).containsExactly("env", "deviceNodes");
        assertThat(edits.get("env").values())
                .extracting(JsonNode::stringValue)
                .containsExactly("COMMON=a/x.yaml", "D_1=a/x.yaml", "D_0=a/x.yaml", "COMMON=a/y.yaml", "D_2=a/y.yaml");
        Run yaml = show("w=1", "w=0", "w=2");
        assertThat(new YAMLMapper().readTree(yaml.out())).isEqualTo(edits);
        assertThat(yaml.out()).endsWith("\n");
    }

    @Test
    void theEffectiveDefinitionIsShown() {
        assertThat(show("w=hidden").out()).contains("D_hidden=b/x.yaml").doesNotContain("a/x.yaml");
    }

    @Test
    void everyUnresolvableNameIsNamedAndTheFirstOnesReasonIsTheHint() {
        Run run = show("w=0", "w=clash", "w=none");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.messages("error"))
                .containsExactly("unresolvable CDI devices acme.com/widget=clash, acme.com/widget=none");
        assertThat(run.messages("hint"))
                .containsExactly(specs.at("a/y.yaml") + ": acme.com/widget=clash is unresolvable: conflicts with "
                        + specs.at("a/z.yaml"));
    }

    @Test
    void theReasonOfADroppedDevice() {
        assertThat(show("w=twice").messages("hint"))
                .containsExactly(specs.at("a/w.yaml")
                        + ": acme.com/widget=twice is unresolvable: dropped by the conflict of " + specs.at("b/x.yaml")
                        + ", " + specs.at("b/y.yaml"));
    }

    @Test
    void theReasonOfAnUnknownDevice() {
        assertThat(show("w=hiden").messages("hint"))
                .containsExactly("no loaded file defines acme.com/widget=hiden; see: gpu-cdi list;"
                        + " did you mean 'acme.com/widget=hidden'?");
        assertThat(show("other.org/thing=0").messages("hint"))
                .containsExactly("no loaded file defines other.org/thing=0; see: gpu-cdi list");
    }

    @Test
    void theReasonOfABlockedDevice() {
        assertThat(show("w=hidden", "--as=buildah-1.43").messages("hint"))
                .containsExactly(specs.at("b/x.yaml") + ": acme.com/widget=hidden is unresolvable: this engine injects"
                        + " nothing while any spec file has an error");
    }

    @ParameterizedTest
    @ValueSource(strings = {"all", "acme.com/widget", "acme.com/widget=", "=0", "/dev/null", "acme.com/widget=a b"})
    void whatIsNoNameIsWrongUsage(String name) {
        Run run = Run.of("show", specs.dirs("a"), name);
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.messages("error")).containsExactly("'" + name + "' is not a qualified name");
        assertThat(run.messages("hint")).containsExactly("write vendor/class=name, such as nvidia.com/gpu=0");
    }

    @Test
    void aNameIsNeededAndAKnownFormat() {
        assertThat(show().status()).isEqualTo(2);
        Run table = show("w=0", "--format=table");
        assertThat(table.status()).isEqualTo(2);
        assertThat(table.messages("hint")).containsExactly("allowed: yaml, json");
    }
}
