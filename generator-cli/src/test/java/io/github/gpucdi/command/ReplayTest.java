package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.host.Gpu;
import io.github.gpucdi.host.GpuDetails;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.MigDevice;
import io.github.gpucdi.host.SectionKey;
import io.github.gpucdi.host.json.SnapshotJson;
import io.github.gpucdi.option.SimulatedHosts;
import io.github.gpucdi.terminal.ExitCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Specs from snapshots: the same bytes as on the host, or a reason. */
class ReplayTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path folder;

    static Set<String> hosts() {
        return SimulatedHosts.descriptions().keySet();
    }

    private static byte[] shipped(String host) throws IOException {
        try (InputStream in = SimulatedHosts.open(host)) {
            return in.readAllBytes();
        }
    }

    /** The snapshot of a desktop with one GPU, changed. */
    static String changed(Consumer<ObjectNode> change) throws IOException {
        ObjectNode snapshot = (ObjectNode) JSON.readTree(shipped("rtx4090-desktop"));
        change.accept(snapshot);
        return JSON.writeValueAsString(snapshot);
    }

    private static Run piped(byte[] snapshot, String... command) {
        return Run.of(Map.of(), snapshot, command);
    }

    private static void assertRefused(Run run, String... what) {
        assertThat(run.status()).as(run.err()).isEqualTo(ExitCode.USAGE.status());
        assertThat(run.out()).isEmpty();
        assertThat(run.messages("error")).singleElement().asString().contains(what);
        assertThat(run.messages("hint")).hasSize(1);
        assertThat(run.err().lines()).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void aSnapshotGivesTheSameBytes(String host) throws IOException {
        Run snapshot = Run.of("snapshot", "--simulate=" + host);
        assertThat(snapshot.status()).as(snapshot.err()).isZero();
        byte[] text = snapshot.out().getBytes(StandardCharsets.UTF_8);
        for (String hooks : List.of("--hooks=nvidia", "--hooks=none")) {
            Run replayed = piped(text, "generate", "--snapshot=-", hooks);
            Run simulated = Run.of("generate", "--simulate=" + host, hooks);
            assertThat(replayed).isEqualTo(simulated);
            assertThat(replayed.status()).as(replayed.err()).isZero();
        }
        Path file = Files.write(folder.resolve("host.json"), text);
        assertThat(Run.of("generate", "--snapshot=" + file).out())
                .isEqualTo(Run.of("cdi", "generate", "--simulate=" + host).out());
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void redactedSnapshotsGenerateAndTellNoIdentity(String host) throws Exception {
        Path file = folder.resolve("redacted.json");
        assertThat(Run.of("snapshot", "--redact", "--simulate=" + host, "--output=" + file)
                        .status())
                .isZero();
        String redacted = Files.readString(file);
        HostSnapshot original = read(shipped(host));
        List<String> secrets = new ArrayList<>();
        for (Gpu gpu : original.get(SectionKey.NVML).data().orElseThrow().gpus()) {
            secrets.add(gpu.uuid());
            gpu.details().data().flatMap(GpuDetails::serial).ifPresent(secrets::add);
            gpu.migDevices().stream().map(MigDevice::uuid).forEach(secrets::add);
        }
        assertThat(secrets).isNotEmpty();
        for (String secret : secrets) {
            assertThat(new String(shipped(host), StandardCharsets.UTF_8)).contains(secret);
            assertThat(redacted).doesNotContain(secret, secret.substring(secret.indexOf('-') + 1));
        }
        Run run = Run.of("generate", "--snapshot=" + file, "--device-name-strategy=index");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .isEqualTo(Run.of("generate", "--simulate=" + host, "--device-name-strategy=index")
                        .out());
    }

    private static HostSnapshot read(byte[] text) throws Exception {
        return SnapshotJson.read(new ByteArrayInputStream(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{}",
                "{\"schemaVersion\":\"2.0\"}",
                "{\"schemaVersion\":\"1.0\",\"schemaVersion\":\"1.0\"}",
                "{\"schemaVersion\":\"1.0\"} trailing",
                "---\ncdiVersion: 0.6.0\n",
                "\u0000\u0001\u0002",
            })
    void hostileTexts(String text) {
        assertRefused(
                piped(text.getBytes(StandardCharsets.UTF_8), "generate", "--snapshot=-"), "snapshot on standard input");
    }

    @Test
    void hostileBytesAndDepth() {
        assertRefused(
                piped(new byte[] {'{', '"', (byte) 0xc0, (byte) 0xaf, '"'}, "generate", "--snapshot=-"),
                "snapshot on standard input");
        byte[] deep = "[".repeat(100_000).getBytes(StandardCharsets.UTF_8);
        assertRefused(piped(deep, "generate", "--snapshot=-"), "snapshot on standard input");
        byte[] deepMember = ("{\"x\":" + "{\"x\":".repeat(50_000)).getBytes(StandardCharsets.UTF_8);
        assertRefused(piped(deepMember, "generate", "--snapshot=-"), "snapshot on standard input");
    }

    @Test
    void hostileValues() throws IOException {
        for (String path : List.of("relative", "/a/../b", "/a\nb", "/a\u202eb", "/" + "a".repeat(5000))) {
            String text = changed(snapshot -> ((ObjectNode) snapshot.at("/files/libraries/0")).put("path", path));
            Run run = piped(text.getBytes(StandardCharsets.UTF_8), "generate", "--snapshot=-");
            assertRefused(run, "snapshot on standard input");
            assertThat(run.messages("error").get(0)).hasSizeLessThan(400);
        }
        for (String member : List.of("minor", "index")) {
            String text = changed(snapshot -> ((ObjectNode) snapshot.at("/nvml/gpus/0")).put(member, -1));
            assertRefused(piped(text.getBytes(StandardCharsets.UTF_8), "generate", "--snapshot=-"), member);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"driver", "nvml", "files", "nodes", "hook"})
    void sectionsThatNobodyProbed(String section) throws IOException {
        String text = changed(snapshot -> snapshot.remove(section));
        assertRefused(
                piped(text.getBytes(StandardCharsets.UTF_8), "generate", "--snapshot=-"),
                "the snapshot has no section '" + section + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nvml", "files"})
    void sectionsThatAreAbsentOnTheHost(String section) throws IOException {
        String text = changed(snapshot -> snapshot.putObject(section).put("absent", "not on this host"));
        Run run = piped(text.getBytes(StandardCharsets.UTF_8), "generate", "--snapshot=-");
        assertThat(run.status()).isEqualTo(ExitCode.NOTHING_TO_OFFER.status());
        assertThat(run.messages("error")).containsExactly("not on this host");
    }

    @ParameterizedTest
    @CsvSource({
        "--driver-root, /run/nvidia/driver",
        "--dev-root, /other",
        "--host-root, /host",
        "--library-search-path, /lib",
        "--config-search-path, /share",
        "--nvidia-cdi-hook-path, /usr/bin/nvidia-cdi-hook",
    })
    void optionsThatTheProbesWouldHaveUsed(String option, String value) throws IOException {
        Path file = Files.write(folder.resolve("host.json"), shipped("debian-l4"));
        assertRefused(Run.of("generate", "--snapshot=" + file, option + "=" + value), option + " differs");
        assertRefused(Run.of("generate", "--simulate=debian-l4", option + "=" + value), option + " differs");
        Run empty = Run.of("generate", "--simulate=debian-l4", option + "=");
        assertThat(empty.status()).as(empty.err()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--driver-root=/", "--dev-root=/", "--driver-root=/usr/..", "--target-driver-root=/t"})
    void optionsThatTheProbesUsed(String option) {
        assertThat(Run.of("generate", "--simulate=debian-l4", option).status()).isZero();
    }

    @Test
    void snapshotsThatAreNoFiles() {
        assertRefused(Run.of("generate", "--snapshot=" + folder), "'" + folder + "' is not a regular file");
        assertRefused(Run.of("generate", "--snapshot=" + folder.resolve("none")), "no such file");
        assertRefused(Run.of("generate", "--snapshot=/dev/null"), "'/dev/null' is not a regular file");
    }

    @Test
    void snapshotAndSimulateExcludeEachOther() {
        for (String command : List.of("generate", "snapshot", "devices")) {
            assertRefused(
                    Run.of(command, "--snapshot=-", "--simulate=dgx-a100"),
                    "--snapshot and --simulate exclude each other");
        }
    }

    @Test
    void aSnapshotThatCannotBeWritten() throws IOException {
        Path directory = Files.createDirectory(folder.resolve("host.json"));
        Run run = Run.of("snapshot", "--simulate=debian-l4", "--output=" + directory);
        assertThat(run.status()).isEqualTo(ExitCode.NOT_WRITTEN.status());
        assertThat(run.messages("error")).singleElement().asString().contains("the target is a directory");
        assertThat(Run.of("snapshot", "--simulate=debian-l4", "--output=-").out())
                .startsWith("{");
    }
}
