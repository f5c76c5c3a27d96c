package io.github.gpucdi.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.gpucdi.cdi.engine.Engine;
import io.github.gpucdi.generate.JnaLoader;
import io.github.gpucdi.host.EngineProgram;
import io.github.gpucdi.host.Engines;
import io.github.gpucdi.host.Section;
import io.github.gpucdi.host.SectionKey;
import io.github.gpucdi.host.VersionFailure;
import io.github.gpucdi.host.VersionFailure.Reason;
import io.github.gpucdi.probe.ProgramRunner.Ending;
import io.github.gpucdi.testhost.HostTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineProbeTest {
    private static final TimeLimit LIMIT = new TimeLimit(Duration.ofSeconds(60), (what, work) -> work.run());

    private static final List<EngineSearch> ENGINES = engines();

    @TempDir
    Path temp;

    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    private static List<EngineSearch> engines() {
        List<EngineSearch> engines = new ArrayList<>();
        for (Engine engine : Engine.values()) {
            engine.program()
                    .ifPresent(program -> engines.add(new EngineSearch(
                            engine.word(),
                            program.file(),
                            program.names(),
                            engine.configuration().file(),
                            engine.configuration().dropIns())));
        }
        return engines;
    }

    /** Looks at a tree as if it were the machine; the runner answers for the programs in it. */
    private Engines probe(ProgramRunner runner, String... tree) throws IOException {
        assumeTrue(HostTree.canMakeNodes(), "what is not root's is not run");
        return probe(true, runner, tree);
    }

    private Engines probe(boolean machine, ProgramRunner runner, String... tree) throws IOException {
        Path root = Files.createTempDirectory(temp, "host");
        HostTree.layOut(root, String.join("\n", tree));
        return new EngineProbe(
                        RootedFs.host(root),
                        machine,
                        ENGINES,
                        (program, limit) -> {
                            asked.add(program);
                            assertThat(limit).isEqualTo(Duration.ofSeconds(2));
                            return runner.version(program, limit);
                        },
                        LIMIT)
                .probe();
    }

    private static ProgramRunner printing(String text) {
        return (program, limit) -> new Ending(0, true, text);
    }

    private static Optional<VersionFailure> failure(Reason reason, String text) {
        return Optional.of(new VersionFailure(reason, text));
    }

    @Test
    void aHostWithoutEngines() throws IOException {
        assertThat(probe(printing("podman version 4.3.1"), "dir /usr/bin"))
                .isEqualTo(new Engines(List.of(), List.of(), Optional.empty()));
        assertThat(asked).isEmpty();
    }

    @Test
    void engineAndRuntime() throws IOException {
        Engines engines = probe(
                (program, limit) -> new Ending(
                        0, true, program.endsWith("podman") ? "podman version 4.3.1\n" : "runc version 1.1.5\n"),
                "exe /usr/bin/podman",
                "exe /usr/sbin/runc");
        assertThat(engines.engines())
                .containsExactly(new EngineProgram(
                        "podman",
                        "/usr/bin/podman",
                        Optional.of("4.3.1"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Optional.empty()));
        assertThat(engines.engines().get(0).word()).contains("podman-4.3.1");
        assertThat(engines.runtimes()).extracting(EngineProgram::engine).containsExactly("runc");
        assertThat(asked).containsExactlyInAnyOrder("/usr/bin/podman", "/usr/sbin/runc");
    }

    @Test
    void twoProgramsOfOneEngineAndTwoNamesOfOneProgram() throws IOException {
        Engines engines = probe(
                (program, limit) -> new Ending(0, true, program.contains("local") ? "nerdctl version 2.2.2" : "?"),
                "exe /usr/bin/nerdctl",
                "exe /usr/local/bin/nerdctl",
                "exe /usr/bin/apptainer",
                "link /usr/bin/singularity apptainer",
                "exe /usr/bin/docker");
        assertThat(engines.engines())
                .extracting(EngineProgram::path)
                .containsExactly("/usr/bin/nerdctl", "/usr/local/bin/nerdctl", "/usr/bin/apptainer");
        assertThat(engines.engines().get(1).version()).contains("2.2.2");
    }

    /** Each answers only when as many are asked as may be; the last asked answers first. */
    @Test
    void theProgramsAreAskedAtOnceAndStayInTheirOrder() throws IOException {
        CountDownLatch allAsked = new CountDownLatch(EngineProbe.AT_ONCE);
        CountDownLatch lastAnswered = new CountDownLatch(1);
        Engines engines = probe(
                (program, limit) -> {
                    allAsked.countDown();
                    boolean together = awaits(allAsked);
                    if (program.endsWith("podman")) {
                        awaits(lastAnswered);
                    } else if (program.endsWith("runc")) {
                        lastAnswered.countDown();
                    }
                    String name = program.substring(program.lastIndexOf('/') + 1);
                    return new Ending(together ? 0 : 1, true, name + " version 4.3.1");
                },
                "exe /usr/bin/podman",
                "exe /usr/bin/buildah",
                "exe /usr/bin/crun",
                "exe /usr/bin/runc");
        assertThat(engines.engines()).extracting(EngineProgram::engine).containsExactly("podman", "buildah");
        assertThat(engines.runtimes()).extracting(EngineProgram::engine).containsExactly("crun", "runc");
        assertThat(engines.engines()).allMatch(engine -> engine.version().isPresent());
        assertThat(engines.runtimes()).allMatch(engine -> engine.version().isPresent());
    }

    @Test
    void noMoreThreadsAskThanAllowed() throws IOException {
        List<String> tree = new ArrayList<>();
        for (String directory : List.of("/usr/bin/", "/usr/local/bin/", "/usr/sbin/")) {
            for (EngineSearch engine : ENGINES) {
                tree.add("exe " + directory + engine.file());
            }
        }
        Set<Thread> askers = ConcurrentHashMap.newKeySet();
        Engines engines = probe(
                (program, limit) -> {
                    askers.add(Thread.currentThread());
                    return new Ending(0, true, "");
                },
                tree.toArray(String[]::new));
        assertThat(engines.engines()).hasSize(tree.size());
        assertThat(asked).hasSize(tree.size());
        assertThat(askers).hasSize(EngineProbe.AT_ONCE).allMatch(Thread::isDaemon);
    }

    @Test
    void whoIsInterruptedMeanwhileKnowsNoVersionAndStaysInterrupted() throws IOException {
        CountDownLatch never = new CountDownLatch(1);
        List<Thread> askers = Collections.synchronizedList(new ArrayList<>());
        Thread.currentThread().interrupt();
        Engines engines;
        try {
            engines = probe(
                    (program, limit) -> {
                        askers.add(Thread.currentThread());
                        try {
                            never.await();
                        } catch (InterruptedException e) {
                            throw new IOException(e);
                        }
                        return new Ending(0, true, "podman version 4.3.1");
                    },
                    "exe /usr/bin/podman",
                    "exe /usr/bin/crun");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        Optional<VersionFailure> brokenOff = failure(Reason.NO_ANSWER, "the question was broken off");
        assertThat(engines.engines()).extracting(EngineProgram::failure).containsExactly(brokenOff);
        assertThat(engines.runtimes()).extracting(EngineProgram::failure).containsExactly(brokenOff);
        assertThat(askers).allMatch(Thread::isDaemon);
    }

    /** Whether it opens; the limit ends a test that fails. */
    private static boolean awaits(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, true, podman version four, NOT_UNDERSTOOD, it prints no version",
        "0, true, '', NOT_UNDERSTOOD, it prints no version",
        "127, true, podman version 4.3.1, EXIT_STATUS, it ends with exit status 127",
        "-1, false, '', NO_ANSWER, no answer in 2 seconds",
    })
    void brokenEngines(int status, boolean inTime, String output, Reason reason, String text) throws IOException {
        Engines engines = probe((program, limit) -> new Ending(status, inTime, output), "exe /usr/bin/podman");
        assertThat(engines.engines().get(0).failure()).isEqualTo(failure(reason, text));
        assertThat(engines.engines().get(0).version()).isEmpty();
        assertThat(engines.engines().get(0).word()).isEmpty();
    }

    @Test
    void whatTheKernelWillNotStart() throws IOException {
        Engines engines = probe(
                (program, limit) -> {
                    throw new IOException("exec format error");
                },
                "exe /usr/bin/podman");
        assertThat(engines.engines().get(0).failure()).isEqualTo(failure(Reason.NOT_STARTED, "it cannot be started"));
    }

    @ParameterizedTest
    @CsvSource({
        "file /usr/bin/podman, NOT_STARTED, not executable",
        "link /usr/bin/podman nowhere, NOT_STARTED, a link to nothing",
        "dir /usr/bin/podman, NOT_STARTED, not a regular file",
        "exe /usr/bin/podman 777, NOT_TRUSTED, /usr/bin/podman is writable by others than its owner",
        "exe /usr/bin/podman 775, NOT_TRUSTED, /usr/bin/podman is writable by others than its owner",
    })
    void whatIsNotRun(String item, Reason reason, String text) throws IOException {
        Engines engines = probe(printing("podman version 4.3.1"), item);
        assertThat(engines.engines().get(0).failure()).isEqualTo(failure(reason, text));
        assertThat(asked).isEmpty();
    }

    @Test
    void nothingIsRunBelowAnotherRoot() throws IOException {
        Engines engines = probe(false, printing("podman version 4.3.1"), "exe /usr/bin/podman", "exe /usr/bin/crun");
        assertThat(engines.engines().get(0).failure())
                .isEqualTo(failure(Reason.NOT_RUN, "nothing is run below another root"));
        assertThat(engines.runtimes().get(0).failure()).isPresent();
        assertThat(asked).isEmpty();
    }

    /** The file of a process's memory is a regular one, and has none at 0. */
    @Test
    void whyAConfigurationCannotBeReadIsTold() {
        EngineSearch search =
                new EngineSearch("shell", "sh", List.of(), Optional.of("/proc/self/mem"), Optional.empty());
        Engines found = new EngineProbe(
                        RootedFs.host(Path.of("/")),
                        false,
                        List.of(search),
                        new ProcessRunner(),
                        new TimeLimit(Duration.ofSeconds(60)))
                .probe();
        assertThat(found.engines().get(0).configProblem()).contains("/proc/self/mem: Input/output error");
    }

    @Test
    void configurations() throws IOException {
        Engines engines = probe(
                false,
                printing(""),
                "exe /usr/sbin/dockerd",
                "text /etc/docker/daemon.json {\"features\": {\"cdi\": true}}",
                "exe /usr/bin/containerd",
                "text /etc/containerd/config.toml disabled_plugins = [\"cri\"]\\n[plugins.cri]\\nenable_cdi = false\\n",
                "text /etc/containerd/conf.d/gpu.toml [plugins.cri]\\nenable_cdi = true\\n",
                "exe /usr/bin/crio",
                "text /etc/crio/crio.conf.d/10-cdi.conf [crio.runtime]\\ncdi_spec_dirs = [\"/srv/cdi\"]\\n");
        assertThat(engines.engines())
                .extracting(EngineProgram::engine)
                .containsExactly("docker", "containerd", "cri-o");
        assertThat(engines.engines().get(0).cdiEnabled()).contains(true);
        assertThat(engines.engines().get(1).cdiEnabled()).contains(true);
        assertThat(engines.engines().get(1).criDisabled()).contains(true);
        assertThat(engines.engines().get(2).specDirectories()).containsExactly("/srv/cdi");
    }

    @Test
    void aBrokenConfigurationIsAProblemOfItsFile() throws IOException {
        Engines engines = probe(
                false,
                printing(""),
                "exe /usr/bin/containerd",
                "text /etc/containerd/config.toml disabled_plugins = [\"cri\"\\n",
                "text /etc/containerd/conf.d/README not = [ toml\\n");
        assertThat(engines.engines().get(0).configProblem().orElseThrow())
                .startsWith("/etc/containerd/config.toml: line ");
        assertThat(engines.engines().get(0).criDisabled()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, ", "1, /etc/docker/daemon.json: larger than 1 MiB"})
    void aConfigurationThatIsTooLargeIsNotHalfRead(int more, String problem) throws IOException {
        String json = "{\"features\": {\"cdi\": true}}";
        String padding = " ".repeat((1 << 20) - json.length() + more);
        Path root = Files.createTempDirectory(temp, "host");
        HostTree.layOut(root, "exe /usr/sbin/dockerd\ndir /etc/docker");
        Files.writeString(root.resolve("etc/docker/daemon.json"), json + padding);
        EngineProgram docker = new EngineProbe(RootedFs.host(root), false, ENGINES, printing(""), LIMIT)
                .probe()
                .engines()
                .get(0);
        assertThat(docker.configProblem()).isEqualTo(Optional.ofNullable(problem));
        assertThat(docker.cdiEnabled()).isEqualTo(more == 0 ? Optional.of(true) : Optional.empty());
    }

    @Test
    void aDockerClientWithoutItsDaemon() throws IOException {
        assertThat(probe(false, printing(""), "exe /usr/bin/docker").dockerClient())
                .contains("/usr/bin/docker");
        assertThat(probe(false, printing(""), "exe /usr/bin/docker", "exe /usr/sbin/dockerd")
                        .dockerClient())
                .isEmpty();
        assertThat(probe(false, printing(""), "exe /usr/bin/docker", "exe /usr/bin/podman")
                        .dockerClient())
                .as("may be Podman under another name")
                .isEmpty();
    }

    @Test
    void theHostIsAskedOnlyIfWanted() throws IOException {
        Path root = Files.createDirectory(temp.resolve("host"));
        HostTree.layOut(root, "exe /usr/bin/podman");
        ProbeRequest plain = ProbeRequests.of(root, ProbeRequests.driverRoot("/"));
        assertThat(HostProbe.probe(plain).get(SectionKey.ENGINES)).isEqualTo(Section.notProbed());
        ProbeRequest wanted = new ProbeRequest(
                plain.hostRoot(),
                plain.options(),
                plain.pathEntries(),
                plain.xdgDataDirs(),
                Set.of(SectionKey.ENGINES),
                ENGINES,
                plain.specs(),
                plain.gpuDetails(),
                false,
                plain.nvmlTimeout(),
                plain.loader(),
                new JnaLoader());
        assertThat(HostProbe.probe(wanted)
                        .get(SectionKey.ENGINES)
                        .data()
                        .orElseThrow()
                        .engines())
                .singleElement()
                .satisfies(podman ->
                        assertThat(podman.failure().orElseThrow().reason()).isEqualTo(Reason.NOT_RUN));
    }
}
