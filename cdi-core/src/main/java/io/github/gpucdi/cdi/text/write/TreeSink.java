package io.github.gpucdi.cdi.text.write;

/** Receives a document tree in order: what a text form must be able to write. */
interface TreeSink {
    void startMap(boolean empty);

    void endMap();

    void startList(boolean empty);

    void endList();

    void key(String name);

    void text(String value);

    /** Text that readers take as text even without quotes although it starts with a digit: a version. */
    void version(String value);

    void number(long value);

    void bool(boolean value);
}
