package io.github.gpucdi.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.gpucdi.cdi.VerdictTable;
import io.github.gpucdi.cdi.VerdictTable.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table of verdicts is what the CDI library says, and so is our own verdict; and what it reads is what we read. */
class VerdictIT {
    @TempDir
    private Path directory;

    @Test
    void eachRowHoldsTheVerdictOfTheLibrary() {
        List<String> differences = new ArrayList<>();
        int asked = 0;
        try (Oracles oracles = Oracles.built()) {
            for (Row row : VerdictTable.rows()) {
                Comparison comparison = new Comparison(directory.resolve("spec." + row.extension()), row.body());
                for (Oracle oracle : oracles) {
                    asked++;
                    String tabled = row.verdict(oracle.release()).name();
                    String ours = comparison.verdict(oracle.release()).name();
                    if (!tabled.equals(ours)) {
                        differences.add(row + ", " + oracle + ": " + tabled + " in the table, by us " + ours);
                    }
                    comparison.difference(oracle).ifPresent(what -> differences.add(row + ", " + oracle + ": " + what));
                }
            }
        }
        if (!differences.isEmpty()) {
            fail("of " + asked + " verdicts " + differences.size() + " differ:\n" + String.join("\n", differences));
        }
        assertThat(asked).isPositive();
    }
}
