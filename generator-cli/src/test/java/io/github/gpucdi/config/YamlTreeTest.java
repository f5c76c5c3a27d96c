package io.github.gpucdi.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.gpucdi.cdi.spec.Position;
import io.github.gpucdi.config.YamlNode.Mapping;
import io.github.gpucdi.config.YamlNode.Scalar;
import io.github.gpucdi.config.YamlNode.Sequence;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** YAML of a person's hand: what is where, and what is refused. */
class YamlTreeTest {
    private static final List<String> PIECES = List.of(
            "a",
            ": ",
            "\n",
            "  ",
            "- ",
            "[",
            "]",
            "{",
            "}",
            ",",
            "\"",
            "'",
            "#",
            "|\n",
            "&x ",
            "*x",
            "!t ",
            "---\n",
            "...\n",
            "?",
            "\t",
            "\u0000",
            "\ud83d\ude00",
            "%YAML 1.2\n",
            "\\",
            "é",
            "<<",
            "@",
            "`",
            "\r",
            "\ufeff",
            "\u2028");

    private static YamlException refused(String text) {
        YamlException failure = catchThrowableOfType(YamlException.class, () -> YamlTree.read(text));
        assertThat(failure).as(text).isNotNull();
        return failure;
    }

    @Test
    void everythingHasItsPlace() throws YamlException {
        Mapping root = (Mapping) YamlTree.read("# é\nä: [b, \"c\"]\n\nsection:\n  key: |\n    text\n")
                .orElseThrow();
        assertThat(root.entries()).hasSize(2);
        assertThat(root.entries().get(0).key()).isEqualTo(new Scalar("ä", true, new Position(2, 1)));
        Sequence list = (Sequence) root.entries().get(0).value();
        assertThat(list.position()).isEqualTo(new Position(2, 4));
        assertThat(list.items())
                .containsExactly(new Scalar("b", true, new Position(2, 5)), new Scalar("c", false, new Position(2, 8)));
        Mapping section = (Mapping) root.entries().get(1).value();
        assertThat(section.entries().get(0).value()).isEqualTo(new Scalar("text\n", false, new Position(5, 8)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "# nothing\n", "\ufeff", "\ufeff# nothing", "---\n...\n"})
    void nothingIsNothing(String text) throws YamlException {
        Optional<YamlNode> root = YamlTree.read(text);
        assertThat(root.filter(
                        node -> !(node instanceof Scalar scalar && scalar.text().isEmpty())))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'a: [b', 1, 6",
        "'a: b\n c: d', 2, 3",
        "'a: \"b', 1, 6",
        "'a: b\n---\nc: d', 2, 1",
        "'a: b\n--- ', 2, 1",
        "'a: &x b\nc: *x', 2, 4",
        "'a: !!str b', 1, 4",
        "'a: !!binary aGk=', 1, 4",
        "'- !t [b]', 1, 3",
        "'a: !t {b: c}', 1, 4",
        "'a: @b', 1, 4",
        "'\ta: b', 1, 1",
    })
    void refusedWhereItStands(String text, int line, int column) {
        assertThat(refused(text).position()).isEqualTo(new Position(line, column));
    }

    @ParameterizedTest
    @ValueSource(strings = {"é: 1\nb: \u0000", "é: 1\nb: \u0007", "é: 1\nb: \ufffe"})
    void controlCharacters(String text) {
        YamlException failure = refused(text);
        assertThat(failure).hasMessage("a control character");
        assertThat(failure.position()).isEqualTo(new Position(2, 4));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- ", "? ", "[{a: "})
    void deepNestingEndsSoon(String open) {
        assertThat(refused(open.repeat(200_000))).hasMessageNotContaining("not valid YAML");
        assertThat(refused(open.repeat(YamlTree.MAX_DEPTH + 2))).isNotNull();
    }

    @Test
    void anAliasBombIsNoBomb() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i < 40; i++) {
            bomb.append("a")
                    .append(i)
                    .append(": &a")
                    .append(i)
                    .append(" [*a")
                    .append(i - 1)
                    .append(", *a")
                    .append(i - 1)
                    .append("]\n");
        }
        YamlException failure = refused(bomb.toString());
        assertThat(failure).hasMessageStartingWith("an alias");
        assertThat(failure.position()).isEqualTo(new Position(2, 10));
    }

    /** Whatever stands in a text, it gives a tree or a place where it is wrong, and nothing else. */
    @Test
    void anyText() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int trees = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int pieces = random.nextInt(25); pieces > 0; pieces--) {
                text.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            try {
                YamlTree.read(text.toString());
                trees++;
            } catch (YamlException e) {
                assertThat(e.getMessage()).isNotBlank();
                assertThat(e.position().line()).isPositive();
                assertThat(e.position().column()).isPositive();
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed + ": " + text, e);
            }
        }
        assertThat(trees).as("seed %d", seed).isPositive();
    }
}
