package io.github.gpucdi.generate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The directories that engines read by default.
 *
 * @param paths absolute, the one that wins last
 */
public record EngineDirectories(List<Path> paths) {

    /** Those of the host whose root directory is {@code hostRoot}. */
    public static EngineDirectories below(Path hostRoot) {
        return new EngineDirectories(List.of(hostRoot.resolve("etc/cdi"), hostRoot.resolve("var/run/cdi")));
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

    private int index(Path file) {
        for (int i = 0; i < paths.size(); i++) {
            if (same(file.getParent(), paths.get(i))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean same(Path a, Path b) {
        try {
            return real(a).equals(real(b));
        } catch (IOException e) {
            return false;
        }
    }

    /** {@code path} with its links resolved as far as it exists. */
    private static Path real(Path path) throws IOException {
        if (Files.exists(path) || path.getParent() == null) {
            return path.toRealPath();
        }
        return real(path.getParent()).resolve(path.getFileName());
    }
}
