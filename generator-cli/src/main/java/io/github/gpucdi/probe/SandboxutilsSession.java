package io.github.gpucdi.probe;

import io.github.gpucdi.host.HostPath;
import io.github.gpucdi.host.NodeLink;
import io.github.gpucdi.host.PlainText;
import io.github.gpucdi.host.SandboxutilsDevice;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The calls of one session of libnvidia-sandboxutils, and the structs that they take: version 1 of {@code nvsandboxutils.h}, laid
 * out as on a 64-bit Linux. What the library gives is not trusted.
 */
final class SandboxutilsSession {
    private static final String INIT = "nvSandboxUtilsInit";
    private static final String DRIVER_VERSION = "nvSandboxUtilsGetDriverVersion";
    private static final String GPU_RESOURCE = "nvSandboxUtilsGetGpuResource";
    private static final String FILE_CONTENT = "nvSandboxUtilsGetFileContent";
    private static final String SHUTDOWN = "nvSandboxUtilsShutdown";

    /** Length of a text in a struct, of a path and of a file's content, its NUL included. */
    private static final int TEXT = 256;

    private static final int VERSION_TEXT = 100;
    /** {@code nvSandboxUtilsInitInput_t} and the head of {@code nvSandboxUtilsGpuRes_t}: version, type, a text. */
    private static final int INPUT = 8 + TEXT;

    private static final int ROOTFS_PATH = 1;
    private static final int GPU_UUID = 0;
    private static final int MIG_UUID = 1;
    /** {@code nvSandboxUtilsGpuFileInfo_v1_t}: next, file type, subtype, module, flags, path. */
    private static final int FILE_INFO = 32;

    private static final int NEXT = 0;
    private static final int SUBTYPE = 12;
    private static final int FLAGS = 20;
    private static final int PATH = 24;
    /** The flag of a link whose text can be asked for. */
    private static final int CONTENT = 1 << 2;
    /** More than a device has by far: a list that does not end is one that leads back to itself. */
    private static final int MAX_FILES = 1024;

    private static final String[] CODES = {
        "SUCCESS",
        "UNINITIALIZED",
        "NOT_SUPPORTED",
        "INVALID_ARG",
        "INSUFFICIENT_SIZE",
        "VERSION_NOT_SUPPORTED",
        "LIBRARY_LOAD",
        "FUNCTION_NOT_FOUND",
        "DEVICE_NOT_FOUND",
        "NVML_LIB_CALL",
        "OUT_OF_MEMORY",
        "FILEPATH_NOT_FOUND"
    };

    private final Sandboxutils library;
    private final TimeLimit limit;

    SandboxutilsSession(Sandboxutils library, TimeLimit limit) {
        this.library = library;
        this.limit = limit;
    }

    /** A file of a device. */
    private record File(int subtype, int flags, byte[] path) {}

    /**
     * Begins the session.
     *
     * @param root the driver root
     */
    void open(String root) throws CallFailed {
        call(INIT, input(INIT, INPUT, ROOTFS_PATH, root));
    }

    /** The driver's version. */
    String driverVersion() throws CallFailed {
        byte[] version = new byte[VERSION_TEXT];
        call(DRIVER_VERSION, version, version.length);
        return plain(DRIVER_VERSION, text(version));
    }

    /**
     * The nodes and links of a device.
     *
     * @param roots what may stand in front of a path's place below the dev root
     */
    SandboxutilsDevice device(String uuid, List<String> roots) throws CallFailed {
        List<String> gpu = new ArrayList<>();
        List<String> drm = new ArrayList<>();
        List<String> capabilities = new ArrayList<>();
        List<NodeLink> byPath = new ArrayList<>();
        for (File file : files(uuid)) {
            switch (file.subtype()) {
                case 0 -> gpu.add(path(file, roots));
                case 1, 2 -> drm.add(path(file, roots));
                case 3, 4 -> {
                    if ((file.flags() & CONTENT) != 0) {
                        byPath.add(new NodeLink(path(file, roots), content(file)));
                    }
                }
                case 10 -> capabilities.add(path(file, roots));
                default -> {
                    // Nodes that all devices share, and files of /proc and /sys.
                }
            }
        }
        return new SandboxutilsDevice(uuid, Optional.empty(), gpu, drm, capabilities, byPath);
    }

