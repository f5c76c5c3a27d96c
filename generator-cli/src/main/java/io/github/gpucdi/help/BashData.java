package io.github.gpucdi.help;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The functions of bash's script that the model gives. */
final class BashData {
    private BashData() {}

    static String of(CommandSpec root) {
        StringBuilder text = new StringBuilder();
        text.append("_gpu_cdi_command() {\n    case $1 in\n");
        for (CommandSpec command : CommandPage.all(root)) {
            text.append("        '").append(path(command)).append("')\n");
            text.append("            commands='").append(members(command)).append("'\n");
            text.append("            options='").append(options(command)).append("' ;;\n");
        }
        // What help is asked for are commands.
        for (CommandSpec command : CommandPage.all(root)) {
            if (!members(command).isEmpty() && command.parent() != null) {
                text.append("        'help ").append(path(command)).append("')\n");
                text.append("            commands='").append(members(command)).append("'\n");
                text.append("            options= ;;\n");
            }
        }
        text.append("        *) commands='' options='' ;;\n    esac\n}\n\n");
        text.append("_gpu_cdi_value() {\n    case $1 in\n");
        values(root).forEach((value, places) -> {
            text.append("        ").append(String.join(" | ", places)).append(")\n");
            text.append("            kind=").append(value.kind().word());
            text.append(" several=").append(value.several() ? "yes" : "");
            text.append(" candidates='").append(String.join(" ", value.words())).append("' ;;\n");
        });
        text.append("        *) kind=any several='' candidates='' ;;\n    esac\n}\n");
        return text.toString();
    }

    /** The words of a command after the program's name. */
    static String path(CommandSpec command) {
        String name = command.qualifiedName();
        int space = name.indexOf(' ');
        return space < 0 ? "" : name.substring(space + 1);
    }

    private static String members(CommandSpec command) {
        List<String> names = new ArrayList<>();
        CommandSpec group = command.name().equals("help") ? command.root() : command;
        CommandPage.members(group).forEach(member -> names.add(member.name()));
        return String.join(" ", names);
    }

    /** All names; those that take a value end in an equals sign. */
    private static String options(CommandSpec command) {
        List<String> names = new ArrayList<>();
        for (OptionSpec option : CommandPage.shown(command)) {
            for (String name : option.names()) {
                names.add(CommandPage.takesValue(option) ? name + "=" : name);
            }
        }
        return String.join(" ", names);
    }

    /** By value: the places that have it, as patterns. */
    private static Map<Value, List<String>> values(CommandSpec root) {
        Map<Value, List<String>> values = new LinkedHashMap<>();
        for (CommandSpec command : CommandPage.all(root)) {
            for (OptionSpec option : CommandPage.shown(command)) {
                if (CommandPage.takesValue(option)) {
                    for (String name : option.names()) {
                        add(values, Value.of(option), path(command) + " " + name);
                    }
                }
            }
            for (ArgSpec parameter : command.positionalParameters()) {
                if (!parameter.hidden()) {
                    add(values, Value.of(parameter), path(command));
                }
            }
        }
        return values;
    }

    private static void add(Map<Value, List<String>> values, Value value, String place) {
        if (value.kind() != ValueKind.ANY) {
            values.computeIfAbsent(value, known -> new ArrayList<>()).add("'" + place + "'");
        }
    }
}
