package io.github.gpucdi.testhost;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Makes the smallest files that the dynamic loader's eyes take for shared objects. Nobody can load them. */
public final class SharedObject {
    private static final int HEADER = 64;
    private static final int PROGRAM_HEADER = 56;
    private static final int DYNAMIC = HEADER + 2 * PROGRAM_HEADER;
    private static final int STRINGS = DYNAMIC + 3 * 16;

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
        programHeader(file, HEADER + PROGRAM_HEADER, 2, DYNAMIC, STRINGS - DYNAMIC);
        file.putLong(DYNAMIC, 5).putLong(DYNAMIC + 8, BASE + STRINGS);
        if (!soname.equals("-")) {
            file.putLong(DYNAMIC + 16, 14).putLong(DYNAMIC + 24, 1);
        }
        file.position(STRINGS + 1);
        file.put(name);
        return file.array();
    }

    private static void programHeader(ByteBuffer file, int at, int type, long offset, long size) {
        file.putInt(at, type)
                .putInt(at + 4, 4)
                .putLong(at + 8, offset)
                .putLong(at + 16, BASE + offset)
                .putLong(at + 24, BASE + offset)
                .putLong(at + 32, size)
                .putLong(at + 40, size);
    }
}
