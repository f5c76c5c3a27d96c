package io.github.gpucdi.probe;

import io.github.gpucdi.host.CharNode;

/**
 * What {@code lstat} tells of a name.
 *
 * @param mode {@code st_mode}, type bits included
 * @param rdev {@code st_rdev}
 * @param uid owner
 * @param gid group
 */
record Inode(int mode, long rdev, long uid, long gid) {
    private static final int TYPE = 0170000;
    private static final int CHARACTER_DEVICE = 0020000;
    private static final int DIRECTORY = 0040000;
    private static final int REGULAR = 0100000;
    private static final int LINK = 0120000;

    boolean isRegular() {
        return (mode & TYPE) == REGULAR;
    }

    boolean isDirectory() {
        return (mode & TYPE) == DIRECTORY;
    }

    boolean isLink() {
        return (mode & TYPE) == LINK;
    }

    boolean isCharacterDevice() {
        return (mode & TYPE) == CHARACTER_DEVICE;
    }

    /** What it is, in words. */
    String what() {
        if (isCharacterDevice()) {
            return "a character device";
        }
        return isDirectory() ? "a directory" : isLink() ? "a symbolic link" : "a file";
    }

    /** Permission bits with set-id and sticky bits. */
    int permissions() {
        return mode & 07777;
    }

    /** Whether anybody may execute it. */
    boolean isExecutable() {
        return (mode & 0111) != 0;
    }

    /** The character device at {@code path}, if it is one. */
    CharNode node(String path) {
        return new CharNode(path, major(), minor(), permissions(), uid, gid);
    }

    /** Major number, taken out of {@code st_rdev} as glibc's {@code gnu_dev_major} does. */
    long major() {
        return ((rdev & 0xfff00L) >>> 8) | ((rdev & 0xfffff00000000000L) >>> 32);
    }

    /** Minor number, taken out of {@code st_rdev} as glibc's {@code gnu_dev_minor} does. */
    long minor() {
        return (rdev & 0xffL) | ((rdev & 0x00000ffffff00000L) >>> 12);
    }
}
