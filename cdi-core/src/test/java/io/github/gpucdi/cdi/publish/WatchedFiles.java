package io.github.gpucdi.cdi.publish;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The machine's files with every change written down, and calls that fail on request: {@link #watch} gives a path
 * behind which both happen.
 */
public final class WatchedFiles extends FileSystemProvider {
    private final FileSystem machine;
    private final FileSystemProvider files;
    private final FileSystem watched = new WatchedFileSystem(this);
    private final List<String> calls = new ArrayList<>();
    private String failing = "";
    private int failures;
    private Function<String, IOException> failure = WatchedFiles::failed;

    /** Watches the files of the file system that {@code somewhere} is in. */
    public WatchedFiles(Path somewhere) {
        machine = somewhere.getFileSystem();
        files = machine.provider();
    }

    /** What was done so far, one line a call: its name and the paths' last names. */
    public List<String> calls() {
        return Collections.unmodifiableList(calls);
    }

    /** From now on calls whose line begins with {@code beginning} fail. */
    public void fail(String beginning) {
        fail(beginning, Integer.MAX_VALUE, WatchedFiles::failed);
    }

    /** The next {@code times} calls whose line begins with {@code beginning} fail, with what a path's name gives. */
    public void fail(String beginning, int times, Function<String, IOException> how) {
        failing = beginning;
        failures = times;
        failure = how;
    }

    private static IOException failed(String path) {
        return new FileSystemException(path, null, "told to fail");
    }

    /** The same path, watched. */
    public Path watch(Path real) {
        return (Path) Proxy.newProxyInstance(
                Path.class.getClassLoader(), new Class<?>[] {Path.class}, (proxy, method, args) -> {
                    switch (method.getName()) {
                        case "getFileSystem":
                            return watched;
                        case "iterator":
                            List<Path> names = new ArrayList<>();
                            real.iterator().forEachRemaining(name -> names.add(watch(name)));
                            return names.iterator();
                        default:
                            break;
                    }
                    Object[] plain = args == null ? new Object[0] : args.clone();
                    for (int i = 0; i < plain.length; i++) {
                        plain[i] = plain[i] instanceof Path path ? real(path) : plain[i];
                    }
                    try {
                        Object result = method.invoke(real, plain);
                        return result instanceof Path path ? watch(path) : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private Path real(Path path) {
        return path.getFileSystem() == machine ? path : machine.getPath(path.toString());
    }

    void called(String call, Path... paths) throws IOException {
        StringBuilder line = new StringBuilder(call);
        for (Path path : paths) {
            line.append(' ').append(path.getFileName());
        }
        calls.add(line.toString());
        if (failures > 0 && line.toString().startsWith(failing)) {
            failures--;
            throw failure.apply(paths[0].toString());
        }
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        called(options.contains(StandardOpenOption.CREATE_NEW) ? "create" : "open", path);
        return new WatchedChannel(this, path, files.newFileChannel(real(path), options, attributes));
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        called(options.contains(LinkOption.NOFOLLOW_LINKS) ? "read-no-link" : "read", path);
        return files.newByteChannel(real(path), options, attributes);
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path directory, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        DirectoryStream<Path> entries = files.newDirectoryStream(real(directory), entry -> filter.accept(watch(entry)));
        return new DirectoryStream<>() {
            @Override
            public Iterator<Path> iterator() {
                List<Path> names = new ArrayList<>();
                entries.forEach(entry -> names.add(watch(entry)));
                return names.iterator();
            }

            @Override
            public void close() throws IOException {
                entries.close();
            }
        };
    }

    @Override
    public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
        called("mkdir", directory);
        files.createDirectory(real(directory), attributes);
    }

    @Override
    public void delete(Path path) throws IOException {
        called("delete", path);
        files.delete(real(path));
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) throws IOException {
        called("copy", source, target);
        files.copy(real(source), real(target), options);
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        called("move", source, target);
        files.move(real(source), real(target), options);
    }

    @Override
    public boolean isSameFile(Path one, Path other) throws IOException {
        return files.isSameFile(real(one), real(other));
    }

    @Override
    public boolean isHidden(Path path) throws IOException {
        return files.isHidden(real(path));
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
        return files.getFileStore(real(path));
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        files.checkAccess(real(path), modes);
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
        return files.getFileAttributeView(real(path), type, options);
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        return files.readAttributes(real(path), type, options);
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) throws IOException {
        return files.readAttributes(real(path), attributes, options);
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) throws IOException {
        files.setAttribute(real(path), attribute, value, options);
    }

    @Override
    public Path readSymbolicLink(Path link) throws IOException {
        return watch(Files.readSymbolicLink(real(link)));
    }

    @Override
    public String getScheme() {
        return "watched";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        return watched;
    }

    @Override
    public Path getPath(URI uri) {
        throw new UnsupportedOperationException();
    }

    Path path(String first, String... more) {
        return watch(machine.getPath(first, more));
    }
}
