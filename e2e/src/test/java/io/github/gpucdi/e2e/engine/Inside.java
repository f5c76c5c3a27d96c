package io.github.gpucdi.e2e.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the probe saw in a container.
 *
 * @param rows the fields of each line; {@code probe.c} tells which there are
 */
public record Inside(List<List<String>> rows) {
    public static Inside of(String out) {
        List<List<String>> rows = new ArrayList<>();
        for (String line : out.split("\n")) {
            // A terminal's or log's line may end with a carriage return.
            rows.add(List.of(line.strip().split("\t")));
        }
        if (!rows.get(rows.size() - 1).equals(List.of("end"))) {
            throw new AssertionError("the probe did not come to its end: " + out);
        }
        return new Inside(rows);
    }

    /** The lines of a kind, without that word, each a text with spaces between its fields. */
    public List<String> all(String kind) {
        List<String> found = new ArrayList<>();
        for (List<String> row : rows) {
            if (row.get(0).equals(kind)) {
                found.add(String.join(" ", row.subList(1, row.size())));
            }
        }
        return found;
    }

    /** The device nodes besides those that every container has. */
    public Set<String> nodes() {
        Set<String> nodes = new TreeSet<>(all("node"));
        nodes.removeIf(node -> node.matches("/dev/(null|zero|full|tty|u?random|ptmx|console|pts/.*) .*"));
        return nodes;
    }

    /** The last field of the answer of a kind about something; if there is none, what was said of it instead. */
    public String answer(String kind, String about) {
        List<List<String>> others = new ArrayList<>();
        for (List<String> row : rows) {
            if (row.size() > 1 && row.get(1).equals(about)) {
                if (row.get(0).equals(kind)) {
                    return row.get(row.size() - 1);
                }
                others.add(row);
            }
        }
        return "no " + kind + " of " + about + ", but " + others;
    }
}
