package io.github.gpucdi.generate;

import io.github.gpucdi.assemble.Assembly;
import io.github.gpucdi.assemble.model.Notice;
import java.util.List;
import java.util.Optional;

/**
 * What a run came to.
 *
 * @param ending how it ended
 * @param trouble why there is nothing more to it, if so
 * @param notices what is to be said, in order, before the trouble
 * @param specs the specs that it made, valid; empty if there is trouble
 */
public record Outcome(Ending ending, Optional<Trouble> trouble, List<Notice> notices, List<Assembly.Part> specs) {
    /**
     * What ended a run early.
     *
     * @param what one line
     * @param hint what to do, one line
     * @param cause for whoever debugs the program
     */
    public record Trouble(String what, String hint, Optional<Exception> cause) {}

    public Outcome {
        notices = List.copyOf(notices);
        specs = List.copyOf(specs);
    }

    static Outcome of(Ending ending, List<Notice> notices, List<Assembly.Part> specs) {
        return new Outcome(ending, Optional.empty(), notices, specs);
    }

    /** As {@link #of}, of a run that gives its specs to nobody: what is only for who gets them is not said. */
    static Outcome unwritten(Ending ending, List<Notice> notices, List<Assembly.Part> specs) {
        return of(ending, withoutThoseOnWriting(notices), specs);
    }

    static Outcome of(RunFailure failure, List<Notice> notices) {
        Trouble trouble = new Trouble(failure.getMessage(), failure.hint(), Optional.of(failure));
        return new Outcome(failure.ending(), Optional.of(trouble), withoutThoseOnWriting(notices), List.of());
    }

    private static List<Notice> withoutThoseOnWriting(List<Notice> notices) {
        return notices.stream()
                .filter(notice -> notice.level() != Notice.Level.ON_WRITING)
                .toList();
    }
}
