package io.github.gpucdi.probe;

import java.util.ArrayList;
import java.util.List;

/** Which names a spec can carry. */
final class PathText {
    private static final char UNDECODABLE = '\uFFFD';

    private PathText() {}

    /** Whether a spec can carry the text: no newline, NUL or other control character, nothing that is not UTF-8. */
    static boolean isWritable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isWritable(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** The text with everything that a spec cannot carry spelled out, such as {@code \x0a}. */
    static String escaped(String text) {
        if (isWritable(text)) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isWritable(c)) {
                out.append(c);
            } else if (c > 0xff) {
                out.append('?');
            } else {
                out.append("\\x").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            }
        }
        return out.toString();
    }

    /** Whether the text is a single plain file name. */
    static boolean isFileName(String text) {
        return !text.isEmpty() && text.indexOf('/') < 0 && !text.equals(".") && !text.equals("..") && isWritable(text);
    }

    /** The part after the last slash. */
    static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The part before the last slash; the root for what is directly below it. */
    static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }

    /** An absolute path without doubled slashes, {@code .} and {@code ..}, links not looked at. */
    static String normalised(String path) {
        List<String> parts = new ArrayList<>();
        for (String part : path.split("/")) {
            if (part.equals("..")) {
                if (!parts.isEmpty()) {
                    parts.remove(parts.size() - 1);
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return "/" + String.join("/", parts);
    }

    /** A name in a directory. */
    static String child(String directory, String name) {
        return directory.endsWith("/") ? directory + name : directory + "/" + name;
    }

    /** File names are decoded from bytes: what is no UTF-8 comes as U+FFFD, never as half of a surrogate pair. */
    private static boolean isWritable(char c) {
        return !Character.isISOControl(c) && c != UNDECODABLE;
    }
}