    /** Ends the session. */
    void close() throws CallFailed {
        call(SHUTDOWN);
    }

    private List<File> files(String uuid) throws CallFailed {
        int type = uuid.startsWith("MIG-") ? MIG_UUID : GPU_UUID;
        byte[] request = input(GPU_RESOURCE, INPUT + Long.BYTES, type, uuid);
        call(GPU_RESOURCE, request);
        List<File> files = limit.within(
                "reading what " + GPU_RESOURCE + " gave",
                () -> list(view(request).getLong(INPUT)));
        if (files.size() > MAX_FILES) {
            throw new CallFailed(GPU_RESOURCE + " gave a list of more than " + MAX_FILES + " files");
        }
        return files;
    }

    /** The list's entries, one more than there can be if it does not end. */
    private List<File> list(long first) {
        List<File> files = new ArrayList<>();
        long next = first;
        while (next != 0 && files.size() <= MAX_FILES) {
            ByteBuffer info = view(library.bytes(next, FILE_INFO));
            long path = info.getLong(PATH);
            files.add(new File(
                    info.getInt(SUBTYPE), info.getInt(FLAGS), path == 0 ? new byte[0] : library.text(path, TEXT)));
            next = info.getLong(NEXT);
        }
        return files;
    }

    /** A file's place below the dev root. */
    private static String path(File file, List<String> roots) throws CallFailed {
        String given = plain(GPU_RESOURCE, new String(file.path(), StandardCharsets.UTF_8));
        String path = given;
        for (String root : roots) {
            if (path.startsWith(root + "/dev/")) {
                path = path.substring(root.length());
            }
        }
        if (file.path().length >= TEXT || !path.startsWith("/dev/") || !path.equals(HostPath.normalised(path))) {
            throw new CallFailed(GPU_RESOURCE + " gave '" + given + "', which is no path below /dev");
        }
        return path;
    }

    /** A link's text, asked for by its path as the library has it. */
    private String content(File file) throws CallFailed {
        byte[] path = new byte[file.path().length + 1];
        System.arraycopy(file.path(), 0, path, 0, file.path().length);
        byte[] content = new byte[TEXT];
        call(FILE_CONTENT, path, content, new int[] {content.length});
        return plain(FILE_CONTENT, text(content));
    }

    private static String plain(String function, String text) throws CallFailed {
        if (text.isEmpty() || !PathText.isWritable(text)) {
            throw new CallFailed(function + " gave '" + PlainText.escaped(text) + "'");
        }
        return text;
    }

    /** What begins with a version, a type and a text. */
    private static byte[] input(String function, int size, int type, String value) throws CallFailed {
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        if (text.length >= TEXT) {
            throw new CallFailed(function + " takes no more than " + (TEXT - 1) + " bytes, not " + value);
        }
        byte[] struct = new byte[size];
        view(struct).putInt(1).putInt(type).put(text);
        return struct;
    }

    private void call(String function, Object... arguments) throws CallFailed {
        OptionalInt code = limit.within(function, () -> library.call(function, arguments));
        if (code.isEmpty()) {
            throw new CallFailed("it has no " + function);
        }
        int answer = code.getAsInt();
        if (answer != 0) {
            String name = answer > 0 && answer < CODES.length ? CODES[answer] : "UNKNOWN";
            throw new CallFailed(function + " answered " + name + " (" + answer + ")");
        }
    }

    /** Up to NUL, or all of it if the library forgot that. */
    private static String text(byte[] bytes) {
        int length = 0;
        while (length < bytes.length && bytes[length] != 0) {
            length++;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private static ByteBuffer view(byte[] struct) {
        return ByteBuffer.wrap(struct).order(ByteOrder.nativeOrder());
    }
}
