package io.github.gpucdi.terminal;

import java.util.Collection;
import java.util.Optional;

/** Finds what a mistyped word was meant to be. */
public final class NearestMatch {
    private NearestMatch() {}

    /** The candidate with the fewest edits to {@code word}, if that is no more than about a third of its length. */
    public static Optional<String> of(String word, Collection<String> candidates) {
        String best = "";
        int fewest = Integer.MAX_VALUE;
        for (String candidate : candidates) {
            int edits = distance(word, candidate);
            if (edits < fewest) {
                fewest = edits;
                best = candidate;
            }
        }
        return fewest <= Math.max(2, word.length() / 3) && fewest < word.length()
                ? Optional.of(best)
                : Optional.empty();
    }

    /** A sentence part: {@code ; did you mean 'x'?}, or nothing. */
    public static String suggestion(String word, Collection<String> candidates) {
        return of(word, candidates)
                .map(match -> "; did you mean '" + match + "'?")
                .orElse("");
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
