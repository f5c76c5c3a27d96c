package io.github.gpucdi.host;

import java.util.ArrayList;
import java.util.List;

/** Parts of absolute paths, by their text alone. */
public final class HostPath {
    private HostPath() {}

    /** The part after the last slash. */
    public static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The part before the last slash; the root for what is directly below it. */
    public static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }

    /** The path without doubled slashes, {@code .} and {@code ..}; links are not looked at. */
    public static String normalised(String path) {
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
}
