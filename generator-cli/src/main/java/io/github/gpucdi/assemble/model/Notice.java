package io.github.gpucdi.assemble.model;

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
        /** Worth a line to whoever gets the spec, not to whoever compares it. */
        ON_WRITING,
        /** Worth a look: nothing that the spec should have is missing. */
        ADVICE,
        /** The spec lacks something that it should have. */
        WARNING,
        /** A GPU or MIG device that the driver reports is not in the spec. */
        LEFT_OUT
    }

    /** Whether it names something that the spec should have and lacks. */
    public boolean isIncomplete() {
        return level == Level.WARNING || level == Level.LEFT_OUT;
    }

    public static Notice debug(String what) {
        return new Notice(Level.DEBUG, what, "");
    }

    public static Notice info(String what) {
        return new Notice(Level.INFO, what, "");
    }

    public static Notice advice(String what, String hint) {
        return new Notice(Level.ADVICE, what, hint);
    }
}
