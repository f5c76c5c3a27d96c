package io.github.gpucdi.cdi.validate;

import io.github.gpucdi.cdi.spec.Finding;

/** What a release of the CDI library does with a spec file. */
public enum Verdict {
    /** It loads the spec. */
    ACCEPTED,
    /** It refuses the file; its other files still count. */
    REFUSED,
    /** It crashes, and the engine with it. */
    CRASHES,
    /** The file is beyond our bounds, so we cannot say. */
    NOT_JUDGED;

    /** What stopping at {@code firstError} means, see {@link SpecValidator#firstError}. */
    public static Verdict of(Finding firstError) {
        return switch (firstError.code()) {
            case NULL_ENTRY, KIND_CRASHES_ENGINES -> CRASHES;
            case TOO_LARGE_TO_JUDGE -> NOT_JUDGED;
            default -> REFUSED;
        };
    }
}
