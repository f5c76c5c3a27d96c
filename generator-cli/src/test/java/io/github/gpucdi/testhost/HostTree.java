package io.github.gpucdi.testhost;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lays out a host below a directory, from text with one item a line. Paths are absolute, below the directory; missing
 * parents are made. Words are separated by single spaces, so no path here has one.
 *
 * <ul>
 *   <li>{@code dir PATH [MODE]} a directory, mode octal
 *   <li>{@code file PATH [TEXT]} a file holding the one word
 *   <li>{@code text PATH TEXT…} a file holding the rest of the line, in which {@code \n} is a newline
 *   <li>{@code exe PATH [MODE]} an executable, mode 755 if not given
 *   <li>{@code link PATH TARGET} a symbolic link
 *   <li>{@code lib PATH SONAME [MACHINE]} a shared object; SONAME {@code -} for none; MACHINE x86_64, aarch64 or i386
 *       (32 bits), this machine's if not given
 *   <li>{@code nvml PATH} a copy of the NVML double
 *   <li>{@code chr PATH MAJOR MINOR MODE [UID GID]} a character device, root only
 *   <li>{@code sock PATH} a unix socket
 *   <li>{@code fifo PATH} a FIFO
 *   <li>{@code copy PATH NAME} a copy of the file NAME beside the tree
 *   <li>{@code so PATH SONAME MACHINE [LINK…]} a shared object and links beside it: the first to it, each other to the
 *       one before
 *   <li>{@code ldcache PATH FILE…} a loader's cache (glibc, 64 bits) that lists libraries; FILE {@code 32:…} is one of
 *       32 bits
 *   <li>{@code mig-table} the kernel's table of all MIG capabilities that there could be
 *   <li>{@code mig MAJOR MINOR GI CI…} what the kernel and udev show of a live GPU instance and its compute instances:
 *       capability files below {@code /proc} and their nodes; MAJOR is that of {@code nvidia-caps}, MINOR the GPU's
 *   <li>{@code include FILE [NAME=VALUE…]} the items of another file, named from the folder, in which <code>{NAME}</code>
 *       stands for VALUE
 *   <li>{@code for NAME FROM TO ITEM…} an item for each number, in which <code>{NAME}</code> stands for it
 * </ul>
 *
 * <p>An item whose parent directory would be outside of the top, through a link of the tree, is refused.
 */
public final class HostTree {
    private final Path top;
    private final List<String> commands = new ArrayList<>();

    private HostTree(Path top) {
        this.top = top;
    }

    /** Whether this user can make device nodes, which {@code chr} needs. */
    public static boolean canMakeNodes() {
        return "root".equals(System.getProperty("user.name"));
    }

