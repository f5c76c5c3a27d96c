package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.gpucdi.nvmldouble.NvmlDouble;
import io.github.gpucdi.testhost.GoldenHost;
import io.github.gpucdi.testhost.HostTree;
import io.github.gpucdi.testhost.ParityNvml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What nvidia-ctk 1.20 wrote on a host is what {@code cdi generate --hooks=nvidia} writes there, list order included. */
class ParityTest {
    private static final Path CASES = Path.of("src/test/resources/parity");
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path host;

    @TempDir
    Path library;

    static Stream<Path> cases() throws IOException {
        return Files.list(CASES).filter(Files::isDirectory).sorted();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theMachineGivesTheSameSpec(Path folder) throws IOException {
        assumeTrue(HostTree.canMakeNodes(), "device nodes need root");
        HostTree.layOut(host, folder, NvmlDouble.buildIn(library, NvmlDouble.DEFAULT_VERSION));
        NvmlDouble.configure(ParityNvml.read(folder.resolve("nvml")));
        assertSameSpec(folder, "--host-root=" + host);
        Path golden = folder.resolve("snapshot.json");
        String snapshot = GoldenHost.timeless(Run.of(snapshotArguments(folder)).out());
        if (GoldenHost.isUpdate()) {
            Files.writeString(golden, snapshot);
            fail("%s was written: read it, then test without golden.update", golden);
        }
        assertThat(snapshot).isEqualTo(Files.readString(golden));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void itsSnapshotGivesTheSameSpec(Path folder) throws IOException {
        assertSameSpec(folder, "--snapshot=" + folder.resolve("snapshot.json"));
    }

    private String[] snapshotArguments(Path folder) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("snapshot", "--host-root=" + host));
        arguments.addAll(flags(folder).stream()
                .filter(flag -> flag.startsWith("--driver-root"))
                .toList());
        return arguments.toArray(String[]::new);
    }

    private static void assertSameSpec(Path folder, String source) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("cdi", "generate", "--hooks=nvidia", "--format=json", source));
        arguments.addAll(flags(folder));
        Run run = Run.of(arguments.toArray(String[]::new));
        assertThat(run.status()).as(run.err()).isZero();
        JsonNode expected = JSON.readTree(Files.readString(folder.resolve("expected.json")));
        assertThat(JSON.readTree(run.out()).toPrettyString()).isEqualTo(expected.toPrettyString());
    }

    private static List<String> flags(Path folder) throws IOException {
        Path args = folder.resolve("args");
        return Files.exists(args) ? Files.readAllLines(args) : List.of();
    }
}
