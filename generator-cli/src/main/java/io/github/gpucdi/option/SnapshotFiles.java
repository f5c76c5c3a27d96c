package io.github.gpucdi.option;

import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.terminal.IoReason;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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
     * @return by what the host of each is called: the file's name without the suffix, or its path if two have that name
     */
    public static Map<String, String> byHost(List<String> given) {
        Map<String, String> files = new LinkedHashMap<>();
        List<String> paths = paths(given);
        List<String> names = paths.stream().map(SnapshotFiles::host).toList();
        Set<String> seen = new HashSet<>();
        Set<String> twice = new HashSet<>();
        names.forEach(name -> (seen.add(name) ? seen : twice).add(name));
        for (int i = 0; i < paths.size(); i++) {
            files.put(twice.contains(names.get(i)) ? paths.get(i) : names.get(i), paths.get(i));
        }
        return files;
    }

    private static String host(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return name.endsWith(SUFFIX) && !name.equals(SUFFIX)
                ? name.substring(0, name.length() - SUFFIX.length())
                : name;
    }

    private static List<String> paths(List<String> given) {
        Set<String> files = new LinkedHashSet<>();
        for (String name : given) {
            if (isDirectory(name)) {
                files.addAll(inside(name));
            } else {
                files.add(name);
            }
        }
        return List.copyOf(files);
    }

    private static boolean isDirectory(String name) {
        return !name.equals(HostSource.STDIN) && file(name).isDirectory();
    }

    private static List<String> inside(String directory) {
        List<String> names;
        try {
            names = file(directory).names(SUFFIX);
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
        String parent = directory.endsWith("/") ? directory : directory + "/";
        return names.stream().map(name -> parent + name).toList();
    }

    private static NamedFile file(String name) {
        return new NamedFile(HostSource.path("--snapshot", name));
    }
}
