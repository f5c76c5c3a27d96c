package io.github.gpucdi.probe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What the dynamic loader looks at first in a shared library; see {@code elf(5)}.
 *
 * <p>Reads the headers, the dynamic section and one string, whatever the file's size. The file is not trusted:
 * whatever points outside of it makes it no ELF file.
 *
 * @param bits 32 or 64, by {@code EI_CLASS}
 * @param machine {@code e_machine}
 * @param soname {@code DT_SONAME}, if it is a plain file name; read from little-endian files only
 */
record ElfFile(int bits, int machine, Optional<String> soname) {
    private static final int MAX_PROGRAM_HEADERS = 256;
    private static final int MAX_DYNAMIC_ENTRIES = 1024;
    private static final int MAX_NAME = 256;

    private static final int CLASS_32 = 1;
    private static final int CLASS_64 = 2;

    /** Sizes and offsets in a file of one class. */
    private record Shape(
            int bits,
            int header,
            int programHeaders,
            int programHeaderSizes,
            int programHeader,
            int offset,
            int address,
            int sizeInFile,
            int dynamicEntry) {
        static final Shape OF_32 = new Shape(32, 52, 28, 42, 32, 4, 8, 16, 8);
        static final Shape OF_64 = new Shape(64, 64, 32, 54, 56, 8, 16, 32, 16);

        long word(ByteBuffer bytes, int at) {
            return bits == 64 ? bytes.getLong(at) : Integer.toUnsignedLong(bytes.getInt(at));
        }
    }

    private static final int LITTLE_ENDIAN = 1;
    private static final int BIG_ENDIAN = 2;
    private static final int PT_LOAD = 1;
    private static final int PT_DYNAMIC = 2;
    private static final long DT_NULL = 0;
    private static final long DT_STRTAB = 5;
    private static final long DT_SONAME = 14;

    /**
     * {@code e_machine} of an architecture as uname prints it; -1 for one that is not known here.
     */
    static int machineOf(String architecture) {
        return switch (architecture) {
            case "x86_64" -> 62;
            case "aarch64" -> 183;
            case "ppc64le" -> 21;
            case "s390x" -> 22;
            case "riscv64" -> 243;
            case "loongarch64" -> 258;
            default -> -1;
        };
    }

