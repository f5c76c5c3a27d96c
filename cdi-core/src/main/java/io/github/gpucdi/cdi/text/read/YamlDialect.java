package io.github.gpucdi.cdi.text.read;

import io.github.gpucdi.cdi.spec.Finding.Code;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * Where the YAML 1.1 of loaders differs from the YAML 1.2 of our parser. What they read is looked up in the raw text,
 * since events hold the unescaped one. Where our parser would build another tree, the text is spelled so that it builds
 * the loaders', and parsed again.
 */
final class YamlDialect {
    /** Stands for a colon that loaders take as part of an unquoted text, and our parser as the end of a key. */
    private final char colon;

    /** Stands for a dash that is a text to loaders. */
    private final char dash;

    private final String text;
    private final boolean tabs;
    /** A place already found: code points before it and chars before it. */
    private int codePoints;

    private int chars;

    /** The text must be parsed again, by another spelling. */
    static final class Respelled extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient YamlDialect again;

        Respelled(YamlDialect again) {
            super(null, null, false, false);
            this.again = again;
        }

        YamlDialect again() {
            return again;
        }
    }

    /** Loaders break lines at U+0085 too. */
    YamlDialect(String file) {
        text = file.replace('\u0085', '\n');
        tabs = text.indexOf('\t') >= 0;
        colon = unused(text, '\ufdd0');
        dash = unused(text, (char) (colon + 1));
    }

    private YamlDialect(YamlDialect before, String text) {
        this.text = text;
        this.tabs = before.tabs;
        this.colon = before.colon;
        this.dash = before.dash;
    }

    /** One of the characters that Unicode assigns to nobody, which the text does not hold. */
    private static char unused(String text, char first) {
        char unused = first;
        while (unused < '\ufdee' && text.indexOf(unused) >= 0) {
            unused++;
        }
        return unused;
    }

    /** The text as our parser must read it. */
    String text() {
        return text;
    }

    /** The content of a scalar as it stands in the file. */
    String meant(String value) {
        boolean respelled = value.indexOf(colon) >= 0 || value.indexOf(dash) >= 0;
        return respelled ? value.replace(colon, ':').replace(dash, '-') : value;
    }

    /** @throws SyntaxException if loaders know a directive before {@code document} not, or its version */
    void directives(DocumentStartEvent document) throws SyntaxException {
        int at = 0;
        for (int line = 1; at < text.length() && "%#\n ".indexOf(text.charAt(at)) >= 0; line++) {
            boolean unknown = text.charAt(at) == '%' && !text.startsWith("%YAML ", at) && !text.startsWith("%TAG ", at);
            if (unknown) {
                throw new SyntaxException(Code.SYNTAX, line, 1, "an unknown directive");
            }
            int end = text.indexOf('\n', at);
            at = end < 0 ? text.length() : end + 1;
        }
        boolean other = document.getSpecVersion()
                .filter(version -> version.getMajor() != 1 || version.getMinor() != 1)
                .isPresent();
        if (other) {
            throw refused(document.getStartMark().orElseThrow(), "loaders read YAML 1.1 only");
        }
    }

    /**
     * Checks what stands between two nodes, outside brackets.
     *
     * @throws SyntaxException if a tab is where loaders take none: at the start of a line, or behind a dash
     */
    void gap(int fromCodePoint, Mark to) throws SyntaxException {
        if (!tabs) {
            return;
        }
        int end = charAt(to);
        char last = fromCodePoint == 0 ? '\n' : ' ';
        boolean comment = false;
        for (int i = text.offsetByCodePoints(end, Math.min(0, fromCodePoint - to.getIndex())); i < end; i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                comment = false;
                last = c;
            } else if (c == '\t' && !comment && (last == '\n' || last == '-' || last == '?')) {
                throw refused(to, "a tab at the start of a line or behind a dash");
            } else if (c == '#') {
                comment = true;
            } else if (c != ' ' || last == '\n') {
                last = c;
            }
        }
    }

    /** Another spelling, if our parser refused at {@code mark} what loaders read. */
    Optional<YamlDialect> afterRefusalAt(Mark mark) {
        int at = charAt(mark);
        if (at + 1 >= text.length()) {
            return Optional.empty();
        }
        if (text.charAt(at) == '-' && ",]}".indexOf(text.charAt(at + 1)) >= 0) {
            return Optional.of(respelled(at, String.valueOf(dash)));
        }
        if (at == 0 || text.charAt(at - 1) != '\\') {
            return Optional.empty();
        }
        return switch (text.charAt(at)) {
            case '\'' -> Optional.of(respelled(at, "x27"));
            case 'L' -> Optional.of(respelled(at, "u2028"));
            case 'P' -> Optional.of(respelled(at, "u2029"));
            default -> Optional.empty();
        };
    }

    private YamlDialect respelled(int at, String instead) {
        return new YamlDialect(this, text.substring(0, at) + instead + text.substring(at + 1));
    }

    /** @throws SyntaxException if loaders know no such name */
    void anchor(String name, Mark mark) throws SyntaxException {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean word = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-';
            if (!word) {
                throw refused(mark, "an anchor's name has letters, digits, _ and - only");
            }
        }
    }

    /** @throws SyntaxException if loaders cannot read the scalar as it stands in the text */
    void scalar(ScalarEvent scalar, boolean inFlow) throws SyntaxException, Respelled {
        Mark start = scalar.getStartMark().orElseThrow();
        if (scalar.getScalarStyle() == ScalarStyle.DOUBLE_QUOTED) {
            escapes(start, scalar.getEndMark().orElseThrow());
        } else if (inFlow && scalar.isPlain() && !scalar.getValue().isEmpty()) {
            plainInFlow(start, scalar.getEndMark().orElseThrow());
        }
    }

    private void escapes(Mark start, Mark end) throws SyntaxException {
        int from = charAt(start);
        int to = charAt(end);
        for (int i = from; i + 1 < to; i++) {
            if (text.charAt(i) != '\\') {
                continue;
            }
            char escaped = text.charAt(i + 1);
            if (escaped == '/') {
                throw refused(start, "the escape \\/ is none in YAML 1.1");
            }
            boolean unicode = escaped == 'u' && i + 2 < to;
            if (unicode && (text.charAt(i + 2) == 'd' || text.charAt(i + 2) == 'D') && text.charAt(i + 3) >= '8') {
                throw refused(start, "surrogate escapes are none in YAML 1.1: write the character itself");
            }
            i++;
        }
    }

    private void plainInFlow(Mark start, Mark end) throws SyntaxException, Respelled {
        int from = charAt(start);
        int to = charAt(end);
        if (text.charAt(from) == '?') {
            throw new Respelled(respelled(from, "? "));
        }
        for (int i = from; i < to; i++) {
            if (text.charAt(i) == '?') {
                throw refused(start, "'?' ends an unquoted text between brackets");
            }
        }
        int next = to;
        while (next < text.length() && " \t\r\n".indexOf(text.charAt(next)) >= 0) {
            next++;
        }
        if (next + 1 < text.length() && text.charAt(next) == ':') {
            switch (text.charAt(next + 1)) {
                case '[', '{' -> throw refused(start, "a colon after an unquoted text needs a space behind it");
                case ',', ']', '}' -> throw new Respelled(respelled(next, String.valueOf(colon)));
                default -> {}
            }
        }
    }

    private static SyntaxException refused(Mark mark, String what) {
        return new SyntaxException(Code.SYNTAX, mark.getLine() + 1, mark.getColumn() + 1, what);
    }

    /** Marks count code points. */
    private int charAt(Mark mark) {
        int target = mark.getIndex();
        if (target < codePoints) {
            codePoints = 0;
            chars = 0;
        }
        chars = text.offsetByCodePoints(chars, target - codePoints);
        codePoints = target;
        return chars;
    }
}
