package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.settings.ConfigKey;
import io.github.gpucdi.settings.ConfigKeys;
import io.github.gpucdi.settings.OptionText;
import io.github.gpucdi.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.OptionSpec;
import tools.jackson.databind.JsonNode;

/** What is wrong with the text of a configuration file is said where it stands, all of it. */
class ConfigCheckTest {
    private static final OutputSchema SCHEMA = OutputSchema.of("config-check-1.schema.json");
    private static final List<String> GARBAGE =
            List.of("", " ", "-", "0", "nonsense~", "a/b", "\u0007", "1.5", "9999999");

    @TempDir
    Path folder;

    static Map<ConfigKey, OptionSpec> keys() {
        return new ConfigKeys(HelpTest.commands().get(0).getCommandSpec()).options();
    }

    static Stream<OptionSpec> topOptions() {
        return keys().entrySet().stream()
                .filter(entry -> entry.getKey().section().isEmpty())
                .map(Map.Entry::getValue);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("config.yaml"), text);
    }

    private Run check(String text, String... more) throws IOException {
        return Run.of(Stream.concat(Stream.of("config", "check", file(text).toString()), Stream.of(more))
                .toArray(String[]::new));
    }

    /** The lines of findings, without the file's name. */
    private List<String> findings(String text) throws IOException {
        Run run = check(text);
        List<String> lines = run.out().lines().toList();
        assertThat(run.status()).as(run.out()).isEqualTo(lines.size() > 1 ? 1 : 0);
        return lines.stream()
                .skip(1)
                .map(line -> line.replace(folder + "/config.yaml:", ""))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# all of it a comment\n",
                "---\n",
                "{}",
                "generate:\n",
                "hooks: none\nclass: 'gpu'\nstrict: TRUE\ndevice-id: [0, '1:0']\n",
                "device-id: 0\ndevice-name-strategy: []\nnvml-timeout: 30\n",
                "{\"hooks\": \"none\", \"generate\": {\"output\": \"/etc/cdi/nvidia.yaml\", \"check\": true}}",
                "output: \"true\"\n",
            })
    void good(String text) throws IOException {
        assertThat(findings(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "hook: none | 1:1: error: unknown key 'hook'; | did you mean 'hooks'?",
                "driver_root: / | 1:1: error: unknown key 'driver_root'; | did you mean 'driver-root'?",
                "cdi-class: gpu | 1:1: error: unknown key 'cdi-class'; | did you mean 'class'?",
                "genrate: {} | 1:1: error: unknown key 'genrate'; | did you mean 'generate'?",
                "qqqqqqq: 1 | 1:1: error: unknown key 'qqqqqqq'; | without dashes",
                "help: true | 1:1: error: unknown key 'help'; | without dashes",
                "config-file: x | 1:1: error: unknown key 'config-file'; | without dashes",
                "'--hooks': x | 1:1: error: unknown key '--hooks'; | did you mean 'hooks'?",
                "<<: {} | 1:1: error: unknown key '<<'; | without dashes",
                "generate: {outptu: x} | 1:12: error: unknown key 'outptu' below 'generate:'; | did you mean 'output'?",
                "watch: {intervall: 3} | 1:9: error: unknown key 'intervall' below 'watch:'; | keys are the options of gpu-cdi watch without dashes; did you mean 'interval'?",
                "hook: none | 1:1: error: unknown key 'hook'; | keys are the options of gpu-cdi generate without dashes",
                "snapshot: [a.json, b.json] | 1:11: error: snapshot: a file can name one, found 2; | give each on the command line with --snapshot",
                "generate: {debug: true} | 1:12: error: unknown key 'debug' below 'generate:'; | without dashes",
                "generate: 3 | 1:11: error: 'generate' holds no keys; | write 'key: value' lines",
                "[hooks] | 1:1: error: the file holds no keys; | write 'key: value' lines",
                "hooks | 1:1: error: the file holds no keys; | write 'key: value' lines",
                "{[a]: b} | 1:2: error: a key that is no text; | write 'key: value' lines",
                "hooks: maybe | 1:8: error: hooks: invalid value 'maybe' for --hooks; | allowed: auto, nvidia, none",
                "hooks: [none] | 1:8: error: hooks: expected a text, found a list; | write a text",
                "hooks: {} | 1:8: error: hooks: expected a text, found keys; | write a text",
                "hooks: | 1:7: error: hooks: expected a text, found nothing; | take the key out",
                "class: true | 1:8: error: class: expected a text, found 'true'; | between quotes",
                "strict: yes | 1:9: error: strict: expected true or false, found 'yes'; | write true or false",
                "strict: 'true' | 1:9: error: strict: expected true or false, found 'true'; | write true or false",
                "strict: [] | 1:9: error: strict: expected true or false, found a list; | write true or false",
                "device-id: [0, [1]] | 1:16: error: device-id: expected a text, found a list; | write a text",
                "device-id: 0,1 | 1:12: error: device-id: a comma in '0,1'; | write a list: [a, b]",
                "device-id: | 1:11: error: device-id: expected a list, found nothing; | take the key out",
                "device-name-strategy: [uid] | 1:24: error: device-name-strategy: invalid value 'uid' | did you mean 'uuid'?",
                "enable-hook: [all] | 1:15: error: enable-hook: --enable-hook=all is not supported; | name the hooks",
                "engine: [podmn-5.0] | 1:10: error: engine: --engine: | did you mean 'podman-5.0'?",
                "cdi-version: 0.2.0 | 1:14: error: cdi-version: invalid value '0.2.0' | allowed: 0.3.0",
                "nvml-timeout: 0 | 1:15: error: nvml-timeout: invalid value '0' | from 1 to 86400",
                "simulate: nowhere | 1:11: error: simulate: no simulated host 'nowhere' | allowed: ",
                "nvidia-cdi-hook-path: bin | 1:23: error: nvidia-cdi-hook-path: invalid value 'bin' | absolute path",
                "hooks: *x | 1:8: error: an alias | correct the YAML",
                "hooks: 'none | 1:13: error: | correct the YAML",
            })
    void bad(String text, String start, String end) throws IOException {
        assertThat(findings(text)).singleElement().asString().startsWith(start).contains(end);
    }

    /** A comma is part of a snapshot's name, as on the command line. */
    @ParameterizedTest
    @ValueSource(strings = {"snapshot: 'a,b.json'", "snapshot: ['a,b.json']", "snapshot: []"})
    void aSnapshotIsOneName(String text) throws IOException {
        assertThat(findings(text)).isEmpty();
    }

    @Test
    void everyFindingIsTold() throws IOException {
        assertThat(findings("hook: x\nhooks: y\nhooks: none\nstrict: 1\ngenerate:\n  outpt: z\n  check: [true]\n"))
                .extracting(line -> line.split(":")[0])
                .containsExactly("1", "2", "3", "4", "6", "7");
        assertThat(findings("hooks: none\nhooks: auto\n"))
                .containsExactly("2:1: error: the key 'hooks' stands in line 1 already; leave one of them out");
    }

    @Test
    @Timeout(60)
    void largeFilesAreJudgedSoon() throws IOException {
        StringBuilder keys = new StringBuilder();
        for (int i = 0; keys.length() < 1_000_000; i++) {
            keys.append("hook").append(i).append(": x\n");
        }
        assertThat(findings(keys.toString())).hasSize(1_000);
        assertThat(findings("h".repeat(1_000_000))).hasSize(1);
        assertThat(findings("'" + "h".repeat(1_000_000) + "': x")).hasSize(1);
        assertThat(findings("device-id: [" + "x,".repeat(500_000) + "]")).isEmpty();
        assertThat(findings("hooks: none\n".repeat(80_000))).hasSize(1_000);
    }

    @Test
    void textFromOutsideIsMadeSafe() throws IOException {
        Run run = check("\"\\e]0;x\\a" + "k".repeat(500) + "\": 1\n");
        assertThat(run.out()).contains("\\u001b]0;x\\u0007kkk").doesNotContain("\u001b", "k".repeat(100));
    }

    /** What help shows as an example can stand in the file. */
    @ParameterizedTest
    @MethodSource("topOptions")
    void everyOptionHasAKey(OptionSpec option) throws IOException {
        String name = option.names()[0].substring(2);
        String value = OptionText.of(option).example();
        assertThat(findings(name + ": " + (option.isMultiValue() ? "[" + value + "]" : value)))
                .isEmpty();
    }

    @Test
    void keysAreTheOptionsOfGenerate() {
        List<String> expected = HelpTest.options()
                .filter(known ->
                        known.command().equals("generate") || known.command().equals("gpu-cdi"))
                .map(known -> known.name().substring(2))
                .filter(name -> !name.equals("config-file"))
                .distinct()
                .toList();
        assertThat(keys().keySet().stream()
                        .filter(key -> key.section().isEmpty())
                        .map(ConfigKey::name))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    /** A value is refused in the file if, and only if, the command refuses it. */
    @ParameterizedTest
    @MethodSource("topOptions")
    void valuesAreRefusedAsTheCommandDoes(OptionSpec option) throws IOException {
        String name = option.names()[0];
        if (option.arity().max() == 0
                || List.of("--snapshot", "--host-root", "--config", "--output").contains(name)) {
            return;
        }
        for (String value : GARBAGE) {
            Run run = name.equals("--simulate")
                    ? Run.of("generate", name + "=" + value)
                    : Run.of("generate", name + "=" + value, "--host-root=" + folder);
            boolean refused = run.status() == ExitCode.USAGE.status();
            Run checked = check(name.substring(2) + ": \"" + value.replace("\u0007", "\\a") + "\"\n");
            assertThat(checked.status()).as("%s=%s: %s", name, value, run.err()).isEqualTo(refused ? 1 : 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--interval", "--on-change-timeout"})
    void valuesOfWatchToo(String name) throws IOException {
        Files.createDirectory(folder.resolve("usr"));
        for (String value : List.of("2", "0.05", "0", "1e3", "90000", "soon")) {
            Run run = Run.of(
                    "watch", "--once", name + "=" + value, "--host-root=" + folder, "--output=" + folder + "/out.yaml");
            boolean refused = run.status() == ExitCode.USAGE.status();
            Run checked = check("watch: {" + name.substring(2) + ": \"" + value + "\"}\n");
            assertThat(checked.status()).as("%s=%s: %s", name, value, run.err()).isEqualTo(refused ? 1 : 0);
        }
        assertThat(check("watch: {" + name.substring(2) + ": soon}\n").status()).isEqualTo(1);
    }

    @Test
    void anAddressToServeAtToo() throws IOException {
        assertThat(check("watch: {http: \":9841\"}\n").status()).isZero();
        assertThat(check("watch: {http: localhost}\n").status()).isEqualTo(1);
    }

    @Test
    void documents() throws IOException {
        SCHEMA.assertIsASchema();
        Run run = check("hook: none\n", "--format=json");
        assertThat(run.status()).isEqualTo(1);
        JsonNode tree = SCHEMA.json(run);
        assertThat(tree.at("/files/0/findings/0/line").intValue()).isEqualTo(1);
        assertThat(tree.at("/files/0/findings/0/what").stringValue()).isEqualTo("unknown key 'hook'");
        assertThat(tree.at("/files/0/readable").booleanValue()).isTrue();
        assertThat(OutputSchema.yaml(check("hook: none\n", "--format=yaml"))).isEqualTo(tree);
        Run missing = Run.of("config", "check", "--format=json", folder + "/none");
        assertThat(missing.status()).isEqualTo(ExitCode.USAGE.status());
        assertThat(SCHEMA.json(missing).at("/files/0/readable").booleanValue()).isFalse();
    }

    @Test
    void severalFiles() throws IOException {
        Path good = Files.writeString(folder.resolve("good.yaml"), "hooks: none\n");
        Path bad = Files.writeString(folder.resolve("bad.yaml"), "hooks: x\n");
        Run run = Run.of("config", "check", good.toString(), bad.toString());
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out().lines()).startsWith(good + ": ok", bad + ": 1 error");
        assertThat(Run.of("config", "check", bad.toString(), folder + "/none").status())
                .isEqualTo(2);
    }

    /** Any text is judged: no bug, and a status that the lines agree with. */
    @Test
    void anyText() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> pieces = List.of(
                "hooks",
                "device-id",
                "strict",
                "generate",
                ": ",
                "\n",
                "  ",
                "- ",
                "[",
                "]",
                "{",
                "}",
                ", ",
                "none",
                "true",
                "0",
                "'",
                "\"",
                "#",
                "&a ",
                "*a",
                "!!str ",
                "---\n",
                "\u0001");
        for (int i = 0; i < 500; i++) {
            StringBuilder text = new StringBuilder();
            for (int count = random.nextInt(20); count > 0; count--) {
                text.append(pieces.get(random.nextInt(pieces.size())));
            }
            Run run = check(text.toString());
            assertThat(run.err()).as("seed %d: %s", seed, text).isEmpty();
            assertThat(run.status()).isEqualTo(run.out().endsWith(": ok\n") ? 0 : 1);
        }
    }
}
