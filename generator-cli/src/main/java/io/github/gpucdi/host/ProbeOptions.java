package io.github.gpucdi.host;

import java.util.List;
import java.util.Optional;

/**
 * Where the probes were told to look. Paths are absolute and normalised.
 *
 * @param driverRoot the root that the driver is installed in, {@code /} if it is the host's
 * @param devRoot the parent of the {@code dev} directory, {@code /} if it is the host's
 * @param librarySearchPaths replace the default library directories if not empty; not below the driver root
 * @param configSearchPaths replace the default configuration directories if not empty; not below the driver root
 * @param hookPath the hook program that the user named, taken as given
 * @param csvFiles replace the default CSV files if not empty; not below the driver root
 */
public record ProbeOptions(
        String driverRoot,
        String devRoot,
        List<String> librarySearchPaths,
        List<String> configSearchPaths,
        Optional<String> hookPath,
        List<String> csvFiles) {

    /** The host's own root, default search paths. */
    public static final ProbeOptions DEFAULT = new ProbeOptions("/", "/", List.of(), List.of(), Optional.empty());

    public ProbeOptions {
        librarySearchPaths = List.copyOf(librarySearchPaths);
        configSearchPaths = List.copyOf(configSearchPaths);
        csvFiles = List.copyOf(csvFiles);
    }

    /** With the default CSV files. */
    public ProbeOptions(
            String driverRoot,
            String devRoot,
            List<String> librarySearchPaths,
            List<String> configSearchPaths,
            Optional<String> hookPath) {
        this(driverRoot, devRoot, librarySearchPaths, configSearchPaths, hookPath, List.of());
    }
}
