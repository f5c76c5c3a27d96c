package io.github.gpucdi.help;

import io.github.gpucdi.help.CommandPage.Block;
import io.github.gpucdi.help.CommandPage.Entry;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** The help of a command, as wide as the terminal. */
public final class HelpText {
    private static final int NARROWEST = 40;
    /** Longer lines are hard to read. */
    private static final int WIDEST = 100;

    private final StringBuilder text = new StringBuilder();
    private final int width;

    private HelpText(int width) {
        this.width = width;
    }

    /**
     * The help, lines with an end each.
     *
     * @param environment whose {@code COLUMNS} says how wide the terminal is
     */
    public static String of(CommandSpec command, Map<String, String> environment) {
        HelpText help = new HelpText(width(environment.getOrDefault("COLUMNS", "")));
        help.page(CommandPage.of(command));
        return help.text.toString();
    }

    private static int width(String columns) {
        try {
            return Math.max(NARROWEST, Math.min(WIDEST, Integer.parseInt(columns)));
        } catch (NumberFormatException e) {
            return WIDEST;
        }
    }

    private void page(CommandPage page) {
        flow("Usage: " + page.synopsis(), 0, "Usage: ".length());
        text.append('\n');
        page.description().forEach(line -> flow(line, 0, 0));
        if (!page.commands().isEmpty()) {
            text.append("\nCommands:\n");
            columns(page.commands());
        }
        if (!page.parameters().isEmpty()) {
            text.append('\n');
            page.parameters().forEach(this::entry);
        }
        page.options().forEach((title, entries) -> {
            text.append('\n').append(title).append(":\n");
            entries.forEach(this::entry);
        });
        page.footer().forEach(this::block);
        if (!page.commands().isEmpty()) {
            text.append('\n');
            flow("A command's own options: " + page.name() + " COMMAND --help", 0, 2);
        }
    }

    /** Short terms, each beside what it is. */
    private void columns(List<Entry> entries) {
        int longest = 0;
        for (Entry entry : entries) {
            longest = Math.max(longest, entry.term().length());
        }
        for (Entry entry : entries) {
            String gap = " ".repeat(longest - entry.term().length() + 2);
            text.append("  ").append(entry.term()).append(gap);
            Flow.append(text, entry.text().get(0), width, longest + 4, longest + 4);
        }
    }

    private void entry(Entry entry) {
        flow(entry.term(), 2, 4);
        entry.text().forEach(line -> flow(line, 6, 6));
    }

    private void block(Block block) {
        text.append('\n');
        flow(block.text(), 0, 0);
        for (String line : block.lines()) {
            int gap = line.indexOf(CommandPage.GAP);
            if (gap < 0 || line.length() + 2 <= width) {
                flow(line, 2, 6);
            } else {
                flow(line.substring(0, gap), 2, 6);
                flow(line.substring(gap).strip(), 6, 6);
            }
        }
    }

    private void flow(String line, int first, int rest) {
        text.append(" ".repeat(first));
        Flow.append(text, line, width, first, rest);
    }
}
