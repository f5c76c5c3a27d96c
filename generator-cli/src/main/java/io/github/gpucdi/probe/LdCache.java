package io.github.gpucdi.probe;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The dynamic loader's cache, {@code /etc/ld.so.cache} (glibc {@code dl-cache.h}, format {@code glibc-ld.so.cache1.1},
 * with or without the old format in front).
 *
 * <p>The file is not trusted: an entry that points outside of it is passed over.
 */
final class LdCache {
    /** Largest cache that is read, in bytes; one of a full desktop has a few hundred thousand. */
    static final int MAX_SIZE = 16 << 20;

    private static final byte[] OLD_MAGIC = "ld.so-1.7.0".getBytes(StandardCharsets.US_ASCII);
    private static final int OLD_HEADER = 16;
    private static final int OLD_ENTRY = 12;
    private static final byte[] MAGIC = "glibc-ld.so.cache1.1".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER = 48;
    private static final int ENTRY = 24;
    private static final int MAX_PATH = 4096;
    private static final int TYPE_MASK = 0x00ff;
    private static final int TYPE_ELF = 0x0001;
    private static final int ABI_MASK = 0xff00;

    private LdCache() {}

    /**
     * Paths of the libraries in a cache that are for this machine's programs of 64 or 32 bits, each once, in its order.
     *
     * @param cache the file's bytes
     * @param bits 32 or 64
     * @return empty if it is not a cache of a known format
     */
    static Optional<List<String>> paths(byte[] cache, int bits) {
        int start = startOfNewFormat(cache);
        if (start < 0 || start > cache.length - HEADER || !hasAt(cache, start, MAGIC)) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(cache).order(ByteOrder.LITTLE_ENDIAN);
        long count = Integer.toUnsignedLong(bytes.getInt(start + MAGIC.length));
        Set<String> paths = new LinkedHashSet<>();
        for (long i = 0; i < count; i++) {
            long at = start + HEADER + i * ENTRY;
            if (at > cache.length - ENTRY) {
                break;
            }
            int flags = bytes.getInt((int) at);
            long value = start + Integer.toUnsignedLong(bytes.getInt((int) at + 8));
            if ((flags & TYPE_MASK & TYPE_ELF) != 0
                    && is64Bit(flags & ABI_MASK) == (bits == 64)
                    && value < cache.length) {
                text(cache, (int) value).ifPresent(paths::add);
            }
        }
        return Optional.of(new ArrayList<>(paths));
    }

    /** The ABIs that {@code ldconfig} marks so and that have NVIDIA drivers of 64 bits. */
    private static boolean is64Bit(int abi) {
        // x86-64, POWER, AArch64
        return abi == 0x0300 || abi == 0x0500 || abi == 0x0a00;
    }

    private static int startOfNewFormat(byte[] cache) {
        if (!hasAt(cache, 0, OLD_MAGIC)) {
            return 0;
        }
        if (cache.length < OLD_HEADER) {
            return -1;
        }
        long count = Integer.toUnsignedLong(
                ByteBuffer.wrap(cache).order(ByteOrder.LITTLE_ENDIAN).getInt(12));
        long end = OLD_HEADER + count * OLD_ENTRY;
        long aligned = (end + 7) & ~7L;
        return aligned > cache.length ? -1 : (int) aligned;
    }

    private static boolean hasAt(byte[] cache, int at, byte[] magic) {
        if (at > cache.length - magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if (cache[at + i] != magic[i]) {
                return false;
            }
        }
        return true;
    }

    /** An absolute path that ends with NUL. */
    private static Optional<String> text(byte[] cache, int from) {
        int end = from;
        while (end < cache.length && cache[end] != 0 && end - from < MAX_PATH) {
            end++;
        }
        if (end == cache.length || cache[end] != 0 || end == from || cache[from] != '/') {
            return Optional.empty();
        }
        return Optional.of(new String(cache, from, end - from, StandardCharsets.UTF_8));
    }
}
