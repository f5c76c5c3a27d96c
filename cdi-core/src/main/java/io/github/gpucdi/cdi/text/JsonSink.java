package io.github.gpucdi.cdi.text;

import java.nio.charset.StandardCharsets;

/**
 * Compact JSON that YAML parsers read as well, because loaders read JSON with one: no {@code \/}, no surrogate
 * escapes, and no raw character that YAML does not allow or takes for a line break.
 */
final class JsonSink implements TreeSink {
    private static final String HEX = "0123456789abcdef";

    private final StringBuilder out = new StringBuilder(8192);
    private boolean comma;

    byte[] bytes() {
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void startMap(boolean empty) {
        open('{');
    }

    @Override
    public void endMap() {
        close('}');
    }

    @Override
    public void startList(boolean empty) {
        open('[');
    }

    @Override
    public void endList() {
        close(']');
    }

    @Override
    public void key(String name) {
        separate();
        quoted(name);
        out.append(':');
        comma = false;
    }

    @Override
    public void text(String value) {
        separate();
        quoted(value);
    }

    @Override
    public void version(String value) {
        text(value);
    }

    @Override
    public void number(long value) {
        separate();
        out.append(value);
    }

    @Override
    public void bool(boolean value) {
        separate();
        out.append(value);
    }

    private void open(char bracket) {
        separate();
        out.append(bracket);
        comma = false;
    }

    private void close(char bracket) {
        out.append(bracket);
        comma = true;
    }

    private void separate() {
        if (comma) {
            out.append(',');
        }
        comma = true;
    }

    private void quoted(String value) {
        String text = Unicode.wellFormed(value);
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
                case '<', '>', '&' -> escaped(c);
                default -> {
                    if (Unicode.isRawInYaml(c)) {
                        out.append(c);
                    } else {
                        escaped(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private void escaped(char c) {
        out.append("\\u")
                .append(HEX.charAt(c >> 12))
                .append(HEX.charAt(c >> 8 & 15))
                .append(HEX.charAt(c >> 4 & 15))
                .append(HEX.charAt(c & 15));
    }
}
