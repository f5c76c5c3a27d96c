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
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Good specs with something broken in them: we and the CDI library must agree on each, to the last value. */
class MutationIT {
    private static final int RUNS = Integer.getInteger("mutation.runs", 1_000);
    private static final long FIRST = Long.getLong("mutation.first", 0);
    private static final int SHOWN = 20;
    private static final int LONG_TEXT = 3_000;

    @TempDir
    private Path directory;

    static Stream<Oracle> oracles() {
        return Oracle.all().stream();
    }

    @ParameterizedTest
    @MethodSource("oracles")
    void weAndTheLibraryAgreeOnEachMutant(Oracle oracle) {
        List<String> differences = new ArrayList<>();
        int accepted = 0;
        try (oracle) {
            for (long seed = FIRST; seed < FIRST + RUNS; seed++) {
                Mutant mutant = SpecMutator.seeded(seed);
                Path file = directory.resolve("mutant." + mutant.extension());
                Comparison comparison = Comparison.of(oracle, file, mutant.body());
                accepted += comparison.theirs().verdict() == Verdict.ACCEPTED ? 1 : 0;
                Optional<String> difference = comparison.difference();
                difference.ifPresent(what -> differences.add(mutant + "\n" + what + "\n" + changed(mutant)));
            }
        }
        System.out.printf("%s accepted %d of %d mutants%n", oracle, accepted, RUNS);
        if (!differences.isEmpty()) {
            fail(oracle + ": " + differences.size() + " of " + RUNS + " mutants differ, the first:\n"
                    + shown(differences));
        }
        // Mutants that are all refused, or all taken, would prove little.
        assertThat(accepted).isBetween(RUNS / 10, RUNS * 6 / 10);
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
