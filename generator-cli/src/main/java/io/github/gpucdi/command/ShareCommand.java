package io.github.gpucdi.command;

import io.github.gpucdi.help.SharedFiles;
import io.github.gpucdi.option.Argument;
import io.github.gpucdi.option.GivenPath;
import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.terminal.IoReason;
import java.io.IOException;
import java.util.concurrent.Callable;

/** {@code gpu-cdi share}, which those who make packages run. */
final class ShareCommand extends Command implements Callable<Integer> {
    private final Argument<String> directory = parameter("1")
            .takes("DIR")
            .told("The directory; it is made if it is missing.")
            .text("");

    ShareCommand() {
        super("share");
        description("Write man pages and completion scripts below a directory, as they belong below /usr/share.");
        footer("", "Example: gpu-cdi share target/share");
        hidden();
    }

    @Override
    public Integer call() {
        try {
            SharedFiles.write(model().root(), GivenPath.of("DIR", directory.value()));
            return ExitCode.OK.status();
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.NOT_WRITTEN,
                    "cannot write below " + directory.value() + ": " + IoReason.of(e),
                    "give a directory that can be written",
                    e);
        }
    }
}
