package io.github.gpucdi.cdi.inject;

import io.github.gpucdi.cdi.spec.CdiException;
import io.github.gpucdi.cdi.spec.CdiException.Code;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON as a tree; any deviation from RFC 8259 is refused with its place. */
final class JsonReader {
    private static final int MAX_DEPTH = 1_000;
    /** Far beyond any number that means something: reading one takes time that grows with its square. */
    private static final int MAX_NUMBER = 1_000;

    private final String text;
    private int at;

    private JsonReader(String text) {
        this.text = text;
    }

    static Map<String, @Nullable Object> read(String text) throws CdiException {
        JsonReader reader = new JsonReader(text);
        reader.space();
        if (!reader.is('{')) {
            if (reader.at < text.length()) {
                reader.value(1);
            }
            throw invalid("is not a JSON object");
        }
        Map<String, @Nullable Object> tree = reader.object(1);
        reader.space();
        if (reader.at < text.length()) {
            reader.value(1);
            throw invalid("goes on after its JSON object");
        }
        return tree;
    }

    private @Nullable Object value(int depth) throws CdiException {
        if (depth > MAX_DEPTH) {
            throw notJson("nested deeper than " + MAX_DEPTH + " levels");
        }
        if (at == text.length()) {
            throw notJson("it ends too early");
        }
        return switch (text.charAt(at)) {
            case '{' -> object(depth);
            case '[' -> list(depth);
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, @Nullable Object> object(int depth) throws CdiException {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        at++;
        space();
        if (next('}')) {
            return members;
        }
        while (true) {
            if (!is('"')) {
                throw notJson("a member's name is missing");
            }
            int start = at;
            String name = string();
            if (members.containsKey(name)) {
                at = start;
                throw notJson("a second member of one name");
            }
            space();
            require(':');
            space();
            members.put(name, value(depth + 1));
            space();
            if (next('}')) {
                return members;
            }
            require(',');
            space();
        }
    }

    private List<@Nullable Object> list(int depth) throws CdiException {
        List<@Nullable Object> items = new ArrayList<>();
        at++;
        space();
        if (next(']')) {
            return items;
        }
        while (true) {
            items.add(value(depth + 1));
            space();
            if (next(']')) {
                return items;
            }
            require(',');
            space();
        }
    }

    private String string() throws CdiException {
        StringBuilder out = new StringBuilder();
        at++;
        while (!next('"')) {
            if (at == text.length()) {
                throw notJson("it ends within a text");
            }
            char c = text.charAt(at);
            if (c < ' ') {
                throw notJson("a control character within a text");
            }
            at++;
            out.append(c == '\\' ? escape() : c);
        }
        return out.toString();
    }

    private char escape() throws CdiException {
        if (at == text.length()) {
            throw notJson("it ends within a text");
        }
        char c = text.charAt(at++);
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unit();
            default -> {
                at--;
                throw notJson("an unknown escape");
            }
        };
    }

    private char unit() throws CdiException {
        int unit = 0;
        for (int i = 0; i < 4; i++) {
            char c = at < text.length() ? text.charAt(at) : ' ';
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw notJson("an escape without its four digits");
            }
            unit = unit << 4 | digit;
            at++;
        }
        return (char) unit;
    }

    private Number number() throws CdiException {
        int start = at;
        next('-');
        if (!next('0')) {
            digits();
        }
        boolean whole = true;
        if (next('.')) {
            whole = false;
            digits();
        }
        if (next('e') || next('E')) {
            whole = false;
            if (!next('+')) {
                next('-');
            }
            digits();
        }
        String number = text.substring(start, at);
        if (number.length() > MAX_NUMBER) {
            at = start;
            throw notJson("a number of more than " + MAX_NUMBER + " characters");
        }
        if (!whole || number.equals("-0")) {
            return new ExactNumber(number);
        }
        BigInteger value = new BigInteger(number);
        return value.bitLength() < Long.SIZE ? (Number) value.longValueExact() : value;
    }

    private void digits() throws CdiException {
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == start) {
            throw notJson("not a value");
        }
    }

    private @Nullable Boolean word(String word, @Nullable Boolean value) throws CdiException {
        if (!text.startsWith(word, at)) {
            throw notJson("not a value");
        }
        at += word.length();
        return value;
    }

    private void require(char c) throws CdiException {
        if (!next(c)) {
            throw notJson("'" + c + "' is missing");
        }
    }

    private boolean is(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    private boolean next(char c) {
        boolean found = is(c);
        at += found ? 1 : 0;
        return found;
    }

    private void space() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private CdiException notJson(String why) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < at; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        int column = text.codePointCount(lineStart, at) + 1;
        return invalid("is not JSON: " + why + " at line " + line + ", column " + column);
    }

    private static CdiException invalid(String what) {
        return new CdiException(Code.CONFIG_INVALID, "", what);
    }
}
