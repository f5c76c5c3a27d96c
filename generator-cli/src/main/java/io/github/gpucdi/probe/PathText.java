package io.github.gpucdi.probe;

import io.github.gpucdi.host.PlainText;

/** Which names a spec can carry. */
final class PathText {
    private static final char UNDECODABLE = '\uFFFD';

    private PathText() {}

    /**
     * Whether a spec and a snapshot can carry the text. File names are decoded from bytes: what is no UTF-8 comes as
     * U+FFFD.
     */
    static boolean isWritable(String text) {
        return PlainText.isPlain(text) && text.indexOf(UNDECODABLE) < 0;
    }

    /** Whether the text is a single plain file name. */
    static boolean isFileName(String text) {
        return !text.isEmpty() && text.indexOf('/') < 0 && !text.equals(".") && !text.equals("..") && isWritable(text);
    }

    /** A name in a directory. */
    static String child(String directory, String name) {
        return directory.endsWith("/") ? directory + name : directory + "/" + name;
    }
}
