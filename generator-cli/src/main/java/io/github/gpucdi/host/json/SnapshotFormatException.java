package io.github.gpucdi.host.json;

import io.github.gpucdi.host.PlainText;

/** A text that is no host snapshot, or none that this version reads. */
public final class SnapshotFormatException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String pointer;
    private final int line;
    private final int column;
    private final String problem;

    SnapshotFormatException(String pointer, int line, int column, String problem) {
        super(message(PlainText.of(pointer), line, column, problem));
        this.pointer = PlainText.of(pointer);
        this.line = line;
        this.column = column;
        this.problem = problem;
    }

    /** The place as a JSON pointer (RFC 6901), such as {@code /nvml/gpus/0/uuid}; empty for the whole. */
    public String pointer() {
        return pointer;
    }

    /** The line of the value at fault, from 1. */
    public int line() {
        return line;
    }

    /** The column of the value at fault, from 1, in UTF-16 units. */
    public int column() {
        return column;
    }

    /** What is wrong, one sentence without the place. Holds no text from the input. */
    public String problem() {
        return problem;
    }

    private static String message(String pointer, int line, int column, String problem) {
        String place = "line " + line + ", column " + column;
        return pointer.isEmpty() ? place + ": " + problem : place + ", " + pointer + ": " + problem;
    }
}
