package io.github.gpucdi.help;

import io.github.gpucdi.help.CommandPage.Block;
import io.github.gpucdi.help.CommandPage.Entry;
import io.github.gpucdi.settings.ConfigKeys;
import io.github.gpucdi.settings.OptionText;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The configuration file's page of section 5: its keys, from the model that parses the command line. */
final class ConfigPage {
    static final String NAME = "gpu-cdi-config";

    private ConfigPage() {}

    /** Whether the page is worth a look for who reads that of {@code command}. */
    static boolean concerns(CommandSpec command) {
        return command.name().equals("config") || command.findOption(ConfigKeys.FILE_OPTION) != null;
    }

    static String of(CommandSpec root) {
        Roff roff = new Roff(NAME, "5");
        roff.section("NAME");
        roff.line(NAME + " - options of gpu-cdi, said once for all runs");
        roff.section("SYNOPSIS");
        roff.verbatim(List.of("/etc/gpu-cdi/config.yaml", "/etc/gpu-cdi/config.d/*.yaml"));
        roff.section("DESCRIPTION");
        roff.line(
                "A key is the first name of an option of gpu-cdi generate, without dashes. It holds for every command that"
                        + " has the same option.");
        roff.paragraph(
                prose("Keys below the name of a command, such as generate:, are for that command alone, and win."));
        roff.paragraph(
                prose("A flag wins over a variable, that over a file, and of several files the last one that has the"
                        + " key: config.yaml comes first, then those of config.d by name. A list replaces another; an empty one"
                        + " stands for the default."));
        roff.paragraph(
                prose(
                        "A file with a mistake ends each command that reads it, with exit code 2. So does one that is not a"
                                + " regular file of UTF-8 and at most 1 MiB; that leads out of config.d; or that, where root runs the"
                                + " command, others than root own or may write. A YAML document without aliases and tags is read."));
        roff.paragraph(
                prose("--config-file names another file in place of these; empty, it stands for none. gpu-cdi cdi"
                        + " reads a file only if it is named so."));
        roff.section("KEYS");
        new ConfigKeys(root).options().forEach((key, option) -> {
            if (key.section().isEmpty()) {
                roff.entry(entry(key.name(), option));
            }
        });
        ownKeys(roff, root);
        roff.section("EXAMPLES");
        roff.verbatim(List.of(
                "# /etc/gpu-cdi/config.yaml",
                "driver-root: /run/nvidia/driver",
                "hooks: none",
                "device-name-strategy: [index, uuid]",
                "generate:",
                "  output: /etc/cdi/nvidia.yaml"));
        roff.section("SEE ALSO");
        roff.line("gpu-cdi-generate(1), gpu-cdi-config-show(1), gpu-cdi-config-check(1)");
        return roff.toString();
    }

    private static Block prose(String text) {
        return new Block(text, List.of());
    }

    /** What a section has besides the options of generate. */
    private static void ownKeys(Roff roff, CommandSpec root) {
        ConfigKeys keys = new ConfigKeys(root);
        for (String section : keys.sections()) {
            boolean first = true;
            for (OptionSpec option : keys.ownOptions(section)) {
                if (first) {
                    roff.subsection("Below " + section + ":");
                    first = false;
                }
                roff.entry(entry(option.names()[0].substring(2), option));
            }
        }
    }

    private static Entry entry(String name, OptionSpec option) {
        OptionText text = OptionText.of(option);
        String example = option.splitRegex().isEmpty()
                ? text.example()
                : "[" + text.example().replace(",", ", ") + "]";
        return new Entry(
                name,
                List.of(text.description(), "Default: " + text.byDefault() + ". Example: " + name + ": " + example));
    }
}
