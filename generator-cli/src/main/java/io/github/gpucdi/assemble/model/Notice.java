package io.github.gpucdi.assemble.model;

/**
 * Something that the user should know about a spec.
 *
 * @param level how much it matters
 * @param id what it is about, for programs
 * @param subject the one thing that it is about, by which another notice or finding can be of the same; empty if there
 *     is no such thing
 * @param what one line
 * @param hint what to do, empty if there is nothing to do
 */
public record Notice(Level level, Id id, String subject, String what, String hint) {

    /** What a notice is about. */
    public enum Id {
        /** A device node that is missing; its path below the dev root is the subject. */
        NODE_MISSING,
        /** Anything that nobody has to tell from the rest. */
        OTHER
    }

    /** A notice that nobody has to tell from the rest. */
    public Notice(Level level, String what, String hint) {
        this(level, Id.OTHER, "", what, hint);
    }

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

    /** Written out: what the compiler makes of a record is linked anew in each run, which costs a start. */
    @Override
    public int hashCode() {
        return what.hashCode();
    }
}
