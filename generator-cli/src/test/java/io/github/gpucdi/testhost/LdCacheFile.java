package io.github.gpucdi.testhost;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Makes {@code ld.so.cache} files of the format {@code glibc-ld.so.cache1.1}. */
public final class LdCacheFile {
    private static final int X86_64 = 0x0303;
    private static final int I386 = 0x0003;
    private static final String BITS_32 = "32:";

    private record Entry(String name, String path, int flags) {}

    private final List<Entry> entries = new ArrayList<>();

    /** A cache that lists these libraries in this order; one that begins with {@code 32:} has 32 bits. */
    static byte[] of(List<String> libraries) {
        LdCacheFile cache = new LdCacheFile();
        for (String library : libraries) {
            boolean bits32 = library.startsWith(BITS_32);
            String path = bits32 ? library.substring(BITS_32.length()) : library;
            cache.entry(path.substring(path.lastIndexOf('/') + 1), path, bits32 ? I386 : X86_64);
        }
        return cache.bytes(0);
    }

    /**
     * Adds a library.
     *
     * @param flags type and ABI, such as 0x0303 for x86-64
     */
    public LdCacheFile entry(String name, String path, int flags) {
        entries.add(new Entry(name, path, flags));
        return this;
    }

    /**
     * The file.
     *
     * @param oldEntries number of entries of the old format in front; 0 for none of it
     */
    public byte[] bytes(int oldEntries) {
        int start = oldEntries == 0 ? 0 : (16 + 12 * oldEntries + 7) / 8 * 8;
        int strings = 48 + 24 * entries.size();
        ByteBuffer file = ByteBuffer.allocate(start + strings + stringsSize()).order(ByteOrder.LITTLE_ENDIAN);
        if (oldEntries > 0) {
            file.put("ld.so-1.7.0".getBytes(StandardCharsets.US_ASCII)).putInt(12, oldEntries);
        }
        file.position(start);
        file.put("glibc-ld.so.cache1.1".getBytes(StandardCharsets.US_ASCII));
        file.putInt(entries.size()).putInt(stringsSize());
        int text = strings;
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            int at = start + 48 + 24 * i;
            file.putInt(at, entry.flags()).putInt(at + 4, text);
            text = put(file, start, text, entry.name());
            file.putInt(at + 8, text);
            text = put(file, start, text, entry.path());
        }
        return file.array();
    }

    private static int put(ByteBuffer file, int start, int at, String text) {
        file.position(start + at);
        file.put(text.getBytes(StandardCharsets.UTF_8));
        return at + text.length() + 1;
    }

    private int stringsSize() {
        int size = 0;
        for (Entry entry : entries) {
            size += entry.name().length() + entry.path().length() + 2;
        }
        return size;
    }
}
