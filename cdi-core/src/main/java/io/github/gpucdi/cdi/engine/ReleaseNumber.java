package io.github.gpucdi.cdi.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The number of a release, compared part by part; missing parts count as 0.
 *
 * @param parts such as 1, 7, 13
 */
record ReleaseNumber(List<Integer> parts) implements Comparable<ReleaseNumber> {
    /** What a distribution or a pre-release puts after the number does not count. */
    private static final Pattern FORM = Pattern.compile("v?([0-9]{1,9}(?:\\.[0-9]{1,9}){0,3})(?:[-+~].*)?");

    static Optional<ReleaseNumber> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        List<Integer> parts = new ArrayList<>();
        for (String part : form.group(1).split("\\.")) {
            parts.add(Integer.parseInt(part));
        }
        return Optional.of(new ReleaseNumber(parts));
    }

    /** The number of a release in our own table. */
    static ReleaseNumber of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("no release number: " + text));
    }

    @Override
    public int compareTo(ReleaseNumber other) {
        for (int i = 0; i < Math.max(parts.size(), other.parts.size()); i++) {
            int order = Integer.compare(part(i), other.part(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private int part(int i) {
        return i < parts.size() ? parts.get(i) : 0;
    }
}
