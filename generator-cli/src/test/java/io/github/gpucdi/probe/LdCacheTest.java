package io.github.gpucdi.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.testhost.LdCacheFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LdCacheTest {
    private static final int X86_64 = 0x0303;
    private static final int I386 = 0x0003;
    private static final int AARCH64 = 0x0a01;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void lists64BitLibrariesInOrderEachOnce(int oldEntries) {
        byte[] cache = new LdCacheFile()
                .entry("libcuda.so.1", "/usr/lib/nv/libcuda.so.1", X86_64)
                .entry("libcuda.so.1", "/usr/lib32/libcuda.so.1", I386)
                .entry("liba.so", "/arm/liba.so", AARCH64)
                .entry("libcuda.so", "/usr/lib/nv/libcuda.so.1", X86_64)
                .bytes(oldEntries);

        assertThat(LdCache.paths(cache, 64).orElseThrow()).containsExactly("/usr/lib/nv/libcuda.so.1", "/arm/liba.so");
        assertThat(LdCache.paths(cache, 32).orElseThrow()).containsExactly("/usr/lib32/libcuda.so.1");
    }

    @Test
    void readsThisMachinesOwn() {
        RootedFs.host(Path.of("/")).bytes("/etc/ld.so.cache", LdCache.MAX_SIZE).ifPresent(cache -> {
            assertThat(LdCache.paths(cache, 64)).isPresent();
            assertThat(LdCache.paths(cache, 64).get()).allMatch(path -> path.startsWith("/"));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "ld.so-1.7.0", "glibc-ld.so.cache1.1", "glibc-ld.so.cache2.0", "something else entirely"})
    void otherFilesAreNone(String text) {
        assertThat(LdCache.paths(text.getBytes(StandardCharsets.US_ASCII), 64)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void takesAnyBytes(long seed) {
        Random random = new Random(seed);
        byte[] valid = new LdCacheFile()
                .entry("liba.so", "/usr/lib/liba.so", X86_64)
                .entry("libb.so", "/usr/lib/libb.so", X86_64)
                .bytes(2);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = Arrays.copyOf(valid, random.nextInt(3) == 0 ? random.nextInt(300) : valid.length);
            for (int change = random.nextInt(8); change > 0 && bytes.length > 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                for (String path : LdCache.paths(bytes, 64).orElse(List.of())) {
                    if (!path.startsWith("/")) {
                        throw new IllegalStateException(path);
                    }
                }
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ", round " + round + ": " + Arrays.toString(bytes), e);
            }
        }
    }
}
