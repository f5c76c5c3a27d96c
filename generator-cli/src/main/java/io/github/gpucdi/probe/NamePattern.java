package io.github.gpucdi.probe;

/**
 * A file name in which {@code *} stands for any text; nothing else is special.
 *
 * @param text such as {@code libcuda.so.*.*}
 */
record NamePattern(String text) {

    /** Whether a file name fits. */
    boolean matches(String name) {
        int n = 0;
        int p = 0;
        int starAt = -1;
        int retryFrom = 0;
        while (n < name.length()) {
            if (p < text.length() && text.charAt(p) == '*') {
                starAt = p++;
                retryFrom = n;
            } else if (p < text.length() && text.charAt(p) == name.charAt(n)) {
                p++;
                n++;
            } else if (starAt >= 0) {
                p = starAt + 1;
                n = ++retryFrom;
            } else {
                return false;
            }
        }
        while (p < text.length() && text.charAt(p) == '*') {
            p++;
        }
        return p == text.length();
    }
}
