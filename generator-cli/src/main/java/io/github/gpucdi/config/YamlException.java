package io.github.gpucdi.config;

import io.github.gpucdi.cdi.spec.Position;

/** A text gives no tree; the message is one line that says why. */
public final class YamlException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Position position;

    YamlException(Position position, String message) {
        super(message);
        this.position = position;
    }

    public Position position() {
        return position;
    }
}
