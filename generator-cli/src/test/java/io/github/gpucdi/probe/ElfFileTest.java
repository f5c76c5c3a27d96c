package io.github.gpucdi.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.host.Platform;
import io.github.gpucdi.testhost.SharedObject;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ElfFileTest {
    /** A file in memory that counts what is read of it. */
    private static final class Bytes implements ByteSource {
        private final byte[] content;
        private long read;

        Bytes(byte[] content) {
            this.content = content;
        }

        @Override
        public long size() {
            return content.length;
        }

        @Override
        public int read(long position, byte[] into) {
            if (position < 0 || position > content.length) {
                throw new IllegalArgumentException("reads at " + position);
            }
            int length = (int) Math.min(into.length, content.length - position);
            System.arraycopy(content, (int) position, into, 0, length);
            read += length;
            return length;
        }

        @Override
        public void close() {}
    }

    private static Optional<ElfFile> read(byte[] content) throws IOException {
        return ElfFile.read(new Bytes(content));
    }

    @ParameterizedTest
    @CsvSource({"x86_64, 64, 62", "aarch64, 64, 183", "i386, 32, 3"})
    void readsMachineAndSoname(String architecture, int bits, int machine) throws IOException {
        assertThat(read(SharedObject.of("libcuda.so.1", architecture)))
                .contains(new ElfFile(bits, machine, Optional.of("libcuda.so.1")));
        assertThat(read(SharedObject.of("-", architecture))).contains(new ElfFile(bits, machine, Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({"x86_64, 62", "aarch64, 183", "i386, -1", "vax, -1"})
    void machines(String architecture, int machine) {
        assertThat(ElfFile.machineOf(architecture)).isEqualTo(machine);
    }

    @Test
    void aLoaderTakesItsOwn() throws IOException {
        ElfFile intel = read(SharedObject.of("a", "x86_64")).orElseThrow();
        ElfFile old = read(SharedObject.of("a", "i386")).orElseThrow();

        Loader own = Loader.of(new Platform("x86_64", ""));
        assertThat(own.takes(intel)).isTrue();
        assertThat(own.takes(old)).isFalse();
        assertThat(Loader.of(new Platform("aarch64", "")).takes(intel)).isFalse();
        assertThat(Loader.of(new Platform("vax", "")).takes(intel)).isTrue();
        assertThat(Loader.of(new Platform("vax", "")).takes(old)).isFalse();
        assertThat(Loader.I386.takes(old)).isTrue();
        assertThat(Loader.I386.takes(intel)).isFalse();
    }

    @Test
    void aBigEndianFileIsAnElfFileOfItsMachine() throws IOException {
        byte[] file = SharedObject.of("a", "x86_64");
        file[5] = 2;
        file[18] = 0;
        file[19] = 22;

        assertThat(read(file)).contains(new ElfFile(64, 22, Optional.empty()));
    }

    @Test
    void readsFewBytesOfALargeFile() throws IOException {
        Bytes file = new Bytes(Arrays.copyOf(SharedObject.of("libcuda.so.1", "x86_64"), 50_000_000));

        assertThat(ElfFile.read(file).orElseThrow().soname()).contains("libcuda.so.1");
        assertThat(file.read).isLessThan(1000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "\u007fELF", "#!/bin/sh\necho", "INPUT ( /lib/libc.so.6 )"})
    void otherFilesAreNone(String text) throws IOException {
        assertThat(read(Arrays.copyOf(text.getBytes(), text.length()))).isEmpty();
        assertThat(read(Arrays.copyOf(text.getBytes(), 200))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../etc/passwd", "/lib/x", "new\nline", ".."})
    void aSonameThatIsNoFileNameIsNone(String soname) throws IOException {
        assertThat(read(SharedObject.of(soname, "x86_64")).orElseThrow().soname())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x86_64", "i386"})
    void aFileCutShortIsNone(String machine) throws IOException {
        byte[] whole = SharedObject.of("libcuda.so.1", machine);

        for (int length = 0; length < whole.length; length++) {
            assertThat(read(Arrays.copyOf(whole, length)))
                    .as("%s bytes", length)
                    .isEmpty();
        }
    }

    /** Whatever the bytes: an answer, no exception, no read beyond the file, and not much of it. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void takesAnyBytes(long seed) throws IOException {
        Random random = new Random(seed);
        byte[] valid = SharedObject.of("libcuda.so.1", seed % 2 == 0 ? "i386" : "x86_64");
        int[] interesting = {0, 1, 0x7f, 0x80, 0xff};
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = Arrays.copyOf(valid, random.nextInt(4) == 0 ? random.nextInt(400) : valid.length);
            for (int change = random.nextInt(12); change > 0 && bytes.length > 0; change--) {
                int at = random.nextInt(bytes.length);
                bytes[at] = (byte)
                        (random.nextBoolean() ? interesting[random.nextInt(interesting.length)] : random.nextInt(256));
            }
            Bytes file = new Bytes(bytes);
            try {
                Optional<ElfFile> elf = ElfFile.read(file);
                String name = elf.flatMap(ElfFile::soname).orElse("none");
                if (!PathText.isFileName(name) || file.read > 64 + 256 * 56 + 16384 + 256) {
                    throw new IllegalStateException(name + ", " + file.read + " bytes read");
                }
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ", round " + round + ": " + Arrays.toString(bytes), e);
            }
        }
    }
}
