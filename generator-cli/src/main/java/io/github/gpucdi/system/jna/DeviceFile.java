package io.github.gpucdi.system.jna;

import com.sun.jna.Function;
import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;

/** Makes device nodes: Java has no {@code mknod}. */
public final class DeviceFile {
    /** errno(3). */
    private static final int EPERM = 1;

    private static final int EACCES = 13;
    private static final int EEXIST = 17;
    /** Of {@code st_mode}, inode(7). */
    private static final int FILE_TYPE = 0170000;

    private static final int CHARACTER_DEVICE = 0020000;
    /** Of the GNU C library before 2.33, which has no {@code mknod} to call: its first argument is a version, 0. */
    private static final String OLD_NAME = "__xmknod";

    private DeviceFile() {}

    /**
     * Makes a character device; nothing that is there already is touched, and a link not followed.
     *
     * @param file absolute
     * @param major below 2^12
     * @param minor below 2^20
     * @param mode permission bits, whatever the umask
     * @throws FileAlreadyExistsException if the name is taken
     * @throws AccessDeniedException if the capability MKNOD or permission to write is missing
     * @throws IOException with the system's reason
     */
    public static void make(String file, long major, long minor, int mode) throws IOException {
        NativeLibrary process;
        try {
            process = NativeLibrary.getProcess();
        } catch (LinkageError e) {
            throw new IOException("the native part of JNA does not load: " + e.getMessage(), e);
        }
        make(process, hasMknod(process), file, major, minor, mode);
    }

    static void make(NativeLibrary process, boolean mknod, String file, long major, long minor, int mode)
            throws IOException {
        byte[] path = (file + "\0").getBytes(StandardCharsets.UTF_8);
        int type = CHARACTER_DEVICE | mode;
        long device = number(major, minor);
        Function umask = process.getFunction("umask");
        int usual = umask.invokeInt(new Object[] {0});
        try {
            if (mknod) {
                call(process, "mknod", path, type, device);
            } else {
                call(process, OLD_NAME, 0, path, type, new long[] {device});
            }
        } catch (LastErrorException e) {
            throw failure(file, e);
        } finally {
            umask.invokeInt(new Object[] {usual});
        }
    }

    /** Whether {@code st_mode} and {@code st_rdev} are those of a character device of these numbers. */
    public static boolean isOne(int mode, long rdev, long major, long minor) {
        return (mode & FILE_TYPE) == CHARACTER_DEVICE && rdev == number(major, minor);
    }

    /** As {@code makedev} of the C library has it, for numbers that the kernel takes. */
    private static long number(long major, long minor) {
        return major << 8 | (minor & 0xff) | (minor & ~0xffL) << 12;
    }

    private static boolean hasMknod(NativeLibrary process) {
        try {
            process.getFunction("mknod");
            return true;
        } catch (UnsatisfiedLinkError e) {
            return false;
        }
    }

    private static void call(NativeLibrary process, String name, Object... arguments) {
        process.getFunction(name, Function.THROW_LAST_ERROR).invokeInt(arguments);
    }

    private static IOException failure(String file, LastErrorException e) {
        return switch (e.getErrorCode()) {
            case EPERM, EACCES -> new AccessDeniedException(file);
            case EEXIST -> new FileAlreadyExistsException(file);
            default -> new FileSystemException(file, null, e.getMessage().replaceFirst("^\\[\\d+\\] ", ""));
        };
    }
}
