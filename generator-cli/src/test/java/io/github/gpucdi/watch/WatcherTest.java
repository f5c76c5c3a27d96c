package io.github.gpucdi.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.gpucdi.generate.JnaLoader;
import io.github.gpucdi.host.ProbeOptions;
import io.github.gpucdi.probe.ProbeRequest;
import io.github.gpucdi.probe.SpecLookup;
import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.Console;
import io.github.gpucdi.terminal.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Workers and commands that do not do as they should: no driver is needed to be one. */
@Timeout(60)
class WatcherTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private Duration limit = Duration.ofSeconds(30);
    private Duration commandLimit = Duration.ofSeconds(30);

    private int once(List<String> worker, String... onChange) throws InterruptedException {
        try (Watcher watcher = watcher(worker, Optional.empty(), onChange)) {
            return watcher.once();
        }
    }

    private Watcher watcher(List<String> worker, Optional<InetSocketAddress> http, String... onChange) {
        ProbeRequest host = new ProbeRequest(
                folder,
                new ProbeOptions("/", "/", List.of(), List.of(), Optional.empty()),
                List.of(),
                Optional.empty(),
                Set.of(),
                List.of(),
                SpecLookup.NONE,
                false,
                false,
                Duration.ofSeconds(1),
                new JnaLoader(),
                new JnaLoader());
        WatchRequest request = new WatchRequest(
                host,
                List.of(folder.resolve("nvidia.yaml")),
                Duration.ofSeconds(2),
                limit,
                worker,
                List.of(),
                Optional.of(folder.resolve("metrics.prom")),
                http,
                Optional.empty(),
                List.of(onChange),
                commandLimit);
        Console console = new Console(new PrintStream(said, true, StandardCharsets.UTF_8), false);
        return new Watcher(request, console, ServiceNotifier.of(Map.of(), name -> text -> {}));
    }

    private static List<String> shell(String script) {
        return List.of("/bin/sh", "-c", script);
    }

    private void assertDead(Path pid) throws IOException {
        long number = Long.parseLong(Files.readString(pid).strip());
        // A zombie would still be a process.
        assertThat(ProcessHandle.of(number).filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(Path.of("/proc/" + number)).doesNotExist();
    }

    private String metrics() throws IOException {
        return Files.readString(folder.resolve("metrics.prom"));
    }

    @Test
    void aWorkerThatHangsIsKilledAndReaped() throws Exception {
        limit = Duration.ofSeconds(1);
        Path pid = folder.resolve("pid");
        assertThat(once(shell("echo $$ >" + pid + "; exec sleep 1000"))).isEqualTo(ExitCode.BUG.status());
        assertDead(pid);
        assertThat(said.toString()).contains("error: process ", "gave no answer within 1 s", "hint: ");
        assertThat(metrics()).contains("gpu_cdi_lost_runs_total 1\n");
    }

    @Test
    void aWorkerThatIsStoppedIsKilled() throws Exception {
        limit = Duration.ofSeconds(1);
        Path pid = folder.resolve("pid");
        assertThat(once(shell("echo $$ >" + pid + "; kill -STOP $$"))).isEqualTo(ExitCode.BUG.status());
        assertDead(pid);
    }

    @Test
    void aWorkerThatEndsIsTold() throws Exception {
        assertThat(once(shell("read line; exit 3"))).isEqualTo(ExitCode.BUG.status());
        assertThat(said.toString()).contains("did not regenerate: it ended");
    }

    @Test
    void aWorkerThatBabblesIsNotBelieved() throws Exception {
        Path pid = folder.resolve("pid");
        assertThat(once(shell("echo $$ >" + pid + "; echo hello; exec sleep 1000")))
                .isEqualTo(ExitCode.BUG.status());
        assertThat(said.toString()).contains("not a report: hello");
        assertDead(pid);
    }

    @Test
    void aWorkerThatCannotBeStartedIsTold() throws Exception {
        assertThat(once(List.of("/nowhere/gpu-cdi"))).isEqualTo(ExitCode.BUG.status());
        assertThat(said.toString()).contains("cannot start /nowhere/gpu-cdi");
    }

    /** Whoever waits for it to end would wait for ever: nobody is left who reads that it was told to. */
    @Test
    void aSignalStopsWhatCouldNotBegin() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
                Watcher watcher = watcher(List.of(), Optional.of((InetSocketAddress) taken.getLocalSocketAddress()))) {
            assertThatExceptionOfType(CommandFailure.class).isThrownBy(watcher::run);
        }
        String caught = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("SigCgt:"))
                .findFirst()
                .orElseThrow();
        long signals = Long.parseUnsignedLong(caught.split("\\s+")[1], 16);
        assertThat(signals & 1 << 15 - 1).as("SIGTERM").isZero();
    }

    private static List<String> changing() {
        return shell("read line; echo ended status=0 changed=true millis=1 gpus=1 mig=0");
    }

    @Test
    void theCommandIsRunAfterAChange() throws Exception {
        Path file = folder.resolve("a file; with $(words)");
        assertThat(once(changing(), "/usr/bin/touch", file.toString())).isZero();
        assertThat(file).exists();
        assertThat(said.toString()).contains("--on-change ended with exit status 0");
    }

    @Test
    void theCommandIsNotRunWithoutAChange() throws Exception {
        Path file = folder.resolve("file");
        assertThat(once(
                        shell("read line; echo ended status=0 changed=false millis=1 gpus=1 mig=0"),
                        "/usr/bin/touch",
                        file.toString()))
                .isZero();
        assertThat(file).doesNotExist();
    }

    @Test
    void aCommandThatHangsIsKilledWithItsChildren() throws Exception {
        commandLimit = Duration.ofSeconds(1);
        Path pid = folder.resolve("pid");
        assertThat(once(changing(), "/bin/sh", "-c", "sleep 1000 & echo $! >" + pid + "; wait"))
                .isZero();
        assertThat(said.toString()).contains("warning: --on-change was killed: it did not end within 1 s");
        assertThat(metrics()).contains("gpu_cdi_failed_commands_total 1\n");
        long number = Long.parseLong(Files.readString(pid).strip());
        // Its parent was killed, so that another process reaps it.
        ProcessHandle.of(number).ifPresent(child -> child.onExit().join());
    }

    @Test
    void aCommandThatOthersCanWriteIsNotRun() throws Exception {
        Path program = Files.writeString(folder.resolve("program"), "#!/bin/sh\ntouch " + folder.resolve("ran") + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        assertThat(once(changing(), program.toString())).isZero();
        assertThat(folder.resolve("ran")).doesNotExist();
        assertThat(said.toString()).contains("warning: --on-change was not run: " + program);
    }
}
