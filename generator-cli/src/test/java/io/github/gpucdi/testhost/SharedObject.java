package io.github.gpucdi.testhost;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Makes the smallest shared objects that the dynamic loader takes: no code, no symbols. */
public final class SharedObject {
    /** Addresses differ from file offsets, as they may in real libraries. */
    private static final long BASE = 0x10000;

    private final boolean wide;
    private final ByteBuffer file;
    private final int header;
    private final int programHeader;
    private final int dynamicEntry;

    private SharedObject(boolean wide, int name) {
        this.wide = wide;
        this.header = wide ? 64 : 52;
        this.programHeader = wide ? 56 : 32;
        this.dynamicEntry = wide ? 16 : 8;
        this.file = ByteBuffer.allocate(strings() + 1 + name + 1).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** This machine's architecture in uname's words. */
    public static String thisMachine() {
        String name = System.getProperty("os.arch");
        return name.equals("amd64") ? "x86_64" : name;
    }

    /**
     * A shared object.
     *
     * @param soname DT_SONAME, {@code -} for none
     * @param machine x86_64, aarch64 or i386 (32 bits)
     */
    public static byte[] of(String soname, String machine) {
        int code = switch (machine) {
            case "x86_64" -> 62;
            case "aarch64" -> 183;
            case "i386" -> 3;
            default -> throw new IllegalArgumentException(machine);
        };
        byte[] name = soname.getBytes(StandardCharsets.UTF_8);
        return new SharedObject(!machine.equals("i386"), name.length).bytes(name, code);
    }

    private int dynamic() {
        return header + 2 * programHeader;
    }

    private int symbols() {
        return dynamic() + 7 * dynamicEntry;
    }

    private int hash() {
        return symbols() + symbolSize();
    }

    private int symbolSize() {
        return wide ? 24 : 16;
    }

    private int strings() {
        return hash() + 16;
    }

    private byte[] bytes(byte[] name, int code) {
        int size = file.capacity();
        file.put(new byte[] {0x7f, 'E', 'L', 'F', (byte) (wide ? 2 : 1), 1, 1});
        file.putShort(16, (short) 3).putShort(18, (short) code).putInt(20, 1);
        word(wide ? 32 : 28, header);
        file.putShort(header - 12, (short) header);
        file.putShort(header - 10, (short) programHeader).putShort(header - 8, (short) 2);
        programHeader(header, 1, 0, size);
        programHeader(header + programHeader, 2, dynamic(), 7 * dynamicEntry);
        dynamic(0, 5, BASE + strings());
        dynamic(1, 6, BASE + symbols());
        dynamic(2, 4, BASE + hash());
        dynamic(3, 10, size - strings());
        dynamic(4, 11, symbolSize());
        if (name.length != 1 || name[0] != '-') {
            dynamic(5, 14, 1);
        }
        // One bucket, one symbol, which is none.
        file.putInt(hash(), 1).putInt(hash() + 4, 1);
        file.position(strings() + 1);
        file.put(name);
        return file.array();
    }

    private void word(int at, long value) {
        if (wide) {
            file.putLong(at, value);
        } else {
            file.putInt(at, (int) value);
        }
    }

    private void dynamic(int index, long tag, long value) {
        int at = dynamic() + dynamicEntry * index;
        word(at, tag);
        word(at + dynamicEntry / 2, value);
    }

    /** In order of ELF64: type, flags, offset, addresses, sizes, alignment; in ELF32 the flags come late. */
    private void programHeader(int at, int type, long offset, long size) {
        int step = wide ? 8 : 4;
        file.putInt(at, type).putInt(wide ? at + 4 : at + 24, 6);
        int from = at + step;
        word(from, offset);
        word(from + step, BASE + offset);
        word(from + 2 * step, BASE + offset);
        word(from + 3 * step, size);
        word(from + 4 * step, size);
        word(wide ? at + 48 : at + 28, type == 1 ? 0x1000 : 8);
    }
}
