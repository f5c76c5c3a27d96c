package io.github.gpucdi.host;

import java.util.List;

/**
 * One CSV file, as far as its lines are anything.
 *
 * @param path host path
 * @param state what came of reading it
 * @param entries what its lines name, in their order, each thing once among all files
 * @param rejected what is wrong with lines that name nothing, with their numbers, for the user
 * @param unlisted how many more lines than these name nothing
 */
public record CsvFile(String path, State state, List<CsvEntry> entries, List<String> rejected, int unlisted) {

    /** What came of reading a file. */
    public enum State {
        /** It was read. */
        READ,
        /** Nothing has the name. */
        MISSING,
        /** A directory, a FIFO, a link to nothing or anything else that is not read. */
        NOT_A_FILE,
        /** Permission or I/O. */
        UNREADABLE,
        /** More bytes than are read of such a file. */
        TOO_LARGE,
        /** More entries than are looked up, with those of the files before it. */
        TOO_MANY_ENTRIES
    }

    public CsvFile {
        entries = List.copyOf(entries);
        rejected = List.copyOf(rejected);
    }
}
