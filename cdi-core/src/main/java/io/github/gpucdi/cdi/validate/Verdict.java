package io.github.gpucdi.cdi.validate;

/** What a release of the CDI library does with a spec file. */
public enum Verdict {
    /** It loads the spec. */
    ACCEPTED,
    /** It refuses the file; its other files still count. */
    REFUSED,
    /** It crashes, and the engine with it. */
    CRASHES,
    /** The file is beyond our bounds, so we cannot say. */
    NOT_JUDGED
}
