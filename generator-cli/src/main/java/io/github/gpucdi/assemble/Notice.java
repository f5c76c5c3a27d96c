package io.github.gpucdi.assemble;

/**
 * Something that the user should know about a spec.
 *
 * @param level how much it matters
 * @param what one line
 * @param hint what to do, empty if there is nothing to do
 */
public record Notice(Level level, String what, String hint) {

    /** How much a notice matters. */
    public enum Level {
        /** Shown on request: a file that many hosts do not have. */
        DEBUG,
        /** Worth a line, nothing is wrong. */
        INFO,
        /** The spec lacks something that it should have. */
        WARNING,
        /** A GPU or MIG device that the driver reports is not in the spec. */
        LEFT_OUT
    }
}
