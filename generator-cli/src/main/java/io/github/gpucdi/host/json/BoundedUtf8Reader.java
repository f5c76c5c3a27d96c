package io.github.gpucdi.host.json;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Characters of a UTF-8 stream of bounded length. Unlike an {@link java.io.InputStreamReader}, it hands out all that
 * comes before a malformed byte, so that a parser's idea of line and column holds.
 */
final class BoundedUtf8Reader extends Reader {
    private static final int BUFFER = 8192;

    private final InputStream in;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER).limit(0);
    private final CharBuffer chars = CharBuffer.allocate(BUFFER).limit(0);
    private long left;
    private boolean ended;

    BoundedUtf8Reader(InputStream in, long maxBytes) {
        this.in = in;
        this.left = maxBytes;
    }

    /** The stream holds more bytes than allowed. */
    static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!chars.hasRemaining() && !decodeMore()) {
            return -1;
        }
        int got = Math.min(length, chars.remaining());
        chars.get(target, offset, got);
        return got;
    }

    private boolean decodeMore() throws IOException {
        while (true) {
            chars.clear();
            CoderResult result = decoder.decode(bytes, chars, ended);
            chars.flip();
            if (chars.hasRemaining()) {
                return true;
            }
            if (result.isError()) {
                result.throwException();
            }
            if (ended) {
                return false;
            }
            fill();
        }
    }

    private void fill() throws IOException {
        bytes.compact();
        int got = in.read(bytes.array(), bytes.position(), bytes.remaining());
        if (got < 0) {
            ended = true;
        } else {
            left -= got;
            if (left < 0) {
                throw new TooLongException();
            }
            bytes.position(bytes.position() + got);
        }
        bytes.flip();
    }

    /** Does nothing: the stream is its opener's. */
    @Override
    public void close() {}
}
