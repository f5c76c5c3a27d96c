package io.github.gpucdi.system;

import io.github.gpucdi.probe.ProcessRunner;
import io.github.gpucdi.probe.ProgramRunner.Ending;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Loads a kernel module.
 *
 * @param command the program that does it, by its absolute path, and its arguments
 * @param told the same, as nvidia-ctk tells it
 */
record LoadModule(List<String> command, String told) implements Step {
    private static final Duration LIMIT = Duration.ofSeconds(120);

    @Override
    public String text() {
        return "Running: " + told;
    }

    @Override
    public String failure() {
        return "cannot load the kernel module " + command.get(command.size() - 1);
    }

    @Override
    public String hint(IOException failure) {
        return "run as root; look at the kernel's messages: dmesg; is the driver installed for this kernel?";
    }

    @Override
    public void run() throws IOException {
        Ending ending = new ProcessRunner().run(command, LIMIT);
        if (!ending.inTime()) {
            throw new IOException("it did not end within " + LIMIT.toSeconds() + " s");
        }
        if (ending.status() != 0) {
            throw new IOException(
                    ending.output().strip().lines().findFirst().orElse("it ended with exit status " + ending.status()));
        }
    }
}
