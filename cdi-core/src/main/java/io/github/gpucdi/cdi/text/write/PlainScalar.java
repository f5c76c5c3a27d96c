package io.github.gpucdi.cdi.text.write;

import io.github.gpucdi.cdi.spec.Unicode;

/**
 * Decides which texts may stand without quotes in YAML. Engines read YAML 1.1, others 1.2, and each library has its
 * own mind about numbers; so whatever any of them could take for something else is quoted.
 */
final class PlainScalar {
    private PlainScalar() {}

    /** Whether no reader takes unquoted {@code text} for a number, boolean, null, date, merge key or syntax. */
    static boolean isSafe(String text) {
        if (text.isEmpty() || isWord(text)) {
            return false;
        }
        char first = text.charAt(0);
        boolean safeStart = switch (first) {
            case '-', '.', '+' -> !isNumberLike(text);
            case '?', ':', ',', '[', ']', '{', '}', '#', '&', '*', '!', '|', '>', '\'', '"', '%', '@', '`', '=', '<' ->
                false;
            default -> first < '0' || first > '9';
        };
        return safeStart && isSafeInside(text);
    }

    private static boolean isSafeInside(String text) {
        int last = text.length() - 1;
        if (text.charAt(0) == ' ' || text.charAt(last) == ' ' || text.charAt(last) == ':') {
            return false;
        }
        if (text.startsWith("---") || text.startsWith("...") || text.startsWith("- ")) {
            return false;
        }
        for (int i = 0; i <= last; i++) {
            char c = text.charAt(i);
            if (!Unicode.isRawInYaml(c)) {
                return false;
            }
            if (c == ' ' && (text.charAt(i + 1) == '#' || text.charAt(i - 1) == ':')) {
                return false;
            }
        }
        return true;
    }

    /** A sign or a dot, then digits somewhere or no letter at all; also the signed and unsigned infinities. */
    private static boolean isNumberLike(String text) {
        boolean letters = false;
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            boolean sign = c == '_' || c == '.' || c == ':' || c == '+' || c == '-';
            // Hexadecimal digits, the prefixes x and o, the exponent e.
            boolean inNumber = digit || sign || "abcdefxoABCDEFXO".indexOf(c) >= 0;
            if (!inNumber) {
                return isInfinity(text);
            }
            letters |= !digit && !sign;
        }
        return !letters || hasDigit(text);
    }

    private static boolean isInfinity(String text) {
        String word = text.charAt(0) == '.' ? text : text.substring(1);
        return word.equalsIgnoreCase(".inf") || word.equalsIgnoreCase(".nan");
    }

    private static boolean hasDigit(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= '0' && text.charAt(i) <= '9') {
                return true;
            }
        }
        return false;
    }

    private static boolean isWord(String text) {
        if (text.length() > 5) {
            return false;
        }
        return switch (lower(text)) {
            case "y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", "=", "<<", "inf", "nan" -> true;
            default -> false;
        };
    }

    /** ASCII only, so that no locale has a say. */
    private static String lower(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            out.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
        }
        return out.toString();
    }
}
