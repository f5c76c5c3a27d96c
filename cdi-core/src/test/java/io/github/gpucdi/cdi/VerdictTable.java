package io.github.gpucdi.cdi;

import io.github.gpucdi.cdi.engine.LibraryRelease;
import io.github.gpucdi.cdi.spec.Finding.Code;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Good and bad spec files and what each release of the CDI library does with them: {@code verdicts.txt}. */
public final class VerdictTable {
    private static final String RESOURCE = "verdicts.txt";
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final Pattern NOT_FOR_A_TEXT_FILE = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\ufeff]");
    private static final Pattern ESCAPE = Pattern.compile("\\{\\{(.*?)}}");
    private static final Pattern BYTES = Pattern.compile("[0-9a-f]{2}( [0-9a-f]{2})*");
    private static final Pattern REPEATED = Pattern.compile("(.+)\\*([1-9][0-9]{0,5})");
    private static final String NO_LINE_FEED = "{{end}}";

    private final Set<String> names = new HashSet<>();
    private final List<Row> rows = new ArrayList<>();

    /** What a release does with a file. */
    public enum Expected {
        ACCEPTED,
        REFUSED,
        CRASHES
    }

    /**
     * A file and what is to be said about it.
     *
     * @param name unique, words joined by dashes
     * @param extension {@code yaml} or {@code json}
     * @param verdicts one for each {@link LibraryRelease}, in its order
     * @param errors the codes of the errors when judged as {@link LibraryRelease#NEWEST}, in the order of the enum
     * @param body the content of the file
     */
    public record Row(String name, String extension, List<Expected> verdicts, List<Code> errors, byte[] body) {
        public Row {
            verdicts = List.copyOf(verdicts);
            errors = List.copyOf(errors);
        }

        /** What {@code release} does with the file. */
        public Expected verdict(LibraryRelease release) {
            return verdicts.get(release.ordinal());
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private VerdictTable() {}

    /** All rows, in the order of the file. */
    public static List<Row> rows() {
        try (InputStream in = VerdictTable.class.getResourceAsStream(RESOURCE)) {
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IllegalArgumentException if {@code text} is no such table, with the line */
    static List<Row> parse(String text) {
        VerdictTable table = new VerdictTable();
        List<String> lines = List.of(text.split("\n", -1));
        int at = 0;
        while (at < lines.size()) {
            String line = lines.get(at);
            int end = at + 1;
            if (line.startsWith("== ")) {
                while (end < lines.size() && !lines.get(end).isEmpty()) {
                    end++;
                }
                table.row(at + 1, line.substring(3), lines.subList(at + 1, end));
            } else if (!line.isEmpty() && !line.equals("#") && !line.startsWith("# ")) {
                throw wrong(at + 1, "neither a row nor a comment");
            }
            at = end;
        }
        return List.copyOf(table.rows);
    }

    private void row(int number, String header, List<String> lines) {
        String[] fields = header.split(" \\| ", -1);
        if (fields.length != 4) {
            throw wrong(number, fields.length + " fields instead of 4");
        }
        if (!NAME.matcher(fields[0]).matches() || !names.add(fields[0])) {
            throw wrong(number, "the name '" + fields[0] + "' is malformed or stands here twice");
        }
        if (!fields[1].equals("yaml") && !fields[1].equals("json")) {
            throw wrong(number, "unknown extension '" + fields[1] + "'");
        }
        List<Expected> verdicts = verdicts(number, fields[2]);
        List<Code> errors = errors(number, fields[3]);
        boolean accepted = verdicts.get(LibraryRelease.NEWEST.ordinal()) == Expected.ACCEPTED;
        if (accepted != errors.isEmpty()) {
            throw wrong(number, "the codes and the verdict of the newest release differ");
        }
        rows.add(new Row(fields[0], fields[1], verdicts, errors, body(number + 1, lines)));
    }

    private static List<Expected> verdicts(int number, String column) {
        if (column.length() != LibraryRelease.values().length) {
            throw wrong(number, column.length() + " verdicts instead of " + LibraryRelease.values().length);
        }
        List<Expected> verdicts = new ArrayList<>();
        for (char c : column.toCharArray()) {
            verdicts.add(
                    switch (c) {
                        case 'o' -> Expected.ACCEPTED;
                        case 'x' -> Expected.REFUSED;
                        case '!' -> Expected.CRASHES;
                        default -> throw wrong(number, "unknown verdict '" + c + "'");
                    });
        }
        return verdicts;
    }

    private static List<Code> errors(int number, String column) {
        List<Code> codes = new ArrayList<>();
        if (column.equals("-")) {
            return codes;
        }
        for (String name : column.split(" ", -1)) {
            Code code;
            try {
                code = Code.valueOf(name);
            } catch (IllegalArgumentException e) {
                throw wrong(number, "unknown code '" + name + "'");
            }
            if (!codes.isEmpty() && codes.get(codes.size() - 1).compareTo(code) >= 0) {
                throw wrong(number, name + " is out of order");
            }
            codes.add(code);
        }
        return codes;
    }

    private static byte[] body(int number, List<String> lines) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith("== ") || NOT_FOR_A_TEXT_FILE.matcher(line).find() || line.endsWith(" ")) {
                throw wrong(number + i, "a header, a character to escape, or a space at the end");
            }
            boolean unended = i == lines.size() - 1 && line.endsWith(NO_LINE_FEED);
            String content = unended ? line.substring(0, line.length() - NO_LINE_FEED.length()) : line;
            body.writeBytes(unescaped(number + i, content));
            if (!unended) {
                body.write('\n');
            }
        }
        return body.toByteArray();
    }

    private static byte[] unescaped(int number, String line) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Matcher escapes = ESCAPE.matcher(line);
        int at = 0;
        while (escapes.find()) {
            bytes.writeBytes(utf8(number, line.substring(at, escapes.start())));
            bytes.writeBytes(meant(number, escapes.group(1)));
            at = escapes.end();
        }
        bytes.writeBytes(utf8(number, line.substring(at)));
        return bytes.toByteArray();
    }

    private static byte[] meant(int number, String escape) {
        if (escape.isEmpty()) {
            return new byte[0];
        }
        if (BYTES.matcher(escape).matches()) {
            return HexFormat.ofDelimiter(" ").parseHex(escape);
        }
        Matcher repeated = REPEATED.matcher(escape);
        if (!repeated.matches()) {
            throw wrong(number, "unknown escape '" + escape + "'");
        }
        return utf8(number, repeated.group(1).repeat(Integer.parseInt(repeated.group(2))));
    }

    private static byte[] utf8(int number, String literal) {
        if (literal.contains("{{")) {
            throw wrong(number, "an escape that does not end");
        }
        return literal.getBytes(StandardCharsets.UTF_8);
    }

    private static IllegalArgumentException wrong(int line, String what) {
        return new IllegalArgumentException(RESOURCE + ":" + line + ": " + what);
    }
}
