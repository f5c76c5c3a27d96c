package io.github.gpucdi.system;

import java.io.IOException;

/** One thing that is done to the machine: it is told before, and in a dry run told only. */
interface Step {
    /** What is done, in nvidia-ctk's words. */
    String text();

    /**
     * Does it.
     *
     * @throws IOException if it cannot be done: then nothing of it is
     */
    void run() throws IOException;

    /** What could not be done, if it fails. */
    String failure();

    /** What can be done about it. */
    String hint(IOException failure);
}
