package io.github.gpucdi.host;

/**
 * A file that was looked for in vain, or is unusable.
 *
 * @param name what was looked for, such as {@code libcuda.so.550.54.15}
 * @param path where, host path; empty if nowhere
 * @param reason why it is not in the snapshot
 */
public record FailedLookup(String name, String path, Reason reason) {

    /** Why a file is not in the snapshot. */
    public enum Reason {
        /** It is in none of the directories. */
        NOT_FOUND,
        /** A symbolic link to nothing. */
        DANGLING_LINK,
        /** A symbolic link that leads back to itself. */
        LINK_LOOP,
        /** Permission or I/O. */
        UNREADABLE,
        /** A library that is no ELF file. */
        NOT_ELF,
        /** A library of another ELF class or machine. */
        FOREIGN_ELF,
        /** A manifest that is not what its readers take: no JSON object, or too large. */
        NOT_A_MANIFEST,
        /** A path that a spec cannot carry: it holds a newline or NUL. */
        UNWRITABLE_NAME,
        /** It is there and is of another kind: a directory where a device node is wanted, or the like. */
        WRONG_KIND,
        /** A pattern that leads into more files than are looked at. */
        TOO_MANY
    }

    /** Written out: what the compiler makes of a record is linked anew in each run, which costs a start. */
    @Override
    public int hashCode() {
        return 31 * name.hashCode() + path.hashCode();
    }
}
