package io.github.gpucdi.help;

import java.util.List;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The functions of zsh's script that the model gives: one a command, called after its words. */
final class ZshData {
    private final StringBuilder text = new StringBuilder();

    private ZshData() {}

    static String of(CommandSpec root) {
        ZshData data = new ZshData();
        for (CommandSpec command : CommandPage.all(root)) {
            String name = function("_gpu_cdi", command);
            if (command.name().equals("help")) {
                data.group(name, root, command);
            } else if (command.subcommands().isEmpty()) {
                data.leaf(name, command);
            } else {
                data.group(name, command, command);
                if (command.parent() != null) {
                    data.group(function("_gpu_cdi_help", command), command, null);
                }
            }
        }
        return data.text.toString();
    }

    private static String function(String start, CommandSpec command) {
        String path = BashData.path(command);
        return path.isEmpty() ? start : start + "_" + path.replace(' ', '_');
    }

    private void group(String function, CommandSpec members, CommandSpec options) {
        text.append(function).append("() {\n    local -a commands=(\n");
        for (CommandSpec member : CommandPage.members(members)) {
            String summary = CommandPage.summary(member.usageMessage().description());
            text.append("        ")
                    .append(quoted(member.name() + ":" + summary))
                    .append('\n');
        }
        text.append("    ) options=(\n");
        if (options != null) {
            options(options);
        }
        text.append("    )\n    __gpu_cdi_group ").append(function).append("\n}\n\n");
    }

    private void leaf(String function, CommandSpec command) {
        text.append(function).append("() {\n    local -a options=(\n");
        options(command);
        for (ArgSpec parameter : command.positionalParameters()) {
            if (!parameter.hidden()) {
                String place = parameter.arity().max() > 1 ? "*" : "1";
                text.append("        ").append(quoted(place + argument(parameter, Value.of(parameter))));
                text.append('\n');
            }
        }
        text.append("    )\n    _arguments -s $options\n}\n\n");
    }

    private void options(CommandSpec command) {
        for (OptionSpec option : CommandPage.shown(command)) {
            String once = option.isMultiValue() ? "*" : "(" + String.join(" ", option.names()) + ")";
            String summary = CommandPage.summary(option.description())
                    .replace("\\", "\\\\")
                    .replace("[", "\\[")
                    .replace("]", "\\]");
            boolean valued = CommandPage.takesValue(option);
            for (String name : option.names()) {
                String spec = once + name + (valued ? "=" : "") + "[" + summary + "]"
                        + (valued ? argument(option, Value.of(option)) : "");
                text.append("        ").append(quoted(spec)).append('\n');
            }
        }
    }

    private static String argument(ArgSpec argument, Value value) {
        List<String> words = value.words();
        String action = switch (value.kind()) {
            case ANY -> " ";
            case WORDS ->
                value.several()
                        ? "_sequence compadd - " + String.join(" ", words)
                        : "(" + String.join(" ", words) + ")";
            case FILES -> "_files";
            case DIRECTORIES -> "_files -/";
            case DEVICES -> "__gpu_cdi_devices";
            case IDS -> "__gpu_cdi_ids";
        };
        return ":" + argument.paramLabel() + ":" + action;
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
