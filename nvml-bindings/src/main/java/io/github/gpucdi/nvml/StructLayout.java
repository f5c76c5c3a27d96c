package io.github.gpucdi.nvml;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The layout of a C struct of NVML on LP64 Linux (x86-64 and AArch64 agree), and access to a copy of one in a byte array.
 *
 * @param name the C name without {@code nvml} and {@code _t}
 * @param size size in bytes, padding included
 * @param version version word that the first field must hold before the call, 0 if the struct has none
 * @param fields the named fields, in order of offset
 */
record StructLayout(String name, int size, int version, List<Field> fields) {

    /**
     * One field.
     *
     * @param name C name
     * @param offset bytes from the struct's start
     * @param size bytes: 4 or 8 for a number, anything for text and nested structs
     */
    record Field(String name, int offset, int size) {}

    StructLayout {
        fields = List.copyOf(fields);
    }

    /** A layout without a version word. */
    static StructLayout plain(String name, int size, Field... fields) {
        return new StructLayout(name, size, 0, List.of(fields));
    }

    /** A layout that begins with the version word {@code size | version << 24}. */
    static StructLayout versioned(String name, int version, int size, Field... fields) {
        List<Field> all = new ArrayList<>(fields.length + 1);
        all.add(field("version", 0, 4));
        all.addAll(List.of(fields));
        return new StructLayout(name, size, size | version << 24, all);
    }

    static Field field(String name, int offset, int size) {
        return new Field(name, offset, size);
    }

    /** A zeroed struct with its version word set. */
    byte[] allocate() {
        byte[] struct = new byte[size];
        if (version != 0) {
            view(struct).putInt(0, version);
        }
        return struct;
    }

    int u32(byte[] struct, String field) {
        return view(struct).getInt(find(field).offset());
    }

    long u64(byte[] struct, String field) {
        return view(struct).getLong(find(field).offset());
    }

    /** The text of a {@code char} array, up to its NUL or its end. */
    String text(byte[] struct, String field) {
        Field text = find(field);
        return NvmlText.decode(struct, text.offset(), text.size());
    }

    private Field find(String field) {
        for (Field candidate : fields) {
            if (candidate.name().equals(field)) {
                return candidate;
            }
        }
        throw new IllegalArgumentException(name + " has no field " + field);
    }

    private static ByteBuffer view(byte[] struct) {
        return ByteBuffer.wrap(struct).order(ByteOrder.nativeOrder());
    }
}
