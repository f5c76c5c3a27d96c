package io.github.gpucdi.probe;

import io.github.gpucdi.host.CdiDirectory;
import io.github.gpucdi.host.CdiFacts;
import io.github.gpucdi.host.CdiFile;
import io.github.gpucdi.host.FileContent;
import io.github.gpucdi.host.HookFact;
import io.github.gpucdi.host.HostPath;
import io.github.gpucdi.host.PathFact;
import io.github.gpucdi.host.PlainText;
import io.github.gpucdi.terminal.IoReason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads spec directories as engines would, and looks at what the specs there name. */
final class CdiProbe {
    /** As many files of a directory as the registry reads. */
    private static final int MAX_FILES = 4096;

    /** Characters and lines of all files together: what fits into a snapshot beside all else. */
    private static final int MAX_TEXT = 4 << 20;

    private static final int MAX_LINES = 200_000;
    private static final int MAX_PATHS = 20_000;

    private final RootedFs host;
    private final SpecLookup lookup;
    private final TrustedProgram trust;
    private final OpenPath open;
    private final Set<String> paths = new TreeSet<>();
    private final Set<String> hooks = new TreeSet<>();
    private int text;
    private int lines;

    CdiProbe(RootedFs host, SpecLookup lookup) {
        this.host = host;
        this.lookup = lookup;
        this.trust = new TrustedProgram(host);
        this.open = new OpenPath(host);
    }

    /**
     * @param configured directories that engines' configurations name
     */
    CdiFacts probe(List<String> configured) {
        Set<String> names = new LinkedHashSet<>(lookup.directories());
        names.addAll(configured);
        List<CdiDirectory> directories = new ArrayList<>();
        for (String name : names) {
            directories.add(directory(name));
        }
        return new CdiFacts(
                lookup.configHome(),
                lookup.runtimeDir(),
                directories,
                paths.stream().map(this::path).toList(),
                hooks.stream().map(this::hook).toList());
    }

    private CdiDirectory directory(String path) {
        Resolution resolution = host.resolve(path);
        boolean link =
                host.linkTarget(HostPath.parent(path), HostPath.name(path)).isPresent();
        if (resolution.kind() != Resolution.Kind.DIRECTORY) {
            boolean present = resolution.kind() != Resolution.Kind.MISSING;
            Optional<String> problem = problemOfDirectory(resolution.kind());
            return new CdiDirectory(path, present, link, problem, Optional.empty(), List.of());
        }
        if (host.isUnreadableDirectory(path)) {
            Optional<String> problem = Optional.of("permission denied");
            return new CdiDirectory(path, true, link, problem, open.closedDirectory(resolution), List.of());
        }
        List<CdiFile> files = new ArrayList<>();
        List<String> passedOver = new ArrayList<>();
        Optional<String> problem = Optional.empty();
        for (String name : host.list(path)) {
            if (!isSpecFile(path, name)) {
                if (isPassedOver(path, name) && passedOver.size() < MAX_FILES) {
                    passedOver.add(name);
                }
                continue;
            }
            if (!PathText.isWritable(name)) {
                problem = Optional.of("a file's name cannot be printed");
            } else if (files.size() == MAX_FILES) {
                problem = Optional.of("more than " + MAX_FILES + " spec files");
                break;
            } else {
                files.add(file(PathText.child(path, name), name));
            }
        }
        return new CdiDirectory(path, true, link, problem, open.closedDirectory(resolution), files, passedOver);
    }

    /** A file that nobody reads: not hidden, as unfinished ones are, and not one that was switched off by its name. */
    private boolean isPassedOver(String directory, String name) {
        return !name.endsWith(".json")
                && !name.endsWith(".yaml")
                && !name.endsWith(".off")
                && !name.startsWith(".")
                && PathText.isWritable(name)
                && host.resolve(PathText.child(directory, name)).kind() == Resolution.Kind.REGULAR;
    }

