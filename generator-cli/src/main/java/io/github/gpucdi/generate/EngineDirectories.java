package io.github.gpucdi.generate;

import io.github.gpucdi.cdi.engine.SpecDirectories;
import io.github.gpucdi.cdi.text.read.SpecDocument;
import io.github.gpucdi.cdi.text.read.SpecReader;
import io.github.gpucdi.probe.HostFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The directories that engines read by default.
 *
 * @param hostRoot where the root of the host is that they are of
 * @param paths absolute, the one that wins last
 */
public record EngineDirectories(Path hostRoot, List<Path> paths) {
    private static final List<String> DEFAULT = List.of(SpecDirectories.STATIC, SpecDirectories.DYNAMIC);

    /** Those of the host whose root directory is {@code hostRoot}, where its own links lead. */
    public static EngineDirectories below(Path hostRoot) {
        HostFiles host = HostFiles.below(hostRoot);
        List<Path> paths = new ArrayList<>();
        for (String directory : DEFAULT) {
            host.locate(directory).ifPresent(paths::add);
        }
        return new EngineDirectories(hostRoot, paths);
    }

    /** Whether engines find {@code file} by its directory. */
    public boolean hold(Path file) {
        return index(file) >= 0;
    }

    /** The directories that win over the one of {@code file}; none if engines do not read that. */
    List<Path> above(Path file) {
        int index = index(file);
        return index < 0 ? List.of() : paths.subList(index + 1, paths.size());
    }

    /** A spec file of the host's directories or of another one, links followed as the host would. */
    SpecDocument read(Path file) {
        return HostFiles.below(hostRoot)
                .follow(file)
                .map(SpecReader::read)
                .orElseGet(() -> SpecReader.unreadable("its links lead nowhere"));
    }

    private int index(Path file) {
        for (int i = 0; i < paths.size(); i++) {
            if (HostFiles.areSame(file.getParent(), paths.get(i))) {
                return i;
            }
        }
        return -1;
    }
}
