package io.github.gpucdi.e2e.engine;

/**
 * How a command ended.
 *
 * @param status exit status
 * @param out standard output
 * @param err standard error
 */
record Outcome(int status, String out, String err) {
    /** Itself, if the command was well; else the test ends. */
    Outcome orFail(Object what) {
        if (status != 0) {
            throw new AssertionError(what + " ended with " + status + ": " + err + out);
        }
        return this;
    }
}