    private boolean isSpecFile(String directory, String name) {
        if (!name.endsWith(".json") && !name.endsWith(".yaml")) {
            return false;
        }
        Optional<Inode> inode = host.inode(directory, name);
        return inode.isEmpty() || !inode.get().isDirectory();
    }

    private CdiFile file(String path, String name) {
        Resolution resolution = host.resolve(path);
        Optional<String> closedAt = resolution.exists() ? open.closedFile(resolution) : Optional.empty();
        if (resolution.kind() != Resolution.Kind.REGULAR) {
            return CdiFile.unread(name, problemOfFile(resolution.kind()), closedAt);
        }
        int room = MAX_TEXT - text;
        byte[] bytes;
        try {
            bytes = host.read(path, room + 1);
        } catch (IOException e) {
            return CdiFile.unread(name, PlainText.escaped(IoReason.of(e)), closedAt);
        }
        FileContent content = FileContent.of(bytes);
        if (bytes.length > room || content.size() > room || content.lines().size() > MAX_LINES - lines) {
            return CdiFile.unread(name, CdiFile.TOO_LARGE, closedAt);
        }
        text += content.size();
        lines += content.lines().size();
        SpecLookup.NamedPaths named = lookup.reader().paths(name, bytes);
        add(named.paths(), paths);
        add(named.hooks(), hooks);
        return new CdiFile(
                name, Optional.empty(), closedAt, host.seconds(path, "lastModifiedTime"), Optional.of(content));
    }

    private static void add(List<String> named, Set<String> all) {
        for (String path : SearchPath.absolute(named)) {
            if (all.size() < MAX_PATHS && path.length() <= FileContent.MAX_LINE && PathText.isWritable(path)) {
                all.add(path);
            }
        }
    }

    private PathFact path(String path) {
        Resolution resolution = host.resolve(path);
        Optional<Inode> node = resolution.kind() == Resolution.Kind.CHARACTER_DEVICE
                ? host.inode(resolution.path())
                : Optional.empty();
        return new PathFact(
                path,
                kind(resolution.kind()),
                host.linkTarget(HostPath.parent(path), HostPath.name(path)).isPresent(),
                node.map(inode -> inode.node(PathText.isWritable(resolution.path()) ? resolution.path() : path)));
    }

    private HookFact hook(String path) {
        Resolution resolution = host.resolve(path);
        Optional<String> unusable = trust.unusable(resolution);
        Optional<String> unsafe = unusable.isPresent()
                ? Optional.empty()
                : trust.unsafe(resolution).map(PlainText::escaped);
        return new HookFact(path, unusable, unsafe);
    }

    private static PathFact.Kind kind(Resolution.Kind kind) {
        return switch (kind) {
            case REGULAR -> PathFact.Kind.REGULAR;
            case DIRECTORY -> PathFact.Kind.DIRECTORY;
            case CHARACTER_DEVICE -> PathFact.Kind.CHARACTER_DEVICE;
            case OTHER -> PathFact.Kind.OTHER;
            case MISSING -> PathFact.Kind.MISSING;
            case DANGLING -> PathFact.Kind.DANGLING_LINK;
            case LOOP -> PathFact.Kind.LINK_LOOP;
            case UNREADABLE -> PathFact.Kind.UNREADABLE;
        };
    }

    private static Optional<String> problemOfDirectory(Resolution.Kind kind) {
        return switch (kind) {
            case MISSING, DANGLING, DIRECTORY -> Optional.empty();
            case UNREADABLE -> Optional.of("permission denied");
            case LOOP -> Optional.of("a link that leads back to itself");
            case REGULAR, CHARACTER_DEVICE, OTHER -> Optional.of("not a directory");
        };
    }

    /** In the words of who reads spec files of the machine. */
    private static String problemOfFile(Resolution.Kind kind) {
        return switch (kind) {
            case DIRECTORY -> "a directory";
            case MISSING -> "no such file";
            case DANGLING -> "a link that leads nowhere";
            case LOOP -> "a link that leads back to itself";
            case UNREADABLE -> "permission denied";
            case REGULAR, CHARACTER_DEVICE, OTHER -> "not a regular file";
        };
    }
}
