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
        return fewest <= Math.max(1, word.length() / 3) && fewest < word.length()
                ? Optional.of(best)
                : Optional.empty();
    }

    /** A sentence part: {@code ; did you mean 'x'?}, or nothing. */
    public static String suggestion(String word, Collection<String> candidates) {
        return of(word, candidates)
                .map(match -> "; did you mean '" + match + "'?")
                .orElse("");
    }

    /** Letters to insert, delete, replace, or swap with their neighbour. */
    private static int distance(String a, String b) {
        int[] before = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] next = new int[b.length() + 1];
            next[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = row[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                next[j] = Math.min(replaced, 1 + Math.min(row[j], next[j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    next[j] = Math.min(next[j], 1 + before[j - 2]);
                }
            }
            before = row;
            row = next;
        }
        return row[b.length()];
    }
}
