package io.github.gpucdi.host;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The bytes of a file, in lines that a snapshot can carry.
 *
 * @param encoding how the lines stand for the bytes
 * @param lines at most {@link #MAX_LINE} characters each
 */
public record FileContent(Encoding encoding, List<String> lines) {
    /** Longest line, in UTF-16 units. */
    public static final int MAX_LINE = 4096;

    /** Most lines that text may have; one with more is base64. */
    public static final int MAX_LINES = 100_000;

    private static final int BASE64_CHUNK = MAX_LINE / 4 * 3;

    /** How lines stand for bytes. */
    public enum Encoding {
        /** The lines of a UTF-8 text, joined by newlines; the last is empty if the text ends in one. */
        TEXT,
        /** Each line is base64 of its own, with padding: for what is no plain text. */
        BASE64
    }

    public FileContent {
        lines = List.copyOf(lines);
    }

    /** The content of a file: as text if it is such, in plain lines. */
    public static FileContent of(byte[] bytes) {
        return text(bytes)
                .map(lines -> new FileContent(Encoding.TEXT, lines))
                .orElseGet(() -> new FileContent(Encoding.BASE64, base64(bytes)));
    }

    /**
     * The bytes.
     *
     * @throws IllegalArgumentException if a line is no base64 although it should be
     */
    public byte[] bytes() {
        if (encoding == Encoding.TEXT) {
            return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String line : lines) {
            bytes.writeBytes(Base64.getDecoder().decode(line));
        }
        return bytes.toByteArray();
    }

    /** Characters in all lines, in UTF-16 units. */
    public int size() {
        int size = 0;
        for (String line : lines) {
            size += line.length();
        }
        return size;
    }

    private static Optional<List<String>> text(byte[] bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
        List<String> lines = Arrays.asList(text.split("\n", -1));
        boolean plain = lines.size() <= MAX_LINES;
        for (int i = 0; plain && i < lines.size(); i++) {
            plain = lines.get(i).length() <= MAX_LINE && PlainText.isPlain(lines.get(i));
        }
        return plain ? Optional.of(lines) : Optional.empty();
    }

    private static List<String> base64(byte[] bytes) {
        List<String> lines = new ArrayList<>();
        for (int from = 0; from < bytes.length; from += BASE64_CHUNK) {
            byte[] chunk = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + BASE64_CHUNK));
            lines.add(Base64.getEncoder().encodeToString(chunk));
        }
        return lines;
    }
}
