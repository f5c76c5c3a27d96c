package io.github.gpucdi.e2e;

import static org.assertj.core.api.Assertions.fail;

import io.github.gpucdi.cdi.VerdictTable;
import io.github.gpucdi.cdi.VerdictTable.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of verdicts is what the CDI library says, and so is our own verdict; and what it reads is what we read. */
class VerdictIT {
    @TempDir
    private Path directory;

    static Stream<Oracle> oracles() {
        return Oracle.all().stream();
    }

    @ParameterizedTest
    @MethodSource("oracles")
    void eachRowHoldsTheVerdictOfTheLibrary(Oracle oracle) {
        List<String> differences = new ArrayList<>();
        try (oracle) {
            for (Row row : VerdictTable.rows()) {
                Comparison comparison = Comparison.of(oracle, directory.resolve("spec." + row.extension()), row.body());
                String tabled = row.verdict(oracle.release()).name();
                String theirs = comparison.theirs().verdict().name();
                if (!tabled.equals(theirs)) {
                    String error = Escaped.text(comparison.theirs().error());
                    differences.add(row + ": " + tabled + " in the table, but " + theirs + " by the library: " + error);
                }
                comparison.difference().ifPresent(what -> differences.add(row + ": " + what));
            }
        }
        if (!differences.isEmpty()) {
            fail(oracle + ":\n" + String.join("\n\n", differences));
        }
    }
}
