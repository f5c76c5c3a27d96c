package io.github.gpucdi.nvml;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A MIG profile as its name tells it: {@code 1g.10gb}, {@code 1c.3g.40gb}, {@code 1g.24gb+me.all}, {@code 2g.48gb-me}.
 *
 * @param computeSlices slices of the compute instance, 1 or more
 * @param gpuSlices slices of the GPU instance, not fewer
 * @param gigabytes memory in the rounded GiB of the name
 * @param added attributes after a {@code +}, in order
 * @param removed attributes after a {@code -}, in order; not both
 */
public record MigProfile(int computeSlices, int gpuSlices, int gigabytes, List<String> added, List<String> removed) {

    private static final int MAX_DIGITS = 6;

    /** Copies the lists. */
    public MigProfile {
        added = List.copyOf(Objects.requireNonNull(added, "added"));
        removed = List.copyOf(Objects.requireNonNull(removed, "removed"));
    }

    /** Whether it can do graphics: the parent GPU's DRM nodes belong to it then. */
    public boolean graphics() {
        return added.contains("gfx");
    }

    /** The canonical name: the compute part is left out when it has all slices of the GPU instance. */
    public String text() {
        StringBuilder text = new StringBuilder(24);
        if (computeSlices != gpuSlices) {
            text.append(computeSlices).append("c.");
        }
        text.append(gpuSlices).append("g.").append(gigabytes).append("gb");
        List<String> attributes = removed.isEmpty() ? added : removed;
        for (int i = 0; i < attributes.size(); i++) {
            char before = i > 0 ? ',' : removed.isEmpty() ? '+' : '-';
            text.append(before).append(attributes.get(i));
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return text();
    }

    /**
     * Parses {@code [<n>c.]<n>g.<n>gb} and then {@code +a[,b]} or {@code -a[,b]}. An attribute is letters, digits and dots,
     * beginning with a letter, not ending in a dot, and not repeated.
     *
     * @param text any text
     * @return the profile, empty if the text is not one
     */
    public static Optional<MigProfile> parse(String text) {
        int end = text.length();
        char sign = '+';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '+' || c == '-') {
                sign = c;
                end = i;
                break;
            }
        }
        List<String> attributes = new ArrayList<>();
        if (end < text.length() && !splitAttributes(text.substring(end + 1), attributes)) {
            return Optional.empty();
        }
        String[] parts = split(text.substring(0, end), '.');
        if (parts.length < 2 || parts.length > 3) {
            return Optional.empty();
        }
        int gpu = number(parts[parts.length - 2], "g");
        int gigabytes = number(parts[parts.length - 1], "gb");
        int compute = parts.length == 3 ? number(parts[0], "c") : gpu;
        if (gpu < 1 || gigabytes < 1 || compute < 1 || compute > gpu) {
            return Optional.empty();
        }
        return Optional.of(new MigProfile(
                compute, gpu, gigabytes, sign == '+' ? attributes : List.of(), sign == '-' ? attributes : List.of()));
    }

    private static boolean splitAttributes(String text, List<String> into) {
        for (String attribute : split(text, ',')) {
            if (!isAttribute(attribute) || into.contains(attribute)) {
                return false;
            }
            into.add(attribute);
        }
        return true;
    }

    private static boolean isAttribute(String text) {
        if (text.isEmpty() || !isLetter(text.charAt(0)) || text.charAt(text.length() - 1) == '.') {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isLetter(c) && !isDigit(c) && c != '.') {
                return false;
            }
        }
        return true;
    }

    /** The number before the unit, -1 if the part is not digits and that unit. */
    private static int number(String part, String unit) {
        int digits = part.length() - unit.length();
        if (digits < 1 || digits > MAX_DIGITS || !part.endsWith(unit)) {
            return -1;
        }
        int number = 0;
        for (int i = 0; i < digits; i++) {
            if (!isDigit(part.charAt(i))) {
                return -1;
            }
            number = number * 10 + part.charAt(i) - '0';
        }
        return number;
    }

    /** Splits at each separator and keeps empty parts. */
    private static String[] split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || text.charAt(i) == separator) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        return parts.toArray(new String[0]);
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
