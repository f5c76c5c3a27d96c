package io.github.gpucdi.probe;

import io.github.gpucdi.host.HostPath;
import java.util.ArrayList;
import java.util.List;

/** Lists of directories as environment variables hold them. */
final class SearchPath {
    private SearchPath() {}

    /** The absolute directories of a list separated by colons, in its order, normalised. */
    static List<String> absolute(String list) {
        List<String> directories = new ArrayList<>();
        int from = 0;
        while (from <= list.length()) {
            int colon = list.indexOf(':', from);
            int to = colon < 0 ? list.length() : colon;
            add(directories, list.substring(from, to));
            from = to + 1;
        }
        return directories;
    }

    /** The absolute ones of some directories, in their order, without slashes at their ends. */
    static List<String> absolute(List<String> entries) {
        List<String> directories = new ArrayList<>();
        for (String entry : entries) {
            add(directories, entry);
        }
        return directories;
    }

    private static void add(List<String> directories, String entry) {
        if (!entry.startsWith("/")) {
            return;
        }
        directories.add(HostPath.normalised(entry));
    }
}
