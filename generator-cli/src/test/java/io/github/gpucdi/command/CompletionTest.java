package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.gpucdi.terminal.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The scripts of {@code gpu-cdi completion}, run by the shells that they are for. */
class CompletionTest {
    /** What the scripts ask for device names: says what it was asked, and complains. */
    private static final String PROGRAM = """
            #!/bin/sh
            echo "$*" >>"${0%/*}/asked"
            echo 'error: loud' >&2
            case $2 in
                devices) printf '%s\\n' nvidia.com/gpu=0 nvidia.com/gpu=0:1 nvidia.com/gpu=all acme.example/nic=a ;;
                ids) printf '%s\\n' 0 0:1 GPU-12 ;;
            esac
            exit 70
            """;

    private static final String DRIVER = """
            source "$1"
            COMP_LINE=$2 COMP_POINT=${#2}
            _gpu_cdi gpu-cdi
            for word in "${COMPREPLY[@]}"; do printf '%s\\n' "$word"; done
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void program() throws IOException {
        Path program = Files.writeString(folder.resolve("gpu-cdi"), PROGRAM);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectories(folder.resolve("data/one two"));
        Files.createFile(folder.resolve("data/only.yaml"));
    }

    private Path script(String shell) throws IOException {
        Run run = Run.of("completion", shell);
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err()).isEmpty();
        return Files.writeString(folder.resolve("script." + shell), run.out());
    }

    /** What the command prints, which must say nothing else. */
    private List<String> run(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.resolve("data").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().put("PATH", folder + ":/usr/bin:/bin");
        builder.environment().put("HOME", folder.toString());
        Process process = builder.start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        assertThat(folder.resolve("err")).content().isEmpty();
        return out.lines().toList();
    }

    private List<String> bash(String line) throws IOException, InterruptedException {
        return run("bash", "--norc", "-c", DRIVER, "bash", script("bash").toString(), line);
    }

    private List<String> fish(String line) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/fish")), "no fish");
        List<String> words = new ArrayList<>();
        for (String row :
                run("fish", "--no-config", "-c", "source $argv[1]; complete -C $argv[2]", script("fish") + "", line)) {
            words.add(row.split("\t")[0]);
        }
        return words;
    }

    /** What is offered for the last word; bash replaces what follows its last = or colon only. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gen | generate",
                "cdi tr | transform",
                "'transform ' | root",
                "--quiet generate --outp | --output=",
                "cdi generate --enab | --enable-hook=;--enable-hooks=",
                "help cdi l | list",
                "completion z | zsh",
                "generate --engine=podman-4.1 | podman-4.1",
                "generate --engine podman-4.1 | podman-4.1",
                "generate --engine=podman-4.1,docker-27. | podman-4.1,docker-27.0;podman-4.1,docker-27.4",
                "generate --engine=an | any",
                "list --as=library-after | library-after-1.1.0",
                "generate --simulate=dgx | dgx-a100;dgx-a100-mig",
                "diff --simulate dgx-a100-m | dgx-a100-mig",
                "generate --hooks=n | nvidia;none",
                "generate --output=on | one two;only.yaml",
                "generate --driver-root on | one two",
                "validate onl | only.yaml",
                "show ac | acme.example/nic=a",
                "show nvidia.com/gpu=0 | 0;0:1",
                "show nvidia.com/gpu=0: | 1",
                "inject --config only.yaml nvidia.com/gpu=al | all",
                "generate --device-id=0,0: | 1",
                "generate --device-id=no | none",
                "validate --format=s | sarif",
                "generate --vendor= | ''",
                "'help generate ' | ''",
            })
    void bashCompletes(String given, String offered) throws IOException, InterruptedException {
        List<String> expected = offered.isEmpty() ? List.of() : List.of(offered.split(";"));
        assertThat(bash("gpu-cdi " + given)).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void bashOffersEveryCommandAndOption() throws IOException, InterruptedException {
        for (CommandLine command : HelpTest.commands()) {
            if (command.getCommandSpec().usageMessage().hidden()) {
                continue;
            }
            TreeSet<String> known = new TreeSet<>();
            for (OptionSpec option : command.getCommandSpec().options()) {
                if (!option.hidden()) {
                    for (String name : option.names()) {
                        known.add(option.arity().max() > 0 ? name + "=" : name);
                    }
                }
            }
            String name = command.getCommandSpec().qualifiedName();
            assertThat(new TreeSet<>(bash(name + " -"))).as(name).isEqualTo(known);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--mode",
                "--device-name-strategy",
                "--hooks",
                "--enable-hook",
                "--disable-hook",
                "--feature-flag",
                "--device-numbers",
                "--on-driver-loss",
                "--simulate",
                "--engine",
                "--cdi-version",
                "--format"
            })
    void whatIsOfferedIsTaken(String option) throws IOException, InterruptedException {
        List<String> words = bash("gpu-cdi generate " + option + "=");
        assertThat(words).hasSizeGreaterThan(1);
        for (String word : words) {
            Run run = Run.of("generate", "--simulate=rtx4090-desktop", option + "=" + word);
            assertThat(run.status()).as(word + run.err()).isNotEqualTo(ExitCode.USAGE.status());
            assertThat(run.err()).as(word).doesNotContain("no hook '", "no feature '");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"devices", "diff", "doctor", "list", "show", "validate"})
    void formsThatAreOfferedAreTaken(String command) throws IOException, InterruptedException {
        List<String> words = bash("gpu-cdi " + command + " --format=");
        assertThat(words).contains("yaml", "json");
        for (String word : words) {
            // It is judged before anything else; what else is wrong with these does not matter.
            assertThat(Run.of(call(command, "--format=" + word)).err()).doesNotContain("for --format");
            assertThat(Run.of(call(command, "--format=x" + word)).err()).contains("for --format");
        }
    }

    private static String[] call(String command, String format) {
        return switch (command) {
            case "list" -> new String[] {command, format};
            case "show", "validate" -> new String[] {command, format, "/nonexistent"};
            default -> new String[] {command, format, "--simulate=rtx4090-desktop"};
        };
    }

    @Test
    void directoriesOnTheLineAreAskedFor() throws IOException, InterruptedException {
        bash("gpu-cdi show --spec-dir=/srv/a --format=json --rootless --as=podman-5.0 nvidia");
        assertThat(folder.resolve("asked")).hasContent("complete devices --spec-dir=/srv/a --rootless --as=podman-5.0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gen | generate",
                "cdi tr | transform",
                "help cdi l | list",
                "completion z | zsh",
                "generate --engine=podman-4.1,docker-29 | --engine=podman-4.1,docker-29.2",
                "generate --simulate=dgx-a100-m | --simulate=dgx-a100-mig",
                "show ac | acme.example/nic=a",
                "generate --device-id=0,0: | --device-id=0,0:1",
                "validate onl | only.yaml",
                "cdi generate --enable-hooks=chm | --enable-hooks=chmod",
            })
    void fishCompletes(String given, String offered) throws IOException, InterruptedException {
        assertThat(fish("gpu-cdi " + given)).containsExactly(offered);
    }

    /** Zsh completes at a prompt only, so it is given one, and shows what stands there after the tabulator; the
     * comma goes when something else is typed. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gen | generate",
                "cdi tr | cdi transform",
                "generate --engine=podman-4.1,docker-29 | generate --engine=podman-4.1,docker-29.2,",
                "generate --simulate=dgx-a100-m | generate --simulate=dgx-a100-mig",
                "show ac | show acme.example/nic=a",
                "generate --device-id=0,GP | generate --device-id=0,GPU-12,",
                "validate onl | validate only.yaml",
            })
    void zshCompletes(String given, String line) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/zsh")), "no zsh");
        String driver = """
                zmodload zsh/zpty
                zpty shell zsh -f -i
                zpty -w shell "autoload -Uz compinit; compinit -u -D; source $1"
                zpty -w shell 'show() { print -r -- $BUFFER >line; exit }; zle -N show; bindkey "^G" show'
                zpty -w shell 'bindkey "^I" complete-word; print rea""dy'
                zpty -r shell said '*ready*'
                zpty -w -n shell "gpu-cdi $2"$'\\t\\a'
                while zpty -r shell said; do :; done
                cat line
                """;
        List<String> shown = run("timeout", "60", "zsh", "-f", "-c", driver, "zsh", script("zsh") + "", given);
        assertThat(shown).singleElement().asString().isEqualToIgnoringWhitespace("gpu-cdi " + line);
    }

    @Test
    void otherShellsAreRefused() {
        Run run = Run.of("completion", "bsh");
        assertThat(run.status()).isEqualTo(ExitCode.USAGE.status());
        assertThat(run.messages("hint")).containsExactly("allowed: bash, zsh, fish; did you mean 'bash'?");
    }

    @Test
    void candidatesAreNamesThatCanBeRequested() {
        String spec = "--output=" + folder.resolve("specs/nvidia.yaml");
        assertThat(Run.of("generate", "--simulate=rtx4090-desktop", "--device-name-strategy=index,type-index", spec)
                        .status())
                .isZero();
        String directory = "--spec-dir=" + folder.resolve("specs");
        assertThat(Run.of("complete", "devices", directory).out().lines())
                .containsExactlyInAnyOrder("nvidia.com/gpu=0", "nvidia.com/gpu=all", "nvidia.com/gpu=gpu0");
        assertThat(Run.of("complete", "ids", directory).out()).isEqualTo("0\n");
        assertThat(Run.of(Map.of("GPU_CDI_SPEC_DIR", folder.resolve("specs").toString()), "complete", "ids")
                        .out())
                .isEqualTo("0\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--spec-dir=/nonexistent", "--as=podm", "--spec-dir="})
    void candidatesNeverFailLoudly(String option) throws IOException {
        Files.writeString(folder.resolve("broken.yaml"), "{");
        Run run = Run.of("complete", "devices", option, "--spec-dir=" + folder);
        assertThat(run.status()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEmpty();
    }
}
