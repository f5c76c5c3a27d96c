package io.github.gpucdi.cdi;

import io.github.gpucdi.cdi.GoodSpecs.Sample;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Good specs with something broken in them. Loaders still take about a third. */
public final class SpecMutator {
    private static final List<Sample> EXAMPLES = GoodSpecs.examples();
    private static final TextMutation[] ON_TEXT = TextMutation.values();

    /**
     * A file.
     *
     * @param seed what gives it again
     * @param start the name of the good spec
     * @param mutations what was done to it, in order
     * @param extension {@code yaml} or {@code json}
     * @param original the good spec
     * @param body the file's content
     */
    public record Mutant(
            long seed, String start, List<String> mutations, String extension, byte[] original, byte[] body) {
        @Override
        public String toString() {
            return "seed " + seed + ": " + start + "." + extension + " " + mutations;
        }
    }

    private SpecMutator() {}

    /** The same mutant for the same seed. */
    public static Mutant seeded(long seed) {
        // Neighbouring seeds of Random begin alike.
        Random random = new Random(seed * 0x9E3779B97F4A7C15L);
        random.nextInt();
        Sample start = start(random);
        List<String> names = new ArrayList<>();
        String text = new String(start.body(), StandardCharsets.UTF_8);
        for (int i = random.nextInt(4) > 0 ? 1 : 2 + random.nextInt(2); i > 0; i--) {
            TextMutation mutation = ON_TEXT[random.nextInt(ON_TEXT.length)];
            text = mutation.apply(text, random);
            names.add(mutation.name());
        }
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        switch (random.nextInt(60)) {
            case 0, 1 -> {
                body = withStrayByte(body, random);
                names.add("STRAY_BYTE");
            }
            case 2 -> {
                body = ("\ufeff" + text)
                        .getBytes(random.nextBoolean() ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE);
                names.add("UTF_16");
            }
            default -> {
                // Most stay text.
            }
        }
        return new Mutant(seed, start.name(), List.copyOf(names), start.extension(), start.body(), body);
    }

    private static Sample start(Random random) {
        int choice = random.nextInt(100);
        if (choice < 5) {
            return EXAMPLES.get(random.nextInt(EXAMPLES.size()));
        }
        if (choice < 30) {
            return GoodSpecs.written(random.nextInt(100_000), random.nextBoolean());
        }
        return GoodSpecs.BY_HAND.get(random.nextInt(GoodSpecs.BY_HAND.size()));
    }

    /** With one byte more, or another one, that UTF-8 has not there or nowhere. */
    private static byte[] withStrayByte(byte[] body, Random random) {
        int[] strays = {0x80, 0xBF, 0xC0, 0xC3, 0xED, 0xF4, 0xF8, 0xFF};
        byte stray = (byte) strays[random.nextInt(strays.length)];
        int at = random.nextInt(body.length + 1);
        if (at < body.length && random.nextBoolean()) {
            byte[] changed = body.clone();
            changed[at] = stray;
            return changed;
        }
        byte[] longer = new byte[body.length + 1];
        System.arraycopy(body, 0, longer, 0, at);
        longer[at] = stray;
        System.arraycopy(body, at, longer, at + 1, body.length - at);
        return longer;
    }
}
