package io.github.gpucdi.testhost;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Makes {@code ld.so.cache} files of glibc's format {@code glibc-ld.so.cache1.1}. */
public final class LoaderCache {
    private static final int HEADER = 48;
    private static final int ENTRY = 24;
    /** {@code FLAG_ELF_LIBC6} with {@code FLAG_X8664_LIB64}. */
    private static final int X86_64 = 0x0303;

    /** {@code FLAG_ELF_LIBC6}, as {@code ldconfig} marks i386 libraries. */
    private static final int I386 = 0x0003;

    private static final String BITS_32 = "32:";

    private LoaderCache() {}

    /** A cache that lists these libraries in this order; one that begins with {@code 32:} has 32 bits. */
    public static byte[] of(List<String> libraries) {
        StringBuilder strings = new StringBuilder();
        ByteBuffer head = ByteBuffer.allocate(HEADER + ENTRY * libraries.size()).order(ByteOrder.LITTLE_ENDIAN);
        head.put("glibc-ld.so.cache1.1".getBytes(StandardCharsets.US_ASCII)).putInt(libraries.size());
        int at = HEADER;
        for (String library : libraries) {
            boolean bits32 = library.startsWith(BITS_32);
            String path = bits32 ? library.substring(BITS_32.length()) : library;
            int value = head.capacity() + strings.length();
            int key = value + path.lastIndexOf('/') + 1;
            head.putInt(at, bits32 ? I386 : X86_64).putInt(at + 4, key).putInt(at + 8, value);
            strings.append(path).append('\0');
            at += ENTRY;
        }
        head.putInt(24, strings.length());
        byte[] text = strings.toString().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(head.capacity() + text.length)
                .put(head.array())
                .put(text)
                .array();
    }
}
