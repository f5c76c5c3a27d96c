package io.github.gpucdi.help;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The lines of fish's script that the model gives: one for what several commands have alike. */
final class FishData {
    private FishData() {}

    static String of(CommandSpec root) {
        List<String> paths = new ArrayList<>();
        Map<String, List<String>> places = new LinkedHashMap<>();
        for (CommandSpec command : CommandPage.all(root)) {
            String path = BashData.path(command);
            boolean help = command.name().equals("help");
            paths.add(path);
            for (CommandSpec member : CommandPage.members(help ? root : command)) {
                add(places, member(member), path);
                if (!help && !path.isEmpty()) {
                    add(places, member(member), "help " + path);
                }
            }
            if (!command.subcommands().isEmpty() && !path.isEmpty()) {
                paths.add("help " + path);
            }
            for (OptionSpec option : CommandPage.shown(command)) {
                add(places, option(option), path);
            }
            for (ArgSpec parameter : command.positionalParameters()) {
                Value value = Value.of(parameter);
                if (!parameter.hidden() && value.kind() != ValueKind.ANY) {
                    add(places, value(value), path);
                }
            }
        }
        StringBuilder text = new StringBuilder("set -g __gpu_cdi_commands");
        paths.forEach(path -> text.append(' ').append(quoted(path)));
        text.append('\n');
        places.forEach((what, where) -> {
            StringBuilder at = new StringBuilder("__gpu_cdi_at");
            where.forEach(path -> at.append(' ').append(quoted(path)));
            text.append("complete -c gpu-cdi -n ")
                    .append(quoted(at.toString()))
                    .append(what)
                    .append('\n');
        });
        return text.toString();
    }

    private static void add(Map<String, List<String>> places, String what, String path) {
        places.computeIfAbsent(what, known -> new ArrayList<>()).add(path);
    }

    private static String member(CommandSpec member) {
        return " -a " + member.name() + description(member.usageMessage().description());
    }

    private static String option(OptionSpec option) {
        StringBuilder text = new StringBuilder();
        for (String name : option.names()) {
            text.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
        }
        if (CommandPage.takesValue(option)) {
            text.append(value(Value.of(option)));
        }
        return text.append(description(option.description())).toString();
    }

    private static String value(Value value) {
        String words = String.join(" ", value.words());
        return switch (value.kind()) {
            case ANY -> " -x";
            case FILES -> " -r -F";
            case DIRECTORIES -> " -x -a '(__fish_complete_directories)'";
            case DEVICES -> " -x -a '(__gpu_cdi_ask devices)'";
            case IDS -> " -x -a '(__gpu_cdi_list " + words + " (__gpu_cdi_ask ids))'";
            case WORDS -> " -x -a '" + (value.several() ? "(__gpu_cdi_list " + words + ")" : words) + "'";
        };
    }

    private static String description(String[] text) {
        return " -d " + quoted(CommandPage.summary(text));
    }

    private static String quoted(String word) {
        return "'" + word.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