    /**
     * Reads a file.
     *
     * @return empty if it is not an ELF file, or a broken one
     * @throws IOException if the file cannot be read
     */
    static Optional<ElfFile> read(ByteSource file) throws IOException {
        byte[] bytes = new byte[Shape.OF_64.header()];
        int length = file.read(0, bytes);
        if (length < Shape.OF_32.header()
                || bytes[0] != 0x7f
                || bytes[1] != 'E'
                || bytes[2] != 'L'
                || bytes[3] != 'F') {
            return Optional.empty();
        }
        int elfClass = bytes[4];
        int order = bytes[5];
        if (elfClass != CLASS_32 && elfClass != CLASS_64 || order != LITTLE_ENDIAN && order != BIG_ENDIAN) {
            return Optional.empty();
        }
        Shape shape = elfClass == CLASS_32 ? Shape.OF_32 : Shape.OF_64;
        ByteBuffer header =
                ByteBuffer.wrap(bytes).order(order == LITTLE_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int machine = header.getShort(18) & 0xffff;
        if (length < shape.header()) {
            return Optional.empty();
        }
        if (order == BIG_ENDIAN) {
            return Optional.of(new ElfFile(shape.bits(), machine, Optional.empty()));
        }
        return readDynamic(file, header, machine, shape);
    }

    private static Optional<ElfFile> readDynamic(ByteSource file, ByteBuffer header, int machine, Shape shape)
            throws IOException {
        long tableAt = shape.word(header, shape.programHeaders());
        int entrySize = header.getShort(shape.programHeaderSizes()) & 0xffff;
        int count = header.getShort(shape.programHeaderSizes() + 2) & 0xffff;
        if (count == 0) {
            return Optional.of(new ElfFile(shape.bits(), machine, Optional.empty()));
        }
        if (entrySize != shape.programHeader() || count > MAX_PROGRAM_HEADERS) {
            return Optional.empty();
        }
        Optional<ByteBuffer> table = range(file, tableAt, (long) count * entrySize);
        if (table.isEmpty()) {
            return Optional.empty();
        }
        for (int i = 0; i < count; i++) {
            int at = i * shape.programHeader();
            if (table.get().getInt(at) == PT_DYNAMIC) {
                long size = shape.word(table.get(), at + shape.sizeInFile());
                Optional<ByteBuffer> dynamic = size < 0 || size > (long) MAX_DYNAMIC_ENTRIES * shape.dynamicEntry()
                        ? Optional.empty()
                        : range(file, shape.word(table.get(), at + shape.offset()), size);
                return dynamic.isEmpty() ? Optional.empty() : named(file, machine, table.get(), dynamic.get(), shape);
            }
        }
        return Optional.of(new ElfFile(shape.bits(), machine, Optional.empty()));
    }

    private static Optional<ElfFile> named(
            ByteSource file, int machine, ByteBuffer programHeaders, ByteBuffer dynamic, Shape shape)
            throws IOException {
        long strings = -1;
        long soname = -1;
        for (int at = 0; at + shape.dynamicEntry() <= dynamic.limit(); at += shape.dynamicEntry()) {
            long tag = shape.word(dynamic, at);
            long value = shape.word(dynamic, at + shape.dynamicEntry() / 2);
            if (tag == DT_NULL) {
                break;
            } else if (tag == DT_STRTAB) {
                strings = value;
            } else if (tag == DT_SONAME) {
                // As for the loader, the last one counts.
                soname = value;
            }
        }
        if (soname < 0) {
            return Optional.of(new ElfFile(shape.bits(), machine, Optional.empty()));
        }
        long stringsAt = fileOffset(programHeaders, strings, shape);
        if (stringsAt < 0 || soname > Integer.MAX_VALUE || stringsAt + soname >= file.size()) {
            return Optional.empty();
        }
        byte[] text = new byte[MAX_NAME];
        int length = file.read(stringsAt + soname, text);
        int end = 0;
        while (end < length && text[end] != 0) {
            end++;
        }
        if (end == length) {
            return Optional.empty();
        }
        String name = new String(text, 0, end, StandardCharsets.UTF_8);
        return Optional.of(
                new ElfFile(shape.bits(), machine, PathText.isFileName(name) ? Optional.of(name) : Optional.empty()));
    }

    /** Where in the file a virtual address is; -1 if in no loaded segment. */
    private static long fileOffset(ByteBuffer programHeaders, long address, Shape shape) {
        if (address < 0) {
            return -1;
        }
        for (int at = 0; at < programHeaders.limit(); at += shape.programHeader()) {
            long offset = shape.word(programHeaders, at + shape.offset());
            long start = shape.word(programHeaders, at + shape.address());
            long sizeInFile = shape.word(programHeaders, at + shape.sizeInFile());
            if (programHeaders.getInt(at) == PT_LOAD
                    && offset >= 0
                    && offset <= Long.MAX_VALUE / 4
                    && start >= 0
                    && address >= start
                    && address - start < sizeInFile
                    && address - start <= Long.MAX_VALUE / 4) {
                return offset + (address - start);
            }
        }
        return -1;
    }

    /** Bytes of the file, none if any of them is beyond its end. */
    private static Optional<ByteBuffer> range(ByteSource file, long from, long size) throws IOException {
        if (from < 0 || from > file.size() - size) {
            return Optional.empty();
        }
        byte[] bytes = new byte[(int) size];
        return file.read(from, bytes) < size
                ? Optional.empty()
                : Optional.of(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    }
}
