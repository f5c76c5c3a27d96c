package io.github.gpucdi.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gpucdi.cdi.VerdictTable.Expected;
import io.github.gpucdi.cdi.VerdictTable.Row;
import io.github.gpucdi.cdi.engine.LibraryRelease;
import io.github.gpucdi.cdi.spec.Finding.Code;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictTableFormatTest {
    private static final String HEADER = "== one | yaml | oooooooooo | -\n";

    @Test
    void readsTheFieldsOfARow() {
        List<Row> rows = VerdictTable.parse("# Section\n\n== a-1 | json | xo!ooooo!o | SYNTAX KIND_INVALID\nx\n  y\n\n"
                + HEADER + "# part of it\n");

        assertThat(rows).hasSize(2);
        Row row = rows.get(0);
        assertThat(row.name()).isEqualTo("a-1");
        assertThat(row.extension()).isEqualTo("json");
        assertThat(row.verdicts()).hasSameSizeAs(LibraryRelease.values());
        assertThat(row.verdict(LibraryRelease.V0_3)).isEqualTo(Expected.REFUSED);
        assertThat(row.verdict(LibraryRelease.V0_4)).isEqualTo(Expected.ACCEPTED);
        assertThat(row.verdict(LibraryRelease.V1_1)).isEqualTo(Expected.CRASHES);
        assertThat(row.errors()).containsExactly(Code.SYNTAX, Code.KIND_INVALID);
        assertThat(row.body()).asString(StandardCharsets.UTF_8).isEqualTo("x\n  y\n");
        assertThat(rows.get(1).errors()).isEmpty();
        assertThat(rows.get(1).body()).asString(StandardCharsets.UTF_8).isEqualTo("# part of it\n");
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "x{{end}},78",
                "x{{0d}},78 0d 0a",
                "{{}},0a",
                "{{ef bb bf}}x{{7f}},ef bb bf 78 7f 0a",
                "{{ab*3}}{{-*2}},61 62 61 62 61 62 2d 2d 0a",
                "{{**3}},2a 2a 2a 0a",
                "é,c3 a9 0a",
                "{ {}},7b 20 7b 7d 7d 0a",
            })
    void escapesStandForBytes(String line, String bytes) {
        assertThat(VerdictTable.parse(HEADER + line).get(0).body())
                .asHexString()
                .isEqualTo(bytes.replace(" ", "").toUpperCase(Locale.ROOT));
    }

    @Test
    void aRowWithoutLinesIsAnEmptyFile() {
        assertThat(VerdictTable.parse(HEADER).get(0).body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text",
                "== one | yaml | oooooooooo",
                "== one | yaml | oooooooooo | - | -",
                "== One | yaml | oooooooooo | -",
                "== one- | yaml | oooooooooo | -",
                "== one | yml | oooooooooo | -",
                "== one | yaml | ooooooooo | -",
                "== one | yaml | ooooooooooo | -",
                "== one | yaml | oooooooooO | -",
                "== one | yaml | xxxxxxxxxx | -",
                "== one | yaml | xxxxxxxx!x | -",
                "== one | yaml | xxxxxxxxox | SYNTAX",
                "== one | yaml | xxxxxxxxxx | NO_SUCH_CODE",
                "== one | yaml | xxxxxxxxxx | SYNTAX  KIND_INVALID",
                "== one | yaml | xxxxxxxxxx | SYNTAX SYNTAX",
                "== one | yaml | xxxxxxxxxx | KIND_INVALID SYNTAX",
                HEADER + HEADER,
                HEADER + "\n" + HEADER,
                HEADER + "a\tb",
                HEADER + "a\r\n",
                HEADER + "a\u0085b",
                HEADER + "a\ufeffb",
                HEADER + "a ",
                HEADER + "{{",
                HEADER + "{{7}}",
                HEADER + "{{7F}}",
                HEADER + "{{a*0}}",
                HEADER + "{{end}}x",
                HEADER + "{{end}}\nx",
            })
    void refusesWhatIsMalformed(String text) {
        assertThatThrownBy(() -> VerdictTable.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("verdicts.txt:");
    }

    @Test
    void theTableIsLarge() {
        assertThat(VerdictTable.rows()).hasSizeGreaterThan(500);
    }
}
