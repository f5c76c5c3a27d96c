package io.github.gpucdi.help;

import io.github.gpucdi.help.CommandPage.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;

/** A command's page of section 1. */
final class ManPage {
    private final Roff roff;

    private ManPage(Roff roff) {
        this.roff = roff;
    }

    /** The page's name, such as {@code gpu-cdi-transform-root}. */
    static String name(CommandSpec command) {
        return command.qualifiedName("-");
    }

    static String of(CommandSpec command) {
        ManPage page = new ManPage(new Roff(name(command), "1"));
        page.page(command, CommandPage.of(command));
        return page.roff.toString();
    }

    private void page(CommandSpec command, CommandPage page) {
        roff.section("NAME");
        String summary = CommandPage.summary(command.usageMessage().description());
        roff.line(name(command) + " - " + summary.substring(0, 1).toLowerCase(Locale.ROOT) + summary.substring(1));
        roff.section("SYNOPSIS");
        roff.line(page.synopsis());
        roff.section("DESCRIPTION");
        page.description().forEach(roff::line);
        page.footer().stream().filter(ManPage::isProse).forEach(roff::paragraph);
        if (!page.commands().isEmpty()) {
            roff.section("COMMANDS");
            page.commands().forEach(roff::entry);
        }
        roff.section("OPTIONS");
        page.parameters().forEach(roff::entry);
        page.options().forEach((title, entries) -> {
            if (!title.equals(CommandPage.FEW)) {
                roff.subsection(title);
            }
            entries.forEach(roff::entry);
        });
        section("EXIT STATUS", page, "Exit code");
        section("EXAMPLES", page, "Example");
        roff.section("SEE ALSO");
        roff.line(String.join(", ", related(command)));
    }

    private static boolean isProse(Block block) {
        return !block.text().startsWith("Exit code") && !block.text().startsWith("Example");
    }

    private void section(String title, CommandPage page, String start) {
        boolean first = true;
        for (Block block : page.footer()) {
            if (block.text().startsWith(start)) {
                if (first) {
                    roff.section(title);
                    first = false;
                }
                // The title says what the first words say.
                String rest =
                        block.text().substring(block.text().indexOf(':') + 1).strip();
                if (!rest.isEmpty()) {
                    roff.line(rest);
                }
                roff.lines(block.lines());
            }
        }
    }

    /** The pages of the group that it is in, of the commands that it has, and of the file that it reads. */
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
        if (ConfigPage.concerns(command)) {
            pages.add(ConfigPage.NAME + "(5)");
        }
        return pages;
    }
}
