package io.github.gpucdi.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.cdi.GoodSpecs.Sample;
import io.github.gpucdi.cdi.SpecMutator.Mutant;
import io.github.gpucdi.cdi.engine.LibraryRelease;
import io.github.gpucdi.cdi.spec.Finding;
import io.github.gpucdi.cdi.text.read.SpecDocument;
import io.github.gpucdi.cdi.text.read.SpecReader;
import io.github.gpucdi.cdi.text.read.SpecReader.Format;
import io.github.gpucdi.cdi.text.write.SpecWriter;
import io.github.gpucdi.cdi.validate.SpecValidator;
import io.github.gpucdi.cdi.validate.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is broken in a spec, we say something about it, and the same thing everywhere. */
class SpecMutatorTest {
    private static final int RUNS = 500;

    static Stream<Sample> good() {
        return Stream.concat(GoodSpecs.BY_HAND.stream(), GoodSpecs.examples().stream());
    }

    @ParameterizedTest
    @MethodSource("good")
    void whatIsToBeBrokenIsGood(Sample sample) {
        SpecDocument document = SpecReader.read(sample.body(), Format.YAML);
        assertThat(SpecValidator.verdict(document, LibraryRelease.NEWEST))
                .as(() ->
                        SpecValidator.validate(document, LibraryRelease.NEWEST).toString())
                .isEqualTo(Verdict.ACCEPTED);
    }

    @Test
    void aVerdictHasItsReason() {
        for (long seed = 0; seed < RUNS; seed++) {
            Mutant mutant = SpecMutator.seeded(seed);
            SpecDocument document = read(mutant);
            LibraryRelease release = LibraryRelease.values()[(int) (seed % LibraryRelease.values().length)];
            List<Finding> findings = SpecValidator.validate(document, release);
            assertThat(SpecValidator.hasErrors(findings))
                    .as("%s, %s: %s", mutant, release, findings)
                    .isEqualTo(SpecValidator.verdict(document, release) != Verdict.ACCEPTED);
        }
    }

    @Test
    void whatIsUnderstoodIsUnderstoodAgainWhenWritten() {
        for (long seed = 0; seed < RUNS; seed++) {
            Mutant mutant = SpecMutator.seeded(seed);
            read(mutant).spec().ifPresent(spec -> {
                SpecDocument again = SpecReader.read(SpecWriter.yaml(spec), Format.YAML);
                assertThat(again.spec().map(SpecWriter::json).map(String::new))
                        .as("%s: %s", mutant, again.findings())
                        .isEqualTo(Optional.of(new String(SpecWriter.json(spec))));
            });
        }
    }

    @Test
    void theSameSeedGivesTheSameMutant() {
        for (long seed = 0; seed < 100; seed++) {
            assertThat(SpecMutator.seeded(seed).body())
                    .isEqualTo(SpecMutator.seeded(seed).body());
        }
    }

    private static SpecDocument read(Mutant mutant) {
        return SpecReader.read(mutant.body(), Format.ofName("mutant." + mutant.extension()));
    }
}
