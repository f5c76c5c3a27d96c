package io.github.gpucdi.cdi.inject;

import io.github.gpucdi.cdi.spec.CdiException;
import io.github.gpucdi.cdi.spec.CdiException.Code;
import io.github.gpucdi.cdi.spec.JsonPointer;
import io.github.gpucdi.cdi.spec.Unicode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A tree that {@link TreeCopy} has checked, as indented JSON. */
final class JsonWriter {
    private final StringBuilder out = new StringBuilder(8192);
    private int depth;

    private JsonWriter() {}

    static String write(Map<String, @Nullable Object> tree) throws CdiException {
        JsonWriter writer = new JsonWriter();
        writer.object("", tree);
        return writer.out.append('\n').toString();
    }

    private void value(String where, @Nullable Object value) throws CdiException {
        if (value instanceof Map<?, ?> object) {
            object(where, object);
        } else if (value instanceof List<?> list) {
            list(where, list);
        } else if (value instanceof String text) {
            text(text);
        } else {
            if (value instanceof Number number && !isFinite(number)) {
                throw new CdiException(Code.CONFIG_INVALID, where, "not a JSON value");
            }
            out.append(value);
        }
    }

    /** Of a number of any size {@code doubleValue} may be infinite; only these two types have what is no number. */
    private static boolean isFinite(Number number) {
        return !(number instanceof Double || number instanceof Float) || Double.isFinite(number.doubleValue());
    }

    private void object(String where, Map<?, ?> members) throws CdiException {
        open('{');
        boolean first = true;
        for (Map.Entry<?, ?> member : members.entrySet()) {
            separate(first);
            first = false;
            String key = (String) member.getKey();
            text(key);
            out.append(": ");
            value(JsonPointer.member(where, key), member.getValue());
        }
        close('}', first);
    }

    private void list(String where, List<?> items) throws CdiException {
        open('[');
        int index = 0;
        for (Object item : items) {
            separate(index == 0);
            value(where + "/" + index++, item);
        }
        close(']', index == 0);
    }

    private void open(char bracket) {
        out.append(bracket);
        depth++;
    }

    private void separate(boolean first) {
        if (!first) {
            out.append(',');
        }
        line();
    }

    private void close(char bracket, boolean empty) {
        depth--;
        if (!empty) {
            line();
        }
        out.append(bracket);
    }

    private void line() {
        out.append('\n').append("  ".repeat(depth));
    }

    private void text(String text) {
        out.append('"');
        String repaired = Unicode.wellFormed(text);
        for (int i = 0; i < repaired.length(); i++) {
            char c = repaired.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ') {
                        out.append("\\u00").append(c < 0x10 ? "0" : "1").append(Character.forDigit(c & 15, 16));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
