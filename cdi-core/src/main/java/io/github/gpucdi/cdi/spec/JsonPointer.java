package io.github.gpucdi.cdi.spec;

/** Places in a document, as RFC 6901 writes them; the empty text is the whole document. */
public final class JsonPointer {
    private JsonPointer() {}

    /** The member {@code key} of the object at {@code parent}. */
    public static String member(String parent, String key) {
        return parent + "/" + key.replace("~", "~0").replace("/", "~1");
    }

    /** The key that one step of a pointer, what stands between two slashes, means. */
    public static String key(String step) {
        return step.replace("~1", "/").replace("~0", "~");
    }
}
