package io.github.gpucdi.option;

import io.github.gpucdi.host.HostPath;
import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.terminal.IoReason;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The files that {@code --snapshot} means where it takes many. */
public final class SnapshotFiles {
    private static final String SUFFIX = ".json";

    private SnapshotFiles() {}

    /** Whether one of {@code given} is a directory. */
    public static boolean haveDirectory(List<String> given) {
        for (String name : given) {
            if (isDirectory(name)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The files, each once, in the order given; of a directory those called {@code *.json}, by name.
     *
     * @return by what the host of each is called: the file's name without the suffix; its path if two have one name
     */
    public static Map<String, String> byHost(List<String> given) {
        List<String> paths = paths(given);
        Set<String> names = new HashSet<>();
        paths.forEach(path -> names.add(host(path)));
        boolean distinct = names.size() == paths.size();
        Map<String, String> files = new LinkedHashMap<>();
        paths.forEach(path -> files.put(distinct ? host(path) : path, path));
        return files;
    }

    private static String host(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return name.endsWith(SUFFIX) && !name.equals(SUFFIX)
                ? name.substring(0, name.length() - SUFFIX.length())
                : name;
    }

    private static List<String> paths(List<String> given) {
        Map<String, String> paths = new LinkedHashMap<>();
        for (String name : given) {
            if (name.equals(HostSource.STDIN)) {
                paths.putIfAbsent(name, name);
            } else if (isDirectory(name)) {
                addInside(name, paths);
            } else {
                paths.putIfAbsent(GivenPath.of("--snapshot", name).toString(), name);
            }
        }
        return List.copyOf(paths.values());
    }

    private static boolean isDirectory(String name) {
        return !name.isEmpty() && !name.equals(HostSource.STDIN) && file(name).isDirectory();
    }

    /** A name with which no path can be made is one of the snapshots all the same, and told when it is read. */
    private static void addInside(String directory, Map<String, String> paths) {
        NamedFile file = file(directory);
        List<String> names;
        try {
            names = file.names(SUFFIX);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "cannot list the snapshots in '" + directory + "': " + IoReason.of(e),
                    IoReason.hint(e),
                    e);
        }
        if (names.isEmpty()) {
            throw CommandFailure.usage(
                    "the directory '" + directory + "' has no *" + SUFFIX,
                    "put a file of each host there, made with: gpu-cdi snapshot --output=FILE" + SUFFIX);
        }
        names.sort(Comparator.comparing(SnapshotFiles::host));
        String parent = directory.endsWith("/") ? directory : directory + "/";
        names.forEach(name -> paths.putIfAbsent(HostPath.normalised(file.path() + "/" + name), parent + name));
    }

    private static NamedFile file(String name) {
        return new NamedFile(GivenPath.of("--snapshot", name));
    }
}
