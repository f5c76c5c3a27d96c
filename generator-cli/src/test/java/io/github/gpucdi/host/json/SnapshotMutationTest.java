package io.github.gpucdi.host.json;

import static io.github.gpucdi.host.json.SnapshotTexts.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.host.HostSnapshot;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SnapshotMutationTest {

    @Test
    void refusesEveryTruncation() {
        byte[] good = SnapshotTexts.write(RandomSnapshots.complete(3));
        for (int length = 0; length < good.length - 2; length++) {
            refusal(Arrays.copyOf(good, length));
        }
    }

    static LongStream seeds() {
        return LongStream.range(0, 60);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aMutationIsRefusedOrReadsAsItWrites(long seed) throws SnapshotFormatException {
        Random random = new Random(seed);
        byte[] good = SnapshotTexts.write(RandomSnapshots.any(seed % 6));
        for (int round = 0; round < 200; round++) {
            byte[] mutant = mutated(good, random);
            HostSnapshot read;
            try {
                read = SnapshotTexts.read(mutant);
            } catch (SnapshotFormatException e) {
                continue;
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed + ", round " + round, e);
            }
            assertThat(SnapshotTexts.read(SnapshotTexts.write(read)))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(read);
        }
    }

    private static byte[] mutated(byte[] good, Random random) {
        String alphabet = "{}[]\",:\\/.0123456789eE-+ntfu \n\u0000\u00ff";
        byte[] mutant = good.clone();
        for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
            int at = random.nextInt(mutant.length);
            int to = Math.min(mutant.length, at + random.nextInt(12));
            switch (random.nextInt(4)) {
                case 0 -> mutant[at] = (byte) alphabet.charAt(random.nextInt(alphabet.length()));
                case 1 -> mutant[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> mutant = joined(Arrays.copyOf(mutant, at), Arrays.copyOfRange(mutant, to, mutant.length));
                default -> mutant = joined(Arrays.copyOf(mutant, to), Arrays.copyOfRange(mutant, at, mutant.length));
            }
            if (mutant.length == 0) {
                return mutant;
            }
        }
        return mutant;
    }

    private static byte[] joined(byte[] head, byte[] tail) {
        byte[] joined = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, joined, head.length, tail.length);
        return joined;
    }
}
