package io.github.gpucdi.cdi.text.read;

import io.github.gpucdi.cdi.spec.Finding.Code;
import io.github.gpucdi.cdi.spec.Position;

/** The text gives no tree. */
final class SyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Code code;
    private final transient Position position;

    SyntaxException(Code code, int line, int column, String what) {
        super(what);
        this.code = code;
        this.position = new Position(line, column);
    }

    Code code() {
        return code;
    }

    Position position() {
        return position;
    }
}
