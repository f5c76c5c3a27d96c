package io.github.gpucdi.command;

import io.github.gpucdi.help.SharedFiles;
import io.github.gpucdi.option.HostSource;
import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.terminal.IoReason;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gpu-cdi share}, which those who make packages run. */
@Command(
        name = "share",
        hidden = true,
        description = "Write man pages and completion scripts below a directory, as they belong below /usr/share.",
        footer = {"", "Example: gpu-cdi share target/share"})
final class ShareCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "The directory; it is made if it is missing.")
    private String directory;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        try {
            SharedFiles.write(spec.root(), HostSource.path("DIR", directory));
            return ExitCode.OK.status();
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.NOT_WRITTEN,
                    "cannot write below " + directory + ": " + IoReason.of(e),
                    "give a directory that can be written",
                    e);
        }
    }
}
