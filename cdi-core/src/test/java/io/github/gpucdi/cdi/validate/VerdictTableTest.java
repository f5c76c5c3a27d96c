package io.github.gpucdi.cdi.validate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.cdi.VerdictTable;
import io.github.gpucdi.cdi.VerdictTable.Row;
import io.github.gpucdi.cdi.engine.LibraryRelease;
import io.github.gpucdi.cdi.spec.Finding;
import io.github.gpucdi.cdi.spec.Finding.Code;
import io.github.gpucdi.cdi.spec.Finding.Severity;
import io.github.gpucdi.cdi.text.read.SpecDocument;
import io.github.gpucdi.cdi.text.read.SpecReader;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The validator says of every file in the table what the releases of the CDI library do with it. */
class VerdictTableTest {
    static List<Row> rows() {
        return VerdictTable.rows();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void judgesAsTheReleasesDo(Row row) {
        SpecDocument document = SpecReader.read(row.body(), SpecReader.Format.ofName("spec." + row.extension()));

        Map<LibraryRelease, String> expected = new EnumMap<>(LibraryRelease.class);
        Map<LibraryRelease, String> actual = new EnumMap<>(LibraryRelease.class);
        for (LibraryRelease release : LibraryRelease.values()) {
            expected.put(release, row.verdict(release).name());
            actual.put(release, SpecValidator.verdict(document, release).name());
        }
        List<Finding> findings = SpecValidator.validate(document, LibraryRelease.NEWEST);
        assertThat(actual).as("%s: verdicts, beside %s", row, findings).isEqualTo(expected);
        assertThat(codesOfErrors(findings))
                .as("%s: codes of %s", row, findings)
                .containsExactlyElementsOf(row.errors());
    }

    private static Set<Code> codesOfErrors(List<Finding> findings) {
        Set<Code> codes = new TreeSet<>();
        for (Finding finding : findings) {
            if (finding.severity() == Severity.ERROR) {
                codes.add(finding.code());
            }
        }
        return codes;
    }
}
