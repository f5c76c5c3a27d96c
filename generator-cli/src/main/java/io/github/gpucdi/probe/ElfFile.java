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
 * @param soname {@code DT_SONAME}, if it is a plain file name; read from 64-bit little-endian files only
 */
record ElfFile(int bits, int machine, Optional<String> soname) {
    private static final int HEADER_SIZE = 64;
    private static final int PROGRAM_HEADER_SIZE = 56;
    private static final int MAX_PROGRAM_HEADERS = 256;
    private static final int DYNAMIC_ENTRY_SIZE = 16;
    private static final int MAX_DYNAMIC_SIZE = 1024 * DYNAMIC_ENTRY_SIZE;
    private static final int MAX_NAME = 256;

    private static final int CLASS_32 = 1;
    private static final int CLASS_64 = 2;
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

    /** Whether the host's loader would take it: 64 bits, and the machine is the host's (-1: any). */
    boolean isFor(int hostMachine) {
        return bits == 64 && (hostMachine < 0 || machine == hostMachine);
    }

    /**
     * Reads a file.
     *
     * @return empty if it is not an ELF file, or a broken one
     * @throws IOException if the file cannot be read
     */
    static Optional<ElfFile> read(ByteSource file) throws IOException {
        byte[] bytes = new byte[HEADER_SIZE];
        int length = file.read(0, bytes);
        // An ELF32 header has 52 bytes.
        if (length < 52 || bytes[0] != 0x7f || bytes[1] != 'E' || bytes[2] != 'L' || bytes[3] != 'F') {
            return Optional.empty();
        }
        int elfClass = bytes[4];
        int order = bytes[5];
        if (elfClass != CLASS_32 && elfClass != CLASS_64 || order != LITTLE_ENDIAN && order != BIG_ENDIAN) {
            return Optional.empty();
        }
        ByteBuffer header =
                ByteBuffer.wrap(bytes).order(order == LITTLE_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int machine = header.getShort(18) & 0xffff;
        if (elfClass == CLASS_32) {
            return Optional.of(new ElfFile(32, machine, Optional.empty()));
        }
        if (length < HEADER_SIZE) {
            return Optional.empty();
        }
        if (order == BIG_ENDIAN) {
            return Optional.of(new ElfFile(64, machine, Optional.empty()));
        }
        return readDynamic(file, header, machine);
    }

    private static Optional<ElfFile> readDynamic(ByteSource file, ByteBuffer header, int machine) throws IOException {
        long tableAt = header.getLong(32);
        int entrySize = header.getShort(54) & 0xffff;
        int count = header.getShort(56) & 0xffff;
        if (count == 0) {
            return Optional.of(new ElfFile(64, machine, Optional.empty()));
        }
        if (entrySize != PROGRAM_HEADER_SIZE || count > MAX_PROGRAM_HEADERS) {
            return Optional.empty();
        }
        Optional<ByteBuffer> table = range(file, tableAt, (long) count * entrySize);
        if (table.isEmpty()) {
            return Optional.empty();
        }
        for (int i = 0; i < count; i++) {
            int at = i * PROGRAM_HEADER_SIZE;
            if (table.get().getInt(at) == PT_DYNAMIC) {
                long size = table.get().getLong(at + 32);
                Optional<ByteBuffer> dynamic = size < 0 || size > MAX_DYNAMIC_SIZE
                        ? Optional.empty()
                        : range(file, table.get().getLong(at + 8), size);
                return dynamic.isEmpty() ? Optional.empty() : named(file, machine, table.get(), dynamic.get());
            }
        }
        return Optional.of(new ElfFile(64, machine, Optional.empty()));
    }

    private static Optional<ElfFile> named(ByteSource file, int machine, ByteBuffer programHeaders, ByteBuffer dynamic)
            throws IOException {
        long strings = -1;
        long soname = -1;
        for (int at = 0; at + DYNAMIC_ENTRY_SIZE <= dynamic.limit(); at += DYNAMIC_ENTRY_SIZE) {
            long tag = dynamic.getLong(at);
            if (tag == DT_NULL) {
                break;
            } else if (tag == DT_STRTAB) {
                strings = dynamic.getLong(at + 8);
            } else if (tag == DT_SONAME) {
                // As for the loader, the last one counts.
                soname = dynamic.getLong(at + 8);
            }
        }
        if (soname < 0) {
            return Optional.of(new ElfFile(64, machine, Optional.empty()));
        }
        long stringsAt = fileOffset(programHeaders, strings);
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
        return Optional.of(new ElfFile(64, machine, PathText.isFileName(name) ? Optional.of(name) : Optional.empty()));
    }

    /** Where in the file a virtual address is; -1 if in no loaded segment. */
    private static long fileOffset(ByteBuffer programHeaders, long address) {
        if (address < 0) {
            return -1;
        }
        for (int at = 0; at < programHeaders.limit(); at += PROGRAM_HEADER_SIZE) {
            long offset = programHeaders.getLong(at + 8);
            long start = programHeaders.getLong(at + 16);
            long sizeInFile = programHeaders.getLong(at + 32);
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
