package io.github.gpucdi.cdi.text;

import io.github.gpucdi.cdi.spec.Finding.Code;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;

/** Turns bytes into text as YAML loaders do. */
final class SourceText {
    private SourceText() {}

    /** UTF-8, or UTF-16 with a byte order mark; the mark itself is dropped. */
    static String of(byte[] file) throws SyntaxException {
        Charset charset = StandardCharsets.UTF_8;
        if (file.length >= 2) {
            int mark = (file[0] & 0xFF) << 8 | file[1] & 0xFF;
            if (mark == 0xFEFF) {
                charset = StandardCharsets.UTF_16BE;
            } else if (mark == 0xFFFE) {
                charset = StandardCharsets.UTF_16LE;
            }
        }
        String text = decode(file, charset.newDecoder());
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static String decode(byte[] file, CharsetDecoder decoder) throws SyntaxException {
        try {
            return decoder.decode(ByteBuffer.wrap(file)).toString();
        } catch (CharacterCodingException e) {
            CharBuffer good = CharBuffer.allocate(file.length);
            decoder.reset().decode(ByteBuffer.wrap(file), good, true);
            good.flip();
            int line = 1;
            int column = 1;
            while (good.hasRemaining()) {
                boolean end = good.get() == '\n';
                line += end ? 1 : 0;
                column = end ? 1 : column + 1;
            }
            throw new SyntaxException(Code.TEXT_NOT_UNICODE, line, column, "a byte that is no valid Unicode text");
        }
    }
}
