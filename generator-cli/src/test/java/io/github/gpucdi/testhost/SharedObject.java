package io.github.gpucdi.testhost;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Makes the smallest shared objects that the dynamic loader takes: no code, no symbols. */
public final class SharedObject {
    private static final int HEADER = 64;
    private static final int PROGRAM_HEADER = 56;
    private static final int DYNAMIC = HEADER + 2 * PROGRAM_HEADER;
    private static final int DYNAMIC_SIZE = 7 * 16;
    private static final int SYMBOLS = DYNAMIC + DYNAMIC_SIZE;
    private static final int HASH = SYMBOLS + 24;
    private static final int STRINGS = HASH + 16;

    /** Addresses differ from file offsets, as they may in real libraries. */
    private static final long BASE = 0x10000;

    private SharedObject() {}

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
        boolean bits32 = machine.equals("i386");
        int code = switch (machine) {
            case "x86_64" -> 62;
            case "aarch64" -> 183;
            case "i386" -> 3;
            default -> throw new IllegalArgumentException(machine);
        };
        byte[] name = soname.getBytes(StandardCharsets.UTF_8);
        int size = STRINGS + 1 + name.length + 1;
        ByteBuffer file = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {0x7f, 'E', 'L', 'F', (byte) (bits32 ? 1 : 2), 1, 1});
        file.putShort(16, (short) 3).putShort(18, (short) code).putInt(20, 1);
        if (bits32) {
            return file.array();
        }
        file.putLong(32, HEADER).putShort(52, (short) HEADER);
        file.putShort(54, (short) PROGRAM_HEADER).putShort(56, (short) 2);
        programHeader(file, HEADER, 1, 0, size);
        programHeader(file, HEADER + PROGRAM_HEADER, 2, DYNAMIC, DYNAMIC_SIZE);
        dynamic(file, 0, 5, BASE + STRINGS);
        dynamic(file, 1, 6, BASE + SYMBOLS);
        dynamic(file, 2, 4, BASE + HASH);
        dynamic(file, 3, 10, size - STRINGS);
        dynamic(file, 4, 11, 24);
        if (!soname.equals("-")) {
            dynamic(file, 5, 14, 1);
        }
        // One bucket, one symbol, which is none.
        file.putInt(HASH, 1).putInt(HASH + 4, 1);
        file.position(STRINGS + 1);
        file.put(name);
        return file.array();
    }

    private static void dynamic(ByteBuffer file, int index, long tag, long value) {
        file.putLong(DYNAMIC + 16 * index, tag).putLong(DYNAMIC + 16 * index + 8, value);
    }

    private static void programHeader(ByteBuffer file, int at, int type, long offset, long size) {
        file.putInt(at, type)
                .putInt(at + 4, 6)
                .putLong(at + 8, offset)
                .putLong(at + 16, BASE + offset)
                .putLong(at + 24, BASE + offset)
                .putLong(at + 32, size)
                .putLong(at + 40, size)
                .putLong(at + 48, type == 1 ? 0x1000 : 8);
    }
}
