package io.github.gpucdi.report;

import io.github.gpucdi.assemble.Assembly;
import io.github.gpucdi.assemble.model.AssembleException;
import io.github.gpucdi.assemble.model.Notice;
import io.github.gpucdi.generate.Destination;
import io.github.gpucdi.generate.Ending;
import io.github.gpucdi.generate.Outcome;
import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.Console;
import io.github.gpucdi.terminal.ExitCode;
import java.io.PrintStream;

/** Tells what a run came to. */
public final class OutcomeReport {
    private OutcomeReport() {}

    /**
     * Tells the notices; trouble ends the command.
     *
     * @param strict whether what makes a spec incomplete is an error
     */
    public static ExitCode tell(Outcome outcome, boolean strict, Console console) {
        for (Notice notice : outcome.notices()) {
            switch (notice.level()) {
                case DEBUG -> console.debug(notice.what());
                case INFO, ON_WRITING -> console.info(notice.what());
                case ADVICE -> console.warning(notice.what(), notice.hint());
                case WARNING -> {
                    if (strict) {
                        error(notice, console);
                    } else {
                        console.warning(notice.what(), notice.hint());
                    }
                }
                case LEFT_OUT -> error(notice, console);
            }
        }
        ExitCode code = code(outcome.ending());
        outcome.trouble().ifPresent(trouble -> {
            throw new CommandFailure(
                    code, trouble.what(), trouble.hint(), trouble.cause().orElse(null));
        });
        return code;
    }

    /** The same for who goes on whatever happened: trouble is told, too, and the exit status is the answer. */
    public static int status(Outcome outcome, boolean strict, Console console) {
        try {
            return tell(outcome, strict, console).status();
        } catch (CommandFailure e) {
            console.error(e.getMessage());
            console.hint(e.hint());
            console.stackTrace(e);
            return e.exitCode().status();
        }
    }

    /** Prints the specs of a run that has no file for them. */
    public static void print(Outcome outcome, Destination destination, PrintStream out) {
        if (destination.file().isEmpty()) {
            for (Assembly.Part part : outcome.specs()) {
                byte[] content = destination.format().write(part.spec());
                out.write(content, 0, content.length);
            }
        }
    }

    /** The end of a command whose facts hold nothing that could be shown. */
    public static CommandFailure failure(AssembleException failure) {
        return new CommandFailure(code(Ending.of(failure)), failure.getMessage(), failure.hint(), failure);
    }

    private static void error(Notice notice, Console console) {
        console.error(notice.what());
        console.hint(notice.hint());
    }

    private static ExitCode code(Ending ending) {
        return switch (ending) {
            case DONE -> ExitCode.OK;
            case DIFFERS -> ExitCode.DIFFERS;
            case USAGE -> ExitCode.USAGE;
            case NOTHING_TO_OFFER -> ExitCode.NOTHING_TO_OFFER;
            case INCOMPLETE -> ExitCode.INCOMPLETE;
            case HALF_UPGRADED -> ExitCode.HALF_UPGRADED;
            case NOT_WRITTEN -> ExitCode.NOT_WRITTEN;
            case LEFT_OUT -> ExitCode.LEFT_OUT;
            case BUG -> ExitCode.BUG;
        };
    }
}
