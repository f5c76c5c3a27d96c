package io.github.gpucdi.cdi.text.read;

import java.util.Optional;

/** Whether a text is JSON (RFC 8259): loaders read more than that, other tools do not. */
final class JsonSyntax {
    private static final int MAX_DEPTH = 1_000;

    private final String text;
    private int at;

    private JsonSyntax(String text) {
        this.text = text;
    }

    /** The index at which {@code text} stops being JSON, or nothing if it is. */
    static Optional<Integer> firstDeviation(String text) {
        JsonSyntax syntax = new JsonSyntax(text);
        syntax.space();
        boolean good = syntax.value(0);
        syntax.space();
        return good && syntax.at == text.length() ? Optional.empty() : Optional.of(syntax.at);
    }

    private boolean value(int depth) {
        if (at == text.length() || depth > MAX_DEPTH) {
            return false;
        }
        return switch (text.charAt(at)) {
            case '{' -> collection('}', depth, true);
            case '[' -> collection(']', depth, false);
            case '"' -> string();
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> number();
        };
    }

    private boolean collection(char end, int depth, boolean named) {
        at++;
        space();
        if (next(end)) {
            return true;
        }
        while (true) {
            if (named && !(is('"') && string() && skipTo(':'))) {
                return false;
            }
            space();
            if (!value(depth + 1)) {
                return false;
            }
            space();
            if (next(end)) {
                return true;
            }
            if (!next(',')) {
                return false;
            }
            space();
        }
    }

    private boolean skipTo(char c) {
        space();
        return next(c);
    }

    private boolean string() {
        int start = at;
        at++;
        while (at < text.length() && text.charAt(at) >= ' ') {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return true;
            }
            at++;
            if (c == '\\' && !escape()) {
                return false;
            }
        }
        if (at == text.length()) {
            at = start;
        }
        return false;
    }

    private boolean escape() {
        if (at == text.length()) {
            return false;
        }
        char c = text.charAt(at++);
        if (c != 'u') {
            return "\"\\/bfnrt".indexOf(c) >= 0;
        }
        for (int i = 0; i < 4; i++) {
            if (at == text.length() || Character.digit(text.charAt(at), 16) < 0 || text.charAt(at) > 'f') {
                return false;
            }
            at++;
        }
        return true;
    }

    private boolean number() {
        next('-');
        if (next('0')) {
            return fraction();
        }
        return digits() && fraction();
    }

    private boolean fraction() {
        if (next('.') && !digits()) {
            return false;
        }
        if (next('e') || next('E')) {
            if (!next('+')) {
                next('-');
            }
            return digits();
        }
        return true;
    }

    private boolean digits() {
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at > start;
    }

    private boolean word(String word) {
        boolean found = text.startsWith(word, at);
        at += found ? word.length() : 0;
        return found;
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
}
