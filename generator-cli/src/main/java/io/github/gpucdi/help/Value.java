package io.github.gpucdi.help;

import io.github.gpucdi.cdi.engine.EngineRelease;
import io.github.gpucdi.cdi.engine.EngineTable;
import io.github.gpucdi.cdi.engine.LibraryRelease;
import io.github.gpucdi.cdi.spec.CdiVersion;
import io.github.gpucdi.option.Choices;
import io.github.gpucdi.option.ModeOption;
import io.github.gpucdi.option.SimulatedHosts;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What an argument can be, as far as a shell can complete it.
 *
 * @param kind where it comes from
 * @param words what is offered besides
 * @param several whether a comma parts several of them
 */
record Value(ValueKind kind, List<String> words, boolean several) {
    /** What the option takes; only one that {@link CommandPage#takesValue} is asked for. */
    static Value of(OptionSpec option) {
        List<String> words = words(option);
        boolean several = !option.splitRegex().isEmpty();
        if (option.names()[0].equals("--device-id")) {
            return new Value(ValueKind.IDS, words, several);
        }
        if (!words.isEmpty()) {
            return new Value(ValueKind.WORDS, words, several);
        }
        return new Value(byLabel(option), List.of(), several);
    }

    /** What is given to a command without a name. */
    static Value of(ArgSpec parameter) {
        return parameter.paramLabel().equals(Shell.LABEL)
                ? new Value(ValueKind.WORDS, Shell.words(), false)
                : new Value(byLabel(parameter), List.of(), false);
    }

    private static ValueKind byLabel(ArgSpec argument) {
        return switch (argument.paramLabel()) {
            case "FILE", "PATH" -> ValueKind.FILES;
            case "DIR" -> ValueKind.DIRECTORIES;
            case "NAME", "DEVICE" -> argument.isOption() ? ValueKind.ANY : ValueKind.DEVICES;
            default -> ValueKind.ANY;
        };
    }

    private static List<String> words(OptionSpec option) {
        return switch (option.names()[0]) {
            case "--mode" -> ModeOption.words();
            case "--device-id" -> List.of("all", "none");
            case "--device-name-strategy" -> words(Choices.NAMING);
            case "--hooks" -> words(Choices.HOOKS);
            case "--enable-hook" -> words(Choices.HOOK);
            case "--disable-hook" -> with(words(Choices.HOOK), "all");
            case "--feature-flag" -> words(Choices.FEATURE);
            case "--device-numbers" -> words(Choices.NUMBERS);
            case "--on-driver-loss" -> words(Choices.DRIVER_LOSS);
            case "--relative-to" -> words(Choices.RELATIVE_TO);
            case "--simulate" ->
                with(new ArrayList<>(SimulatedHosts.descriptions().keySet()), "help");
            case "--engine" -> with(engines(), "auto", "any");
            case "--as" -> engines();
            case "--cdi-version" -> versions();
            case "--format" ->
                switch (BashData.path(option.command())) {
                    case "devices" -> words(Choices.DEVICE_FORMAT);
                    case "diff", "doctor", "config show", "config check" -> words(Choices.LIST_FORMAT);
                    case "list" -> words(Choices.REGISTRY_FORMAT);
                    case "validate" -> words(Choices.FINDINGS_FORMAT);
                    default -> words(Choices.FORMAT);
                };
            default -> List.of();
        };
    }

    private static List<String> words(Choices<?> choices) {
        return new ArrayList<>(choices.values().keySet());
    }

    private static List<String> with(List<String> words, String... more) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of(more));
        return all;
    }

    /** The first release of each row, and the CDI libraries: newer releases of a row are read alike. */
    private static List<String> engines() {
        Set<String> words = new LinkedHashSet<>();
        for (EngineRelease release : EngineTable.releases()) {
            words.add(release.engine().word() + "-" + release.first());
        }
        for (LibraryRelease library : LibraryRelease.values()) {
            // A text can be a range, such as 0.5.0-0.5.3 or 0.6.x: its first version is offered.
            String first = library.text().replaceFirst("^(\\d[^-]*)-.*", "$1").replace(".x", ".0");
            words.add("library-" + first);
        }
        return new ArrayList<>(words);
    }

    private static List<String> versions() {
        List<String> versions = new ArrayList<>();
        for (CdiVersion version : CdiVersion.values()) {
            if (version.compareTo(CdiVersion.FLOOR) >= 0) {
                versions.add(version.text());
            }
        }
        return versions;
    }
}
