package io.github.gpucdi.cdi.text.read;

import io.github.gpucdi.cdi.spec.Finding.Code;
import io.github.gpucdi.cdi.spec.Position;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * The text of a file as YAML loaders see it. They look no further than the first document's end and a little more: what
 * they must not meet makes a difference only up to there.
 *
 * @param text the content without byte order mark, up to the first byte that is no text; characters that YAML forbids
 *     are replaced
 * @param forbidden index of the first such character or byte in {@code text}, or -1
 * @param broken whether that is a byte that is no text
 */
record SourceText(String text, int forbidden, boolean broken) {
    private static final char REPLACEMENT = '\ufffd';
    /** Loaders read that many bytes at a time, and check all of them. */
    private static final int CHUNK = 512;
    /** They look at that many characters beyond what they use. */
    private static final int LOOKAHEAD = 4;

    /** UTF-8, or UTF-16 with a byte order mark. */
    static SourceText of(byte[] file) {
        Charset charset = StandardCharsets.UTF_8;
        if (file.length >= 2) {
            int mark = (file[0] & 0xFF) << 8 | file[1] & 0xFF;
            if (mark == 0xFEFF) {
                charset = StandardCharsets.UTF_16BE;
            } else if (mark == 0xFFFE) {
                charset = StandardCharsets.UTF_16LE;
            }
        }
        CharsetDecoder decoder = charset.newDecoder();
        CharBuffer chars = CharBuffer.allocate(file.length + 1);
        CoderResult end = decoder.decode(ByteBuffer.wrap(file), chars, true);
        boolean broken = end.isError();
        if (broken) {
            chars.put(REPLACEMENT);
        }
        chars.flip();
        if (chars.hasRemaining() && chars.get(0) == '\uFEFF') {
            chars.get();
        }
        int last = broken ? chars.remaining() - 1 : -1;
        String text = chars.toString();
        int forbidden = firstForbidden(text);
        if (forbidden < 0) {
            return new SourceText(text, last, broken);
        }
        return new SourceText(withoutForbidden(text), forbidden, broken && forbidden == last);
    }

    /** @throws SyntaxException if loaders that used {@code read} characters of the text have met a forbidden one */
    void check(int read) throws SyntaxException {
        if (forbidden >= 0 && forbidden < checked(read)) {
            Position position = positionOf(forbidden);
            throw new SyntaxException(
                    broken ? Code.TEXT_NOT_UNICODE : Code.SYNTAX,
                    position.line(),
                    position.column(),
                    broken ? "a byte that is no valid UTF-8" : "a control character");
        }
    }

    /** How many characters loaders have checked when they have used {@code read}. */
    private int checked(int read) {
        int needed = Math.min(text.length(), read + LOOKAHEAD);
        int at = 0;
        while (at < needed) {
            int bytes = 0;
            while (at < text.length()) {
                int codePoint = text.codePointAt(at);
                bytes += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
                if (bytes > CHUNK) {
                    break;
                }
                at += Character.charCount(codePoint);
            }
        }
        return at;
    }

    Position positionOf(int index) {
        int line = 1;
        int start = 0;
        for (int i = text.indexOf('\n'); i >= 0 && i < index; i = text.indexOf('\n', i + 1)) {
            line++;
            start = i + 1;
        }
        return new Position(line, text.codePointCount(start, index) + 1);
    }

    private static int firstForbidden(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isForbidden(text.charAt(i))) {
                return i;
            }
        }
        return -1;
    }

    private static String withoutForbidden(String text) {
        StringBuilder clean = new StringBuilder(text);
        for (int i = 0; i < clean.length(); i++) {
            if (isForbidden(clean.charAt(i))) {
                clean.setCharAt(i, REPLACEMENT);
            }
        }
        return clean.toString();
    }

    private static boolean isForbidden(char c) {
        return c < ' ' && c != '\t' && c != '\n' && c != '\r' || c >= 0x7f && c < 0xa0 && c != 0x85 || c > 0xfffd;
    }
}
