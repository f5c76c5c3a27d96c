package io.github.gpucdi.host;

/**
 * Why a program's version is not known.
 *
 * @param reason what kept it from being known
 * @param text one line for the user
 */
public record VersionFailure(Reason reason, String text) {

    /** What kept a version from being known. */
    public enum Reason {
        /** Nothing is run below another root than the machine's own. */
        NOT_RUN,
        /** Somebody else than root could replace the program, so it is not run. */
        NOT_TRUSTED,
        /** The kernel would not start it. */
        NOT_STARTED,
        /** It did not end in time. */
        NO_ANSWER,
        /** It ended with another exit status than 0. */
        EXIT_STATUS,
        /** It did not print a version as this engine does. */
        NOT_UNDERSTOOD
    }
}
