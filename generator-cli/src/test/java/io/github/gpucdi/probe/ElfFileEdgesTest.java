package io.github.gpucdi.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.testhost.SharedObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Libraries at the edges of what is taken: what the dynamic loader takes must be taken, what points elsewhere must not. */
class ElfFileEdgesTest {
    private static final int PT_LOAD = 1;
    private static final int PT_DYNAMIC = 2;
    private static final int DT_NULL = 0;
    private static final int DT_STRTAB = 5;
    private static final int DT_SONAME = 14;
    private static final int TABLE = 64;
    private static final int ENTRY = 56;

    /** A library of zeros with an x86-64 header and room for {@code headers} program headers. */
    private static ByteBuffer library(int size, int headers) {
        ByteBuffer file = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1});
        file.putShort(18, (short) 62).putLong(32, TABLE);
        return file.putShort(54, (short) ENTRY).putShort(56, (short) headers);
    }

    private static void header(ByteBuffer file, int index, int type, long offset, long address, long size) {
        int at = TABLE + index * ENTRY;
        file.putInt(at, type).putLong(at + 8, offset).putLong(at + 16, address).putLong(at + 32, size);
    }

    private static void dynamic(ByteBuffer file, int at, long... tagsAndValues) {
        for (int i = 0; i < tagsAndValues.length; i++) {
            file.putLong(at + 8 * i, tagsAndValues[i]);
        }
    }

    private static void text(ByteBuffer file, int at, String text) {
        file.position(at);
        file.put(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static Optional<ElfFile> read(ByteBuffer file) throws IOException {
        return read(file.array());
    }

    private static Optional<ElfFile> read(byte[] content) throws IOException {
        return ElfFile.read(new ByteSource() {
            @Override
            public long size() {
                return content.length;
            }

            @Override
            public int read(long position, byte[] into) {
                int length = (int) Math.min(into.length, content.length - position);
                System.arraycopy(content, (int) position, into, 0, length);
                return length;
            }

            @Override
            public void close() {}
        });
    }

    private static Optional<ElfFile> named(String soname) {
        return Optional.of(new ElfFile(64, 62, Optional.ofNullable(soname)));
    }

    @Test
    void aHeaderOf32BitsHas52Bytes() throws IOException {
        byte[] file = SharedObject.of("a", "i386");
        file[44] = 0;
        assertThat(read(Arrays.copyOf(file, 52))).contains(new ElfFile(32, 3, Optional.empty()));
        assertThat(read(Arrays.copyOf(file, 51))).isEmpty();
    }

    @Test
    void machineNumber0IsAMachine() {
        Loader none = new Loader(64, 0, List.of());
        assertThat(none.takes(new ElfFile(64, 62, Optional.empty()))).isFalse();
        assertThat(none.takes(new ElfFile(64, 0, Optional.empty()))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"ppc64le, 21", "s390x, 22", "riscv64, 243", "loongarch64, 258", "vax, -1", "'', -1"})
    void machinesByTheirArchitecture(String architecture, int machine) {
        assertThat(ElfFile.machineOf(architecture)).isEqualTo(machine);
    }

    @Test
    void withoutProgramHeadersItHasNoName() throws IOException {
        assertThat(read(library(64, 0))).isEqualTo(named(null));
    }

    /** What is loaded may look like a dynamic section: only the header tells. */
    @Test
    void withoutADynamicSectionItHasNoName() throws IOException {
        ByteBuffer file = library(300, 1);
        header(file, 0, PT_LOAD, 200, 0x1000, 100);
        dynamic(file, 200, DT_STRTAB, 0x1000 + 48, DT_SONAME, 1);
        text(file, 249, "libx.so");
        assertThat(read(file)).isEqualTo(named(null));
        header(file, 0, PT_DYNAMIC, 200, 0x1000, 48);
        assertThat(read(file)).as("its strings are in no segment").isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"256, true", "257, false"})
    void programHeadersAreAtMost256(int headers, boolean taken) throws IOException {
        ByteBuffer file = library(TABLE + headers * ENTRY + 100, headers);
        assertThat(read(file)).isEqualTo(taken ? named(null) : Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({"0, true", "16, true", "16384, true", "16385, false", "16400, false", "-1, false", "-16, false"})
    void theDynamicSectionIsOfASizeThatCanBe(long size, boolean taken) throws IOException {
        ByteBuffer file = library(20_000, 1);
        header(file, 0, PT_DYNAMIC, 200, 0, size);
        assertThat(read(file)).isEqualTo(taken ? named(null) : Optional.empty());
    }

    /** Strings in front, the section at the end of the file and without an end of its own. */
    @Test
    void theDynamicSectionMayEndTheFileAndNeedsNoEnd() throws IOException {
        ByteBuffer file = library(232, 2);
        header(file, 0, PT_LOAD, 176, 0x1000, 56);
        header(file, 1, PT_DYNAMIC, 200, 0x1018, 32);
        text(file, 177, "libx.so");
        dynamic(file, 200, DT_STRTAB, 0x1000, DT_SONAME, 1);
        assertThat(read(file)).isEqualTo(named("libx.so"));
        assertThat(read(Arrays.copyOf(file.array(), 231))).isEmpty();
    }

    @Test
    void whatFollowsTheEndOfTheSectionIsNoneOfIt() throws IOException {
        ByteBuffer file = library(300, 2);
        header(file, 0, PT_LOAD, 0, 0x1000, 300);
        header(file, 1, PT_DYNAMIC, 176, 0x1000, 64);
        text(file, 251, "libx.so");
        dynamic(file, 176, DT_STRTAB, 0x1000 + 250, DT_NULL, 0, DT_SONAME, 1);
        assertThat(read(file)).isEqualTo(named(null));
        dynamic(file, 176, DT_SONAME, 4, DT_STRTAB, 0x1000 + 250, DT_SONAME, 1);
        assertThat(read(file)).as("the last name counts").isEqualTo(named("libx.so"));
    }

    /** Where the strings are: in the first and the last byte of a segment, and not after it. */
    @ParameterizedTest
    @CsvSource({
        "0, 0, libx.so",
        "0, 9, so",
        "0x1000, 0x1000, libx.so",
        "0x1000, 0x1009, so",
        "0x1000, 0x0fff, ",
        "0x1000, 0x103f, 0",
        "0x1000, 0x1040, ",
        "0, -1, ",
    })
    void aNameIsWhereItsSegmentIsLoaded(String start, String strings, String soname) throws IOException {
        ByteBuffer file = library(400, 2);
        header(file, 0, PT_LOAD, 236, Long.decode(start), 0x40);
        header(file, 1, PT_DYNAMIC, 176, 0x9000, 48);
        text(file, 236, "libx.so\0\0so\0");
        text(file, 236 + 0x3f, "0\0");
        dynamic(file, 176, DT_STRTAB, Long.decode(strings), DT_SONAME, 0);
        assertThat(read(file)).isEqualTo(soname == null ? Optional.empty() : named(soname));
    }

    @Test
    void stringsMayBeWhereTheFileBegins() throws IOException {
        ByteBuffer file = library(300, 2);
        header(file, 0, PT_LOAD, 0, 0x1000, 300);
        header(file, 1, PT_DYNAMIC, 176, 0x9000, 48);
        dynamic(file, 176, DT_STRTAB, 0x1000, DT_SONAME, 240);
        text(file, 240, "libx.so");
        assertThat(read(file)).isEqualTo(named("libx.so"));
    }

    @Test
    void aNameWithoutStringsIsNone() throws IOException {
        ByteBuffer file = library(300, 2);
        header(file, 0, PT_LOAD, 0, 0x1000, 300);
        header(file, 1, PT_DYNAMIC, 176, 0x9000, 48);
        dynamic(file, 176, DT_SONAME, 1);
        assertThat(read(file)).isEmpty();
        dynamic(file, 176, DT_SONAME, 1, DT_STRTAB, 0x9000);
        assertThat(read(file)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, true", "255, true", "256, false", "257, false", "299, false"})
    void aNameHasAtMost255Characters(int length, boolean taken) throws IOException {
        ByteBuffer file = library(600, 2);
        header(file, 0, PT_LOAD, 240, 0x1000, 360);
        header(file, 1, PT_DYNAMIC, 176, 0x9000, 48);
        dynamic(file, 176, DT_STRTAB, 0x1000, DT_SONAME, 0);
        text(file, 240, "x".repeat(length));
        assertThat(read(file)).isEqualTo(taken ? named("x".repeat(length)) : Optional.empty());
    }
}
