package io.github.gpucdi.cdi.text.write;

import io.github.gpucdi.cdi.spec.CdiVersion;
import io.github.gpucdi.cdi.spec.Unicode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Block-style YAML. Written by hand rather than through snakeyaml-engine's emitter, which leaves U+007F, U+2028 and
 * U+FEFF raw in quotes: the first makes a CDI loader refuse the file, the second it reads as a line break.
 */
final class YamlSink implements TreeSink {
    private static final int STEP = 2;
    /** A parser takes a key for one only within 1024 characters of its colon; longer ones need a question mark. */
    private static final int MAX_SIMPLE_KEY = 1000;

    /**
     * An open collection.
     *
     * @param list whether it is a list
     * @param indent columns before its entries
     */
    private record Level(boolean list, int indent) {}

    private final StringBuilder out = new StringBuilder(16_384).append("---\n");
    private final Deque<Level> open = new ArrayDeque<>();
    /** The next key stands on the line of its list item's dash. */
    private boolean onDashLine;

    byte[] bytes() {
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void startMap(boolean empty) {
        start(false, empty);
    }

    @Override
    public void endMap() {
        open.pop();
    }

    @Override
    public void startList(boolean empty) {
        start(true, empty);
    }

    @Override
    public void endList() {
        open.pop();
    }

    @Override
    public void key(String name) {
        indent();
        int start = out.length();
        append(name);
        if (out.length() - start > MAX_SIMPLE_KEY) {
            out.insert(start, "? ");
            out.append('\n');
            indent();
        }
        out.append(':');
    }

    @Override
    public void text(String value) {
        beforeScalar();
        append(value);
        out.append('\n');
    }

    @Override
    public void version(String value) {
        if (CdiVersion.parse(value).isPresent()) {
            raw(value);
        } else {
            text(value);
        }
    }

    @Override
    public void number(long value) {
        raw(Long.toString(value));
    }

    @Override
    public void bool(boolean value) {
        raw(value ? "true" : "false");
    }

    private void raw(String scalar) {
        beforeScalar();
        out.append(scalar).append('\n');
    }

    private void append(String value) {
        String text = Unicode.wellFormed(value);
        if (PlainScalar.isSafe(text)) {
            out.append(text);
        } else {
            Quoted.append(out, text, false);
        }
    }

    private void beforeScalar() {
        if (open.peek().list()) {
            indent();
            out.append("- ");
        } else {
            out.append(' ');
        }
    }

    private void start(boolean list, boolean empty) {
        Level parent = open.peek();
        if (empty) {
            beforeScalar();
            out.append(list ? "[]\n" : "{}\n");
            open.push(new Level(list, 0));
        } else if (parent == null) {
            open.push(new Level(list, 0));
        } else if (parent.list()) {
            beforeScalar();
            onDashLine = true;
            open.push(new Level(list, parent.indent() + STEP));
        } else {
            out.append('\n');
            open.push(new Level(list, parent.indent() + (list ? 0 : STEP)));
        }
    }

    private void indent() {
        if (onDashLine) {
            onDashLine = false;
            return;
        }
        for (int i = open.peek().indent(); i > 0; i--) {
            out.append(' ');
        }
    }
}
