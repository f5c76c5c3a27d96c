package io.github.gpucdi.nvml;

import java.nio.charset.StandardCharsets;

/** Text in C buffers. */
final class NvmlText {

    private NvmlText() {}

    /** Decodes up to the first NUL, or the whole range if a library forgot it; bytes that are not UTF-8 become U+FFFD. */
    static String decode(byte[] bytes, int offset, int size) {
        int length = 0;
        while (length < size && bytes[offset + length] != 0) {
            length++;
        }
        return new String(bytes, offset, length, StandardCharsets.UTF_8);
    }
}
