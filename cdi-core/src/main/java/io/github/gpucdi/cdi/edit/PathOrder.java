package io.github.gpucdi.cdi.edit;

/** Orders of paths: parents before what lies below them. */
public final class PathOrder {
    private PathOrder() {}

    /** By number of {@code /} in the cleaned path, then by the path's UTF-8 bytes. */
    public static int compare(String one, String other) {
        int byDepth = Integer.compare(depth(one), depth(other));
        return byDepth != 0 ? byDepth : compareBytes(one, other);
    }

    /** The order of the UTF-8 bytes, which is that of code points and not always that of {@link String#compareTo}. */
    public static int compareBytes(String one, String other) {
        int length = Math.min(one.length(), other.length());
        for (int i = 0; i < length; i++) {
            char a = one.charAt(i);
            char b = other.charAt(i);
            if (a != b) {
                boolean surrogateDecides = Character.isSurrogate(a) != Character.isSurrogate(b);
                return surrogateDecides ? (Character.isSurrogate(a) ? 1 : -1) : Character.compare(a, b);
            }
        }
        return Integer.compare(one.length(), other.length());
    }

    /** The number of {@code /} after removing empty and {@code .} components and resolving {@code ..} lexically. */
    public static int depth(String path) {
        boolean absolute = path.startsWith("/");
        int names = 0;
        int ups = 0;
        int start = 0;
        while (start <= path.length()) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            int length = end - start;
            if (length == 2 && path.startsWith("..", start)) {
                if (names > 0) {
                    names--;
                } else if (!absolute) {
                    ups++;
                }
            } else if (length > 1 || length == 1 && path.charAt(start) != '.') {
                names++;
            }
            start = end + 1;
        }
        int parts = names + ups;
        return absolute ? Math.max(parts, 1) : Math.max(parts - 1, 0);
    }
}
