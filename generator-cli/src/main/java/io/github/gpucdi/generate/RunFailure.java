package io.github.gpucdi.generate;

import io.github.gpucdi.assemble.model.AssembleException;

/** Ends a run early. */
final class RunFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final Ending ending;
    private final String hint;

    RunFailure(Ending ending, String what, String hint) {
        this(ending, what, hint, null);
    }

    RunFailure(Ending ending, String what, String hint, Exception cause) {
        super(what, cause);
        this.ending = ending;
        this.hint = hint;
    }

    static RunFailure of(AssembleException failure) {
        return new RunFailure(Ending.of(failure), failure.getMessage(), failure.hint(), failure);
    }

    Ending ending() {
        return ending;
    }

    String hint() {
        return hint;
    }
}
