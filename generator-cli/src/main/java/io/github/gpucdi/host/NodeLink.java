package io.github.gpucdi.host;

/**
 * A symbolic link among the device nodes.
 *
 * @param path below the dev root
 * @param target its text, as it is
 */
public record NodeLink(String path, String target) {
    /** Written out: what the compiler makes of a record is linked anew in each run, which costs a start. */
    @Override
    public int hashCode() {
        return path.hashCode();
    }
}
