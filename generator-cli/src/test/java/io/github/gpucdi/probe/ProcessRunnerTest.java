package io.github.gpucdi.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gpucdi.probe.ProgramRunner.Ending;
import io.github.gpucdi.testhost.HostTree;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that answer, and such that do not. */
class ProcessRunnerTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(500);

    @TempDir
    Path folder;

    private String script(String... lines) throws IOException {
        Path script = folder.resolve("engine");
        Files.writeString(script, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return script.toString();
    }

    private Ending run(Duration limit, String... lines) throws IOException {
        return new ProcessRunner().version(script(lines), limit);
    }

    @Test
    void outputAndStatus() throws IOException {
        assertThat(run(LONG, "echo \"engine version 1.2\"; echo noise >&2"))
                .isEqualTo(new Ending(0, true, "engine version 1.2\n"));
        assertThat(run(LONG, "exit 7")).isEqualTo(new Ending(7, true, ""));
    }

    @Test
    void argumentEnvironmentInputAndDirectory() throws IOException {
        // The shell itself sets the few that it always has.
        assertThat(run(LONG, "echo $# $1", "pwd", "cat", "unset PWD OLDPWD SHLVL _", "/usr/bin/env")
                        .output())
                .isEqualTo("1 --version\n/\n");
    }

    @Test
    void noAnswer() throws IOException {
        assertThat(run(SHORT, "exec sleep 1000")).isEqualTo(new Ending(-1, false, ""));
        assertThat(run(SHORT, "echo engine version 1.2; exec sleep 1000")).isEqualTo(new Ending(-1, false, ""));
    }

    @Test
    void aChildThatKeepsTheOutputOpen() throws IOException {
        assertThat(run(LONG, "echo engine version 1.2; sleep 3 & exit 0"))
                .isEqualTo(new Ending(0, true, "engine version 1.2\n"));
    }

    /** Who asked and is interrupted leaves nothing behind: what the program started would write later. */
    @Test
    void whatItStartedEndsWithIt() throws Exception {
        HostTree.layOut(folder, "fifo /said");
        Path fifo = folder.resolve("said");
        String program = script("(echo ready; sleep 20 && echo late) >" + fifo + " & wait");
        FutureTask<Ending> asked = new FutureTask<>(() -> {
            Ending ending = new ProcessRunner().version(program, LONG);
            assertThat(Thread.interrupted()).isTrue();
            return ending;
        });
        Thread asker = new Thread(asked);
        asker.start();
        try (BufferedReader said = Files.newBufferedReader(fifo)) {
            assertThat(said.readLine()).isEqualTo("ready");
            asker.interrupt();
            assertThat(said.readLine()).isNull();
        }
        assertThat(asked.get()).isEqualTo(new Ending(-1, false, ""));
    }

    @Test
    void endlessOutput() throws IOException {
        Ending ending = run(LONG, "exec cat /dev/zero");
        assertThat(ending.status()).isNotZero();
        assertThat(ending.output().length()).isLessThanOrEqualTo(4096);
    }

    @Test
    void whatCannotBeStarted() throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "no program");
        assertThatThrownBy(() -> new ProcessRunner().version(text.toString(), LONG))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(
                        () -> new ProcessRunner().version(folder.resolve("none").toString(), LONG))
                .isInstanceOf(IOException.class);
    }
}
