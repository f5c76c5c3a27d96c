package io.github.gpucdi.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is waited for is said late, and is gone before anything else is shown. */
class ProgressTest {
    private static final long HOUR = 3_600_000;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8);

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    @Test
    void whatTakesLongIsSaidAndErased() throws InterruptedException {
        Progress progress = new Progress(err, "waiting", 0);
        progress.await();
        assertThat(said()).isEqualTo("waiting");
        progress.end();
        progress.end();
        assertThat(said()).isEqualTo("waiting\r\u001b[K");
    }

    @Test
    void whatEndsSoonIsNotSaid() throws InterruptedException {
        Progress progress = new Progress(err, "waiting", HOUR);
        progress.end();
        progress.await();
        assertThat(said()).isEmpty();
    }

    @Test
    void onlyATerminalIsToldAndNotUnderQuiet() {
        Console terminal = new Console(err, false, true);
        assertThat(terminal.showsWaiting()).isTrue();
        terminal.setLevels(false, true);
        assertThat(terminal.showsWaiting()).isFalse();
        assertThat(new Console(err, false, false).showsWaiting()).isFalse();
        // A test's standard error is a pipe or file, or else its terminal is said to be dumb.
        assertThat(Console.ofProcess(err, Map.of("TERM", "dumb")).showsWaiting())
                .isFalse();
    }

    @Test
    void dataAndMessagesEndIt() throws InterruptedException {
        Console console = new Console(err, false, true);
        for (Runnable output : new Runnable[] {
            () -> console.error("broken"),
            () -> new PrintStream(new StandardOutput(new ByteArrayOutputStream(), console), true).println("data")
        }) {
            console.waiting("waiting", 0).await();
            output.run();
        }
        assertThat(said()).isEqualTo("waiting\r\u001b[Kerror: broken\nwaiting\r\u001b[K");
    }
}
