package io.github.gpucdi.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTreeTest {
    private static final String SAMPLE = "version = 2\ndisabled_plugins = [\n  'a',\n]\n[plugins.\"a.b\"]\n"
            + "enable_cdi = true\nat = 1979-05-27T07:32:00Z\nn = [1e9, {x = 0xff}]\n[[t]]\ns = \"\"\"\nx\\u00e9\"\"\"\n";

    @Test
    void whatItSays() throws ConfigException {
        ConfigTree tree = ConfigTree.ofToml(SAMPLE);
        assertThat(tree.flag("plugins", "a.b", "enable_cdi")).contains(true);
        assertThat(tree.texts("disabled_plugins").orElseThrow()).containsExactly("a");
        assertThat(tree.text("plugins", "none", "root")).isEmpty();
        assertThat(ConfigTree.ofToml("").text("root")).isEmpty();
        assertThat(ConfigTree.ofJson("").text("root")).isEmpty();
    }

    @Test
    void theLineIsTold() {
        assertThatThrownBy(() -> ConfigTree.ofToml("a = 1\nb = [1,\nc = 2\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("line 3: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a=", "[[", "a."})
    void depthIsBounded(String opening) {
        String deep = "x = " + opening.repeat(100_000);
        assertThatThrownBy(() -> ConfigTree.ofToml(deep)).isInstanceOf(ConfigException.class);
        assertThatThrownBy(() -> ConfigTree.ofJson("{\"x\":" + opening.repeat(100_000)))
                .isInstanceOf(ConfigException.class);
    }

    @Test
    void keysOfManyPartsAreReadOrRefused() {
        String key = "a" + ".a".repeat(200_000);
        for (String text : new String[] {key + " = 1", "[" + key + "]\nx = 1", "[[" + key + "]]"}) {
            try {
                assertThat(ConfigTree.ofToml(text).text("b")).isEmpty();
            } catch (ConfigException e) {
                assertThat(e).hasMessageNotContaining("\n");
            }
        }
    }

    @Test
    void sizeIsBounded() {
        String large = "#".repeat(ConfigTree.MAX_CHARS + 1);
        assertThatThrownBy(() -> ConfigTree.ofToml(large)).hasMessage("longer than 1048576 characters");
    }

    /** Whatever bytes a file has, it is read or refused, never anything else thrown. */
    @Test
    void anyTextIsReadOrRefused() {
        long seed = 8;
        Random random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder(SAMPLE);
            for (int edits = random.nextInt(6); edits >= 0; edits--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, (char) random.nextInt(0x100));
                    case 1 -> text.deleteCharAt(at);
                    default -> text.insert(at, "[]{}\"'=.\n\\#,".charAt(random.nextInt(12)));
                }
            }
            try {
                assertThat(ConfigTree.ofToml(text.toString()).text("none")).isEmpty();
            } catch (ConfigException e) {
                assertThat(e.getMessage()).as("seed %d, text %d", seed, i).isNotBlank();
            }
        }
    }
}
