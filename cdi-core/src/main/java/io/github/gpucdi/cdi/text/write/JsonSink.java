package io.github.gpucdi.cdi.text.write;

import io.github.gpucdi.cdi.spec.Unicode;
import java.nio.charset.StandardCharsets;

/** Compact JSON. Loaders read it with a YAML parser, hence {@link Quoted}. */
final class JsonSink implements TreeSink {
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
        Quoted.append(out, Unicode.wellFormed(value), true);
    }
}
