package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.gpucdi.testhost.HostTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With {@code --debug} the parts of a run, and NVML's calls, are told with their times. */
class DebugTimesTest {
    private static final String CALLS = "\\d+ calls?, \\d+ us: .*";

    @TempDir
    Path folder;

    private SmallHost host;

    @BeforeEach
    void host() throws IOException {
        assumeTrue(HostTree.canMakeNodes(), "device nodes need root");
        host = SmallHost.in(folder);
    }

    private List<String> times(String... options) {
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.addAll(0, List.of("generate", "--hooks=none"));
        return timesOf(arguments);
    }

    private List<String> timesOf(List<String> command) {
        List<String> arguments = new ArrayList<>(command);
        arguments.add("--host-root=" + host.layOut());
        return Run.of(arguments.toArray(String[]::new)).messages("debug").stream()
                .filter(message -> message.startsWith("time of "))
                .toList();
    }

    @Test
    void eachPartAndEachCallOfTheOneSession() {
        assertThat(times("--debug", "--output=" + folder.resolve("cdi") + "/nvidia.yaml"))
                .anyMatch(line -> line.matches("time of looking at the host: \\d+ us"))
                .anyMatch(line -> line.matches("time of making the spec: \\d+ us"))
                .anyMatch(line -> line.matches("time of writing it: \\d+ us"))
                .anyMatch(line -> line.matches("time of dlopen: " + CALLS))
                .anyMatch(line -> line.matches("time of nvmlDeviceGetUUID: 2 calls.*"))
                .filteredOn(line -> line.matches("time of (nvmlInit_v2|nvmlShutdown): 1 call, .*"))
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"devices, ", "snapshot, making the snapshot", "doctor, judging it"})
    void ofOtherCommandsThatLookAtTheHost(String command, String part) {
        assertThat(timesOf(List.of(command, "--debug")))
                .anyMatch(line -> line.matches("time of looking at the host: \\d+ us"))
                .anyMatch(line -> part == null || line.matches("time of " + part + ": \\d+ us"))
                .anyMatch(line -> line.matches("time of nvmlInit_v2: " + CALLS));
        assertThat(Run.of(command, "--debug", "--simulate=debian-l4").messages("debug"))
                .noneMatch(line -> line.startsWith("time of "));
    }

    @Test
    void ofASessionThatDidNotBegin() {
        host.nvml().fail("nvmlInit_v2", 9);
        assertThat(times("--debug")).anyMatch(line -> line.matches("time of nvmlInit_v2: " + CALLS));
    }

    @Test
    void notWithoutIt() {
        assertThat(times()).isEmpty();
    }
}
