package io.github.gpucdi.e2e.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** Programs that stay while others are asked. */
final class Background {
    private Background() {}

    /**
     * Starts one and waits until it can be asked.
     *
     * @param ready part of the line of its output that says so
     * @throws AssertionError if it ends before that
     */
    static Process start(ProcessBuilder builder, String ready) {
        try {
            Process process = builder.start();
            BufferedReader output =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            StringBuilder told = new StringBuilder();
            String line = output.readLine();
            while (line != null && !line.contains(ready)) {
                told.append(line).append('\n');
                line = output.readLine();
            }
            if (line == null) {
                throw new AssertionError(builder.command() + " ended: " + told);
            }
            // Or it stops when the pipe is full.
            Thread reader = new Thread(() -> {
                try {
                    output.transferTo(Writer.nullWriter());
                } catch (IOException e) {
                    // Ending the process closes its output here.
                }
            });
            reader.setDaemon(true);
            reader.start();
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
