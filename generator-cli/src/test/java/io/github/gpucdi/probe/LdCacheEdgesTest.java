package io.github.gpucdi.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.testhost.LdCacheFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A loader's cache whose parts end where they may, and one that claims more or less than it holds. */
class LdCacheEdgesTest {
    private static final int X86_64 = 0x0303;
    private static final int COUNT = 20;

    private static List<String> paths(byte[] cache) {
        return LdCache.paths(cache, 64).orElseThrow();
    }

    private static byte[] counting(byte[] cache, int count) {
        ByteBuffer.wrap(cache).order(ByteOrder.LITTLE_ENDIAN).putInt(COUNT, count);
        return cache;
    }

    private static LdCacheFile two() {
        return new LdCacheFile()
                .entry("liba.so", "/usr/lib/liba.so", X86_64)
                .entry("libb.so", "/usr/lib/libb.so", X86_64);
    }

    @Test
    void anEmptyCacheIsOne() {
        byte[] empty = new LdCacheFile().bytes(0);
        assertThat(empty).hasSize(48);
        assertThat(paths(empty)).isEmpty();
        assertThat(LdCache.paths(Arrays.copyOf(empty, 47), 64)).isEmpty();
    }

    @Test
    void noMoreEntriesThanItCounts() {
        assertThat(paths(counting(two().bytes(0), 0))).isEmpty();
        assertThat(paths(counting(two().bytes(0), 1))).containsExactly("/usr/lib/liba.so");
        assertThat(paths(counting(two().bytes(0), 2))).containsExactly("/usr/lib/liba.so", "/usr/lib/libb.so");
        assertThat(paths(counting(two().bytes(0), -1))).startsWith("/usr/lib/liba.so", "/usr/lib/libb.so");
    }

    /** A text may stand anywhere: here in the header, and the last entry ends the file. */
    @Test
    void theLastEntryMayEndTheFile() {
        byte[] cache = Arrays.copyOf(new LdCacheFile().bytes(0), 48 + 24);
        ByteBuffer bytes = ByteBuffer.wrap(counting(cache, 1)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(48, X86_64).putInt(56, 32).position(32);
        bytes.put("/lib/libx.so".getBytes(StandardCharsets.US_ASCII));
        assertThat(paths(cache)).containsExactly("/lib/libx.so");
        assertThat(paths(Arrays.copyOf(cache, cache.length - 1))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0x0303, true",
        "0x0301, true",
        "0x0503, true",
        "0x0a03, true",
        "0x0300, false",
        "0x0302, false",
        "0x0003, false",
        "0x0803, false",
        "0xff03, false",
    })
    void onlyLibrariesOf64BitsCount(String flags, boolean counts) {
        byte[] cache = new LdCacheFile()
                .entry("libx.so", "/usr/lib/libx.so", Integer.decode(flags))
                .bytes(0);
        assertThat(paths(cache)).hasSize(counts ? 1 : 0);
    }

    @Test
    void aLargeCacheIsReadToItsEnd() {
        LdCacheFile cache = new LdCacheFile();
        for (int i = 0; i < 500; i++) {
            cache.entry("libx" + i + ".so", "/usr/lib/libx" + i + ".so", X86_64);
        }
        assertThat(paths(cache.bytes(0))).hasSize(500).endsWith("/usr/lib/libx499.so");
        assertThat(paths(cache.bytes(7))).hasSize(500).endsWith("/usr/lib/libx499.so");
    }

    @ParameterizedTest
    @CsvSource({"4095, true", "4096, true", "4097, false"})
    void aPathIsNoLongerThanLinuxHasThem(int length, boolean taken) {
        String path = "/" + "x".repeat(length - 1);
        assertThat(paths(new LdCacheFile().entry("x", path, X86_64).bytes(0)))
                .isEqualTo(taken ? List.of(path) : List.of());
    }

    @ParameterizedTest
    @CsvSource({"relative/libx.so", "''"})
    void aPathThatIsNotAbsoluteIsPassedOver(String path) {
        assertThat(paths(new LdCacheFile()
                        .entry("x", path, X86_64)
                        .entry("y", "/y", X86_64)
                        .bytes(0)))
                .containsExactly("/y");
    }
}
