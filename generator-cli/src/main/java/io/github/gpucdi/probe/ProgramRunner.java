package io.github.gpucdi.probe;

import java.io.IOException;
import java.time.Duration;

/** Runs a program with the one argument {@code --version}. */
public interface ProgramRunner {

    /**
     * How it ended.
     *
     * @param status its exit status; empty output and -1 if it gave no answer in time
     * @param inTime whether it ended in time
     * @param output what it printed first on standard output
     */
    record Ending(int status, boolean inTime, String output) {}

    /**
     * Runs it with an empty environment, nothing on standard input, in the root directory.
     *
     * @param program absolute path
     * @param limit it is killed after this time
     * @throws IOException if it cannot be started
     */
    Ending version(String program, Duration limit) throws IOException;
}
