package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.terminal.ExitCode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Options on the command line: what is refused, and what the refusal says. */
class OptionsTest {
    static Run generate(String... more) {
        List<String> arguments = new ArrayList<>(List.of("generate", "--simulate=rtx4090-desktop"));
        arguments.addAll(List.of(more));
        return Run.of(arguments.toArray(String[]::new));
    }

    private static void assertRefused(Run run, String... what) {
        assertThat(run.status()).as(run.err()).isEqualTo(ExitCode.USAGE.status());
        assertThat(run.out()).isEmpty();
        assertThat(run.messages("error")).singleElement().asString().contains(what);
        assertThat(run.messages("hint")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--format | jsn | yaml, json | json",
                "--mode | nvlm | nvml, management, wsl, csv | nvml",
                "--device-name-strategy | uid | index, uuid, type-index, pci, minor | uuid",
                "--hooks | nvida | auto, nvidia, none | nvidia",
                "--enable-hook | chmodd | create-symlinks, enable-cuda-compat, update-ldcache | chmod",
                "--device-numbers | wirte | write, resolve | write",
                "--on-driver-loss | kep | keep, delete | keep",
                "--simulate | dgx-a10 | dgx-a100, dgx-a100-mig, hgx-h100 | dgx-a100",
            })
    void fixedWords(String option, String word, String allowed, String nearest) {
        Run run = Run.of("generate", option + "=" + word);
        assertRefused(run, "'" + word + "'", option.equals("--simulate") ? "simulated host" : option);
        assertThat(run.messages("hint"))
                .singleElement()
                .asString()
                .startsWith("allowed: ")
                .contains(allowed)
                .endsWith("; did you mean '" + nearest + "'?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--format", "--device-name-strategy", "--hooks", "--device-numbers", "--on-driver-loss"})
    void aWordLikeNoOtherSuggestsNothing(String option) {
        assertThat(generate(option + "=qqqqqq").messages("hint"))
                .singleElement()
                .asString()
                .doesNotContain("mean");
    }

    @Test
    void listingsHaveWordsOfTheirOwn() {
        Run run = Run.of("devices", "--simulate=dgx-a100", "--format=tabel");
        assertRefused(run, "--format", "'tabel'");
        assertThat(run.messages("hint"))
                .containsExactly("allowed: table, json, yaml, nfd, gres; did you mean 'table'?");
    }

    @ParameterizedTest
    @CsvSource({
        "--devise-id=0, --device-id",
        "--ouput, --output",
        "--feature-flg=x, --feature-flag",
        "--hook=none, --hooks",
    })
    void unknownOptions(String given, String nearest) {
        Run run = generate(given);
        assertRefused(run, given.split("=")[0]);
        assertThat(run.messages("hint")).singleElement().asString().contains("did you mean '" + nearest + "'?");
    }

    @Test
    void unknownCommands() {
        Run run = Run.of("genrate");
        assertRefused(run, "genrate");
        assertThat(run.messages("hint")).singleElement().asString().contains("did you mean 'generate'?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--quiet", "cdi", "transform", "cdi transform"})
    void aCommandIsNeeded(String group) {
        assertRefused(Run.of(group.split(" ")), "subcommand");
    }

    @ParameterizedTest
    @CsvSource({
        "--vendor, ''", "--vendor, 1a.com", "--vendor, a.com-", "--vendor, a/b", "--vendor, a b", "--vendor, é.com",
        "--class, ''", "--class, _gpu", "--class, gpu.", "--class, g:u", "--cdi-vendor, .com", "--cdi-class, 0",
    })
    void vendorsAndClasses(String option, String name) {
        assertRefused(generate(option + "=" + name), "'" + name + "'", option.replace("cdi-", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--vendor", "--class"})
    void oneCharacterCrashesEngines(String option) {
        Run run = generate(option + "=a");
        assertRefused(run, "'a'", option);
        assertThat(run.messages("hint")).singleElement().asString().contains("crashes engines");
        assertThat(generate(option + "=ab").status()).isZero();
    }

    @Test
    void vendorAndClassAreTheKind() {
        assertThat(generate("--vendor=acme.example", "--class=my_gpu-1").out())
                .contains("\nkind: acme.example/my_gpu-1\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "86401", "1.5", "abc", "", "99999999999", "1s"})
    void timeoutsOutOfRange(String seconds) {
        Run run = generate("--nvml-timeout=" + seconds);
        assertRefused(run, "'" + seconds + "'", "--nvml-timeout");
        assertThat(run.messages("hint")).singleElement().asString().contains("1 to 86400");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "86400"})
    void timeoutsInRange(String seconds) {
        assertThat(generate("--nvml-timeout=" + seconds).status()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "--disable-hook=enable-cuda-compt, enable-cuda-compat",
        "--disable-hooks=chmd, chmod",
        "--feature-flag=disable-ipc-discovery, disable-ipc-discoverer",
        "--feature-flags=no-additional-gid-for-device-nodes, no-additional-gids-for-device-nodes",
    })
    void unknownNamesThatOnlyWarn(String option, String nearest) {
        Run run = generate("--hooks=nvidia", option);
        assertThat(run.status()).isZero();
        assertThat(run.messages("warning"))
                .anySatisfy(line -> assertThat(line)
                        .contains(option.substring(option.indexOf('=') + 1), "did you mean '" + nearest + "'?"));
    }

    @Test
    void knownNamesDoNotWarn() {
        Run run = Run.of(
                "generate",
                "--simulate=dgx-a100-mig",
                "--hooks=nvidia",
                "--disable-hook=all,chmod",
                "--feature-flag=disable-nvsandboxutils,disable-nvsandbox-utils,disable-multiple-csv-devices");
        assertThat(run.status()).isZero();
        assertThat(run.messages("warning"))
                .singleElement()
                .asString()
                .contains("libraries that the loader in a container does not find");
    }

    @Test
    void noHookIsEnabledByAll() {
        assertRefused(generate("--enable-hook=chmod,all"), "--enable-hook=all is not supported");
    }

    @ParameterizedTest
    @CsvSource({"--enable-hook=chmod, --enable-hook", "--nvidia-cdi-hook-path=/h, --nvidia-cdi-hook-path"})
    void noHooksContradictsHooks(String option, String named) {
        assertRefused(generate("--hooks=none", option), "--hooks=none contradicts " + named);
    }

    @Test
    void enablingAHookImpliesNvidia() {
        assertThat(generate("--enable-hook=chmod").out()).contains("- chmod\n").contains("- update-ldcache\n");
        assertThat(generate().out()).doesNotContain("hooks:");
    }

    @Test
    void theFirstUseOfAListReplacesItsDefault() {
        assertThat(names(generate("--device-name-strategy=pci", "--device-name-strategy=minor")))
                .containsExactly("0000:01:00.0", "all", "minor0");
    }

    @Test
    void theLastScalarWins() {
        assertThat(generate("--class=one", "--cdi-class=two").out()).contains("kind: nvidia.com/two\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AUTO", "Nvml"})
    void modesOfAnyCase(String mode) {
        assertThat(generate("--discovery-mode=" + mode).status()).isZero();
    }

    @Test
    void aSwitchCanBeGivenAValue() {
        assertThat(names(generate("--no-all-device=false"))).contains("all");
        assertThat(names(generate("--no-all-device=true"))).doesNotContain("all");
        assertRefused(generate("--no-all-device=maybe"), "'maybe'");
    }

    static List<String> names(Run run) {
        return run.out()
                .lines()
                .filter(line -> line.contains("- name: "))
                .map(line -> line.substring(line.indexOf(": ") + 2).replace("\"", ""))
                .toList();
    }
}
