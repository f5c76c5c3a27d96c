package io.github.gpucdi.config;

/** A configuration file's text cannot be used; the message is one line that says where and why. */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    ConfigException(String message) {
        super(message);
    }
}
