package io.github.gpucdi.settings;

import io.github.gpucdi.option.GivenPath;
import io.github.gpucdi.probe.HostFiles;
import io.github.gpucdi.settings.ConfigText.Unreadable;
import io.github.gpucdi.terminal.IoReason;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where configuration files are looked for when none is named: {@code config.yaml} of a folder, then those of
 * {@code config.d} in the order of their names. They are files of this machine, whatever the host's root is.
 *
 * @param folder its path
 */
public record ConfigPlaces(Path folder) {
    public static final ConfigPlaces USUAL = new ConfigPlaces(Path.of("/etc/gpu-cdi"));

    private static final String SUFFIX = ".yaml";

    /** Whether there is nothing to read, which is told by one look at the machine in the usual case. */
    boolean isEmpty() {
        return Files.notExists(folder) || isMissing(first()) && isMissing(more());
    }

    /** A link to nothing is there, and so is what cannot be seen: both are told when they are read. */
    private static boolean isMissing(Path file) {
        return Files.notExists(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** The file that is read first. */
    public Path first() {
        return folder.resolve("config.yaml");
    }

    private Path more() {
        return folder.resolve("config.d");
    }

    /** The files that a command with nothing but {@code environment} reads. */
    public List<ConfigFile> read(Map<String, String> environment, ConfigKeys keys) {
        String named = environment.get(ConfigKeys.FILE_VARIABLE);
        if (named == null) {
            return read(keys);
        }
        return named.isEmpty() ? List.of() : List.of(read(GivenPath.of(ConfigKeys.FILE_VARIABLE, named), keys));
    }

    /** The files, read by {@code keys}, the one that wins last. */
    List<ConfigFile> read(ConfigKeys keys) {
        List<ConfigFile> files = new ArrayList<>();
        if (!isMissing(first())) {
            files.add(read(first(), keys));
        }
        if (isMissing(more())) {
            return files;
        }
        try {
            for (Path path : listed(more())) {
                boolean out = Files.isSymbolicLink(path) && leadsOut(path);
                files.add(
                        out
                                ? unreadable(
                                        path,
                                        new Unreadable("a link that leads out of " + more(), "put a copy in its place"))
                                : read(path, keys));
            }
        } catch (NotDirectoryException e) {
            files.add(unreadable(more(), new Unreadable("not a directory", "make it one, or take it away")));
        } catch (IOException e) {
            files.add(unreadable(more(), new Unreadable(IoReason.of(e), IoReason.hint(e))));
        }
        return files;
    }

    /** Names in the order of their characters; those that a dot begins are editors' own. */
    private static List<Path> listed(Path directory) throws IOException {
        List<Path> paths = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (name.endsWith(SUFFIX) && !name.startsWith(".")) {
                    paths.add(entry);
                }
            }
        }
        Collections.sort(paths);
        return paths;
    }

    /** One that leads nowhere does not. */
    private static boolean leadsOut(Path link) {
        HostFiles machine = HostFiles.below(Path.of("/"));
        Optional<Path> directory = machine.real(link.getParent().toString());
        return machine.real(link.toString())
                .filter(target -> directory.isEmpty() || !target.startsWith(directory.get()))
                .isPresent();
    }

    /** A file, read by {@code keys}. */
    public static ConfigFile read(Path path, ConfigKeys keys) {
        try {
            return ConfigDecoder.decode(path.toString(), ConfigText.read(path), keys);
        } catch (Unreadable e) {
            return unreadable(path, e);
        }
    }

    private static ConfigFile unreadable(Path path, Unreadable why) {
        return new ConfigFile(
                path.toString(),
                List.of(),
                List.of(new ConfigFinding(path.toString(), Optional.empty(), why.getMessage(), why.howToMend())));
    }
}
