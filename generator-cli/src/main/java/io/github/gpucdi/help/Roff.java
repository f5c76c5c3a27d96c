package io.github.gpucdi.help;

import io.github.gpucdi.help.CommandPage.Block;
import io.github.gpucdi.help.CommandPage.Entry;
import io.github.gpucdi.terminal.Version;
import java.util.List;
import java.util.Locale;

/** The text of a manual page, in the macros of {@code man(7)}. */
final class Roff {
    private final StringBuilder text = new StringBuilder();

    /** Begins the page {@code name} of a section of the manual. */
    Roff(String name, String section) {
        // No date: the same program gives the same page.
        macro("TH", name.toUpperCase(Locale.ROOT), section, "", Version.lines()[0], "gpu-cdi");
        // Names of options and engines are not to be hyphenated, nor lines to be filled up with gaps.
        text.append(".nh\n.ad l\n");
    }

    @Override
    public String toString() {
        return text.toString();
    }

    void section(String title) {
        macro("SH", title);
    }

    void subsection(String title) {
        macro("SS", title);
    }

    void paragraph(Block block) {
        text.append(".PP\n");
        line(block.text());
        lines(block.lines());
    }

    /** Command lines, each with its remark below it if it has one. */
    void lines(List<String> lines) {
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

    /** Lines that are shown as they stand. */
    void verbatim(List<String> lines) {
        text.append(".nf\n.RS 4\n");
        lines.forEach(this::line);
        text.append(".RE\n.fi\n");
    }

    void entry(Entry entry) {
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

    private void macro(String macro, String... arguments) {
        text.append('.').append(macro);
        for (String argument : arguments) {
            text.append(" \"").append(escaped(argument).replace("\"", "\\(dq")).append('"');
        }
        text.append('\n');
    }

    /** A line that begins with a dot or quote would be a macro. */
    void line(String line) {
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
