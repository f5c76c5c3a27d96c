package io.github.gpucdi.probe;

import io.github.gpucdi.host.CsvEntry.Type;
import io.github.gpucdi.host.HostPath;
import io.github.gpucdi.host.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A CSV file's lines: {@code type, path}, split at the first comma, with nothing that quotes or escapes. Blank lines and
 * those that begin with {@code #} are none.
 *
 * @param lines those that name something
 * @param rejected what is wrong with the first ones that do not
 * @param unlisted how many more do not
 */
record CsvText(List<Line> lines, List<String> rejected, int unlisted) {
    /** So many bad lines are told. */
    static final int MAX_REJECTED = 16;

    private static final int MAX_PATH = 4095;
    private static final int SHOWN = 60;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** @param number from 1 */
    record Line(int number, Type type, String path) {}

    /** Takes a file's text apart. */
    static CsvText of(String text) {
        List<Line> lines = new ArrayList<>();
        List<String> rejected = new ArrayList<>();
        int bad = 0;
        int number = 0;
        for (String raw : Lines.of(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text)) {
            number++;
            String line = raw.strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String fault = add(lines, number, line);
            if (!fault.isEmpty() && bad++ < MAX_REJECTED) {
                rejected.add("line " + number + ": " + fault);
            }
        }
        return new CsvText(lines, rejected, Math.max(0, bad - MAX_REJECTED));
    }

    /** What is wrong with a line; empty if it was added. */
    private static String add(List<Line> lines, int number, String line) {
        int comma = line.indexOf(',');
        if (comma < 0) {
            return "'" + shown(line) + "' is not a type, a comma and a path";
        }
        String word = line.substring(0, comma).strip();
        String path = line.substring(comma + 1).strip();
        for (Type type : Type.values()) {
            if (type.name().toLowerCase(Locale.ROOT).equals(word)) {
                String fault = fault(type, path);
                if (fault.isEmpty()) {
                    lines.add(new Line(number, type, path.startsWith("/") ? HostPath.normalised(path) : path));
                }
                return fault;
            }
        }
        return "'" + shown(word) + "' is none of dev, dir, lib, sym";
    }

    private static String fault(Type type, String path) {
        if (path.isEmpty()) {
            return "there is no path";
        }
        if (path.length() > MAX_PATH) {
            return "the path is longer than " + MAX_PATH + " characters";
        }
        if (!PathText.isWritable(path)) {
            return "'" + shown(path) + "' holds what no spec can carry";
        }
        if (path.startsWith("/")) {
            return HostPath.normalised(path).equals("/") ? "'" + shown(path) + "' is the root directory" : "";
        }
        // A bare name is one in /dev, or in the directories of --library-search-path.
        boolean bare = path.indexOf('/') < 0 && !path.equals("..") && !path.equals(".");
        return bare && type != Type.DIR ? "" : "'" + shown(path) + "' is not an absolute path";
    }

    private static String shown(String text) {
        return PlainText.escaped(text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text);
    }
}
