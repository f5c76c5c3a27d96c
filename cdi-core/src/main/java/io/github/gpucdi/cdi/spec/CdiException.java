package io.github.gpucdi.cdi.spec;

/** A CDI operation that could not be done. */
public final class CdiException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why it could not be done. */
    public enum Code {
        /** The target cannot be written: permissions, no space, read-only file system. */
        UNWRITABLE,
        /** The target is there, or may be, and cannot be read. */
        UNREADABLE,
        /** The target exists and is not a regular file. */
        NOT_A_REGULAR_FILE,
        /** An OCI runtime configuration is not of the shape that the runtime specification gives it. */
        CONFIG_INVALID,
        /** A device node is not on the host as the edits need it. */
        HOST_NODE_UNUSABLE,
        /** Edits that no valid spec holds. */
        EDITS_INVALID,
        /** A file's name says another format than its content has, or none that engines read. */
        NAME_AGAINST_FORMAT
    }

    private final Code code;
    private final String where;
    private final String what;

    /**
     * @param code why
     * @param where the file or the place in the spec, empty for all of it
     * @param what one line for the user, without {@code where}
     */
    public CdiException(Code code, String where, String what) {
        super(line(where, what));
        this.code = code;
        this.where = where;
        this.what = what;
    }

    /** As the other constructor, with the failure below. */
    public CdiException(Code code, String where, String what, Throwable cause) {
        super(line(where, what), cause);
        this.code = code;
        this.where = where;
        this.what = what;
    }

    /** Why it could not be done. */
    public Code code() {
        return code;
    }

    /** The file or the place in the spec; empty if it is all of it. {@link #getMessage()} begins with it. */
    public String where() {
        return where;
    }

    /** {@link #getMessage()} without the place. */
    public String what() {
        return what;
    }

    private static String line(String where, String what) {
        return where.isEmpty() ? what : where + ": " + what;
    }
}
