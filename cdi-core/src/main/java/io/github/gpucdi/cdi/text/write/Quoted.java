package io.github.gpucdi.cdi.text.write;

import io.github.gpucdi.cdi.spec.Unicode;

/**
 * Double-quoted text as JSON and YAML 1.1 both read it: no {@code \/}, no surrogate escapes, and no raw character that
 * YAML does not allow or takes for a line break.
 */
final class Quoted {
    private static final String HEX = "0123456789abcdef";

    private Quoted() {}

    /**
     * Appends {@code text} in quotes.
     *
     * @param escapeHtml whether {@code <}, {@code >} and {@code &} are escaped too, as the CDI library does in JSON
     */
    static void append(StringBuilder out, String text, boolean escapeHtml) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    if (Unicode.isRawInYaml(c) && !(escapeHtml && (c == '<' || c == '>' || c == '&'))) {
                        out.append(c);
                    } else {
                        escape(out, c);
                    }
                }
            }
        }
        out.append('"');
    }

    private static void escape(StringBuilder out, char c) {
        out.append("\\u")
                .append(HEX.charAt(c >> 12))
                .append(HEX.charAt(c >> 8 & 15))
                .append(HEX.charAt(c >> 4 & 15))
                .append(HEX.charAt(c & 15));
    }
}
