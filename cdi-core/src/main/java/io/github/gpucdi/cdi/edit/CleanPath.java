package io.github.gpucdi.cdi.edit;

import java.util.ArrayList;
import java.util.List;

/** Paths in their shortest form, found without looking at the file system. */
final class CleanPath {
    private CleanPath() {}

    /** {@code path} without empty, {@code .} and inner {@code ..} components and without trailing {@code /}. */
    static String of(String path) {
        boolean absolute = path.startsWith("/");
        List<String> names = new ArrayList<>();
        for (String name : path.split("/")) {
            if (name.isEmpty() || name.equals(".")) {
                continue;
            }
            boolean up = name.equals("..");
            if (up && !names.isEmpty() && !names.get(names.size() - 1).equals("..")) {
                names.remove(names.size() - 1);
            } else if (!up || !absolute) {
                names.add(name);
            }
        }
        String joined = String.join("/", names);
        if (absolute) {
            return "/" + joined;
        }
        return joined.isEmpty() ? "." : joined;
    }

    /** Whether {@code path} is {@code root}, a clean path, or lies below it. Compares components, not characters. */
    static boolean isUnder(String path, String root) {
        return path.startsWith(root)
                && (root.endsWith("/") || path.length() == root.length() || path.charAt(root.length()) == '/');
    }
}
