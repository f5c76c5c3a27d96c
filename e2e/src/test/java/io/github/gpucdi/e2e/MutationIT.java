package io.github.gpucdi.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.gpucdi.cdi.SpecMutator;
import io.github.gpucdi.cdi.SpecMutator.Mutant;
import io.github.gpucdi.cdi.validate.Verdict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Good specs with something broken in them: we and the CDI library must agree on each, to the last value. */
class MutationIT {
    private static final int RUNS = Integer.getInteger("mutation.runs", 1_000);
    private static final long FIRST = Long.getLong("mutation.first", 0);
    private static final int SHOWN = 20;
    private static final int LONG_TEXT = 3_000;

    @TempDir
    private Path directory;

    @Test
    void weAndTheLibraryAgreeOnEachMutant() {
        List<String> differences = new ArrayList<>();
        Map<String, Integer> accepted = new TreeMap<>();
        try (Oracles oracles = Oracles.built()) {
            for (long seed = FIRST; seed < FIRST + RUNS; seed++) {
                Mutant mutant = SpecMutator.seeded(seed);
                Comparison comparison =
                        new Comparison(directory.resolve("mutant." + mutant.extension()), mutant.body());
                List<String> found = new ArrayList<>();
                for (Oracle oracle : oracles) {
                    comparison.difference(oracle).ifPresent(what -> found.add(oracle + ": " + what));
                    boolean taken = comparison.verdict(oracle.release()) == Verdict.ACCEPTED;
                    accepted.merge(oracle.toString(), taken ? 1 : 0, Integer::sum);
                }
                if (!found.isEmpty()) {
                    differences.add(mutant + "\n" + String.join("\n", found) + "\n" + changed(mutant));
                }
            }
        }
        if (!differences.isEmpty()) {
            fail(differences.size() + " of " + RUNS + " mutants differ, the first:\n" + shown(differences));
        }
        // Mutants that are all refused, or all taken, would prove little.
        assertThat(accepted).allSatisfy((oracle, count) -> assertThat(count).isBetween(RUNS / 8, RUNS / 2));
    }

    private static String shown(List<String> differences) {
        return String.join("\n\n", differences.subList(0, Math.min(SHOWN, differences.size())));
    }

    /** The text, or of a long one what is new in it. */
    private static String changed(Mutant mutant) {
        String text = new String(mutant.body(), StandardCharsets.UTF_8);
        if (text.length() <= LONG_TEXT) {
            return Escaped.text(text);
        }
        Set<String> known = new HashSet<>(
                new String(mutant.original(), StandardCharsets.UTF_8).lines().toList());
        List<String> lines = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            if (!known.contains(line)) {
                lines.add(number + ": " + Escaped.text(line));
            }
        }
        return String.join("\n", lines);
    }
}
