package io.github.gpucdi.help;

import io.github.gpucdi.help.CommandPage.Block;
import io.github.gpucdi.help.CommandPage.Entry;
import io.github.gpucdi.terminal.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;

/** A command's page of section 1, in the macros of {@code man(7)}. */
final class ManPage {
    private final StringBuilder text = new StringBuilder();

    private ManPage() {}

    /** The page's name, such as {@code gpu-cdi-transform-root}. */
    static String name(CommandSpec command) {
        return command.qualifiedName("-");
    }

    static String of(CommandSpec command) {
        ManPage page = new ManPage();
        page.page(command, CommandPage.of(command));
        return page.text.toString();
    }

    private void page(CommandSpec command, CommandPage page) {
        String name = name(command);
        // No date: the same program gives the same page.
        macro("TH", name.toUpperCase(Locale.ROOT), "1", "", Version.lines()[0], "gpu-cdi");
        // Names of options and engines are not to be hyphenated, nor lines to be filled up with gaps.
        text.append(".nh\n.ad l\n");
        macro("SH", "NAME");
        String summary = CommandPage.summary(command.usageMessage().description());
        line(name + " - " + summary.substring(0, 1).toLowerCase(Locale.ROOT) + summary.substring(1));
        macro("SH", "SYNOPSIS");
        line(page.synopsis());
        macro("SH", "DESCRIPTION");
        page.description().forEach(this::line);
        page.footer().stream().filter(ManPage::isProse).forEach(this::paragraph);
        if (!page.commands().isEmpty()) {
            macro("SH", "COMMANDS");
            page.commands().forEach(this::entry);
        }
        macro("SH", "OPTIONS");
        page.parameters().forEach(this::entry);
        page.options().forEach((title, entries) -> {
            if (!title.equals(CommandPage.FEW)) {
                macro("SS", title);
            }
            entries.forEach(this::entry);
        });
        section("EXIT STATUS", page, "Exit code");
        section("EXAMPLES", page, "Example");
        macro("SH", "SEE ALSO");
        line(String.join(", ", related(command)));
    }

    private static boolean isProse(Block block) {
        return !block.text().startsWith("Exit code") && !block.text().startsWith("Example");
    }

    private void section(String title, CommandPage page, String start) {
        boolean first = true;
        for (Block block : page.footer()) {
            if (block.text().startsWith(start)) {
                if (first) {
                    macro("SH", title);
                    first = false;
                }
                // The title says what the first words say.
                String rest =
                        block.text().substring(block.text().indexOf(':') + 1).strip();
                if (!rest.isEmpty()) {
                    line(rest);
                }
                lines(block.lines());
            }
        }
    }

    private void paragraph(Block block) {
        text.append(".PP\n");
        line(block.text());
        lines(block.lines());
    }

    /** Command lines, each with its remark below it if it has one. */
    private void lines(List<String> lines) {
        for (String line : lines) {
            int gap = line.indexOf(CommandPage.GAP);
            if (gap < 0) {
                text.append(".PP\n\\fB").append(escaped(line)).append("\\fR\n");
            } else {
                entry(new Entry(
                        line.substring(0, gap), List.of(line.substring(gap).strip())));
            }
        }
    }

    private void entry(Entry entry) {
        text.append(".TP\n");
        text.append("\\fB").append(escaped(entry.term())).append("\\fR\n");
        boolean first = true;
        for (String line : entry.text()) {
            if (!first) {
                text.append(".br\n");
            }
            line(line);
            first = false;
        }
    }

    /** The pages of the group that it is in, and of the commands that it has. */
    private static List<String> related(CommandSpec command) {
        List<String> pages = new ArrayList<>();
        if (command.parent() != null) {
            pages.add(name(command.parent()) + "(1)");
        }
        CommandPage.members(command.parent() == null || !command.subcommands().isEmpty() ? command : command.parent())
                .forEach(member -> {
                    if (member != command) {
                        pages.add(name(member) + "(1)");
                    }
                });
        return pages;
    }

    private void macro(String macro, String... arguments) {
        text.append('.').append(macro);
        for (String argument : arguments) {
            text.append(" \"").append(escaped(argument).replace("\"", "\\(dq")).append('"');
        }
        text.append('\n');
    }

    /** A line that begins with a dot or quote would be a macro. */
    private void line(String line) {
        String safe = escaped(line);
        text.append(safe.startsWith(".") || safe.startsWith("'") ? "\\&" : "")
                .append(safe)
                .append('\n');
    }

    /** A bare hyphen could become a typographic one, which nobody can paste into a shell. */
    private static String escaped(String text) {
        return text.replace("\\", "\\e")
                .replace("-", "\\-")
                .replace("'", "\\(aq")
                .replace("~", "\\(ti")
                .replace("^", "\\(ha");
    }
}