    /**
     * Lays out the tree that a case's folder holds.
     *
     * @param top an empty directory
     * @param folder holds the file {@code tree} and what it copies
     * @param nvmlDouble what {@code nvml} copies
     */
    public static void layOut(Path top, Path folder, Path nvmlDouble) {
        try {
            HostTree host = new HostTree(top);
            host.lines(Files.readAllLines(folder.resolve("tree")), folder, nvmlDouble, Map.of());
            host.makeSpecialFiles();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lays out a tree without the items {@code nvml} and {@code copy}. */
    public static void layOut(Path top, String tree) {
        try {
            HostTree host = new HostTree(top);
            host.lines(tree.lines().toList(), top, top, Map.of());
            host.makeSpecialFiles();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void lines(List<String> lines, Path folder, Path nvmlDouble, Map<String, String> values)
            throws IOException {
        for (String line : lines) {
            String item = line.strip();
            if (!item.isEmpty() && !item.startsWith("#")) {
                line(item, folder, nvmlDouble, values);
            }
        }
    }

    private void line(String line, Path folder, Path nvmlDouble, Map<String, String> values) throws IOException {
        String[] words = line.split(" ");
        if (words[0].equals("for")) {
            String item = line.split(" ", 5)[4];
            for (int i = Integer.parseInt(words[2]); i <= Integer.parseInt(words[3]); i++) {
                Map<String, String> inner = new LinkedHashMap<>(values);
                inner.put(words[1], Integer.toString(i));
                line(item, folder, nvmlDouble, inner);
            }
            return;
        }
        String item = line;
        for (Map.Entry<String, String> value : values.entrySet()) {
            item = item.replace("{" + value.getKey() + "}", value.getValue());
        }
        words = item.split(" ");
        switch (words[0]) {
            case "include" -> {
                Map<String, String> inner = new LinkedHashMap<>();
                for (int i = 2; i < words.length; i++) {
                    int equals = words[i].indexOf('=');
                    inner.put(words[i].substring(0, equals), words[i].substring(equals + 1));
                }
                lines(Files.readAllLines(folder.resolve(words[1])), folder, nvmlDouble, inner);
            }
            case "mig-table" -> lines(MigCapabilities.table(), folder, nvmlDouble, Map.of());
            case "mig" -> lines(MigCapabilities.of(words), folder, nvmlDouble, Map.of());
            default -> item(words, item, folder, nvmlDouble);
        }
    }

    /** The tree is laid out by root: a link in it must not lead to the machine's own files. */
    private void makeParent(Path path) throws IOException {
        Path existing = path.getParent();
        while (!Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
            existing = existing.getParent();
        }
        if (!existing.toRealPath().startsWith(top.toRealPath())) {
            throw new IllegalArgumentException(path + " is outside of the tree: write it where the link leads");
        }
        if (!Files.exists(path.getParent())) {
            Files.createDirectories(path.getParent());
        }
    }

    private void item(String[] words, String line, Path folder, Path nvmlDouble) throws IOException {
        Path path = top.resolve(words[1].substring(1));
        makeParent(path);
        switch (words[0]) {
            case "dir" -> {
                Files.createDirectories(path);
                if (words.length > 2) {
                    mode(path, words[2]);
                }
            }
            case "file" -> Files.writeString(path, words.length > 2 ? words[2] : "");
            case "text" ->
                Files.writeString(
                        path,
                        String.join(" ", Arrays.asList(words).subList(2, words.length))
                                .replace("\\n", "\n"));
            case "exe" -> {
                Files.writeString(path, "#!/bin/true\n");
                mode(path, words.length > 2 ? words[2] : "755");
            }
            case "link" -> Files.createSymbolicLink(path, Path.of(words[2]));
            case "lib" ->
                Files.write(
                        path,
                        words.length > 3
                                ? SharedObject.of(words[2], words[3])
                                : SharedObject.of(words[2], SharedObject.thisMachine()));
            case "so" -> {
                Files.write(path, SharedObject.of(words[2], words[3]));
                for (int i = 4; i < words.length; i++) {
                    String target = i == 4 ? path.getFileName().toString() : words[i - 1];
                    Files.createSymbolicLink(path.resolveSibling(words[i]), Path.of(target));
                }
            }
            case "ldcache" ->
                Files.write(path, LdCacheFile.of(Arrays.asList(words).subList(2, words.length)));
            case "nvml" -> Files.copy(nvmlDouble, path);
            case "copy" -> Files.copy(folder.resolve(words[2]), path);
            case "sock" -> socket(path);
            case "fifo" -> commands.add("mkfifo " + quoted(path));
            case "chr" -> node(words, path);
            default -> throw new IllegalArgumentException("what is this? " + line);
        }
    }

    private void node(String[] words, Path path) {
        commands.add("mknod " + quoted(path) + " c " + words[2] + " " + words[3]);
        if (words.length > 5) {
            commands.add("chown " + words[5] + ":" + words[6] + " " + quoted(path));
        }
        // Last, because chown may clear bits.
        commands.add("chmod " + words[4] + " " + quoted(path));
    }

    /** One shell for all nodes: a process a node would be slow. */
    private void makeSpecialFiles() throws IOException {
        if (commands.isEmpty()) {
            return;
        }
        Process shell = new ProcessBuilder("sh", "-e")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.PIPE)
                .start();
        shell.getOutputStream().write(String.join("\n", commands).getBytes(StandardCharsets.UTF_8));
        shell.getOutputStream().close();
        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (shell.waitFor() != 0) {
                throw new IOException("cannot make device nodes: " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static void socket(Path path) throws IOException {
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            // The file outlives the socket.
            socket.bind(UnixDomainSocketAddress.of(path));
        }
    }

    private static void mode(Path path, String octal) throws IOException {
        int bits = Integer.parseInt(octal, 8);
        StringBuilder text = new StringBuilder();
        for (int shift = 8; shift >= 0; shift--) {
            text.append((bits >> shift & 1) == 0 ? '-' : "xwr".charAt(shift % 3));
        }
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(text.toString()));
    }

    private static String quoted(Path path) {
        return "'" + path.toString().replace("'", "'\\''") + "'";
    }

    /** A folder below the test resources. */
    public static Path resource(String name) {
        try {
            return Path.of(HostTree.class.getResource("/" + name).toURI());
        } catch (java.net.URISyntaxException e) {
            throw new IllegalArgumentException(name + " on " + FileSystems.getDefault(), e);
        }
    }
}
