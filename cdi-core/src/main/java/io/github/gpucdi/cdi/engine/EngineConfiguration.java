package io.github.gpucdi.cdi.engine;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Where an engine's configuration stands, and what it does unless that says otherwise. The {@link EngineTable} has the
 * releases with other directories.
 *
 * @param file the file, {@code .json} or else TOML; empty for an engine whose configuration says nothing of CDI
 * @param dropIns the directory with files that are read after it
 * @param toggle the setting that switches CDI on; empty for an engine in which it always is
 * @param rootDirectories default spec directories of root's engine, lowest priority first
 * @param rootlessDirectories those of a user's engine; some start with {@code $XDG_CONFIG_HOME} or
 *     {@code $XDG_RUNTIME_DIR}
 */
public record EngineConfiguration(
        Optional<String> file,
        Optional<String> dropIns,
        Optional<Toggle> toggle,
        List<String> rootDirectories,
        List<String> rootlessDirectories) {
    static final EngineConfiguration NONE = new EngineConfiguration(
            Optional.empty(), Optional.empty(), Optional.empty(), EngineRelease.BOTH, EngineRelease.BOTH);

    /**
     * The setting that switches CDI on.
     *
     * @param setting as it stands in the configuration
     * @param unit the systemd unit that reads it
     * @param onSince the first release in which CDI is on if the configuration says nothing
     */
    public record Toggle(String setting, String unit, String onSince) {
        public Toggle {
            Objects.requireNonNull(setting, "setting");
            Objects.requireNonNull(unit, "unit");
            Objects.requireNonNull(onSince, "onSince");
        }
    }

    public EngineConfiguration {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(dropIns, "dropIns");
        Objects.requireNonNull(toggle, "toggle");
        rootDirectories = List.copyOf(Objects.requireNonNull(rootDirectories, "rootDirectories"));
        rootlessDirectories = List.copyOf(Objects.requireNonNull(rootlessDirectories, "rootlessDirectories"));
    }

    static EngineConfiguration file(String file) {
        return new EngineConfiguration(
                Optional.of(file), NONE.dropIns, NONE.toggle, NONE.rootDirectories, NONE.rootlessDirectories);
    }

    EngineConfiguration with(String directory) {
        return new EngineConfiguration(file, Optional.of(directory), toggle, rootDirectories, rootlessDirectories);
    }

    EngineConfiguration switchedBy(String setting, String unit, String onSince) {
        Toggle known = new Toggle(setting, unit, onSince);
        return new EngineConfiguration(file, dropIns, Optional.of(known), rootDirectories, rootlessDirectories);
    }

    EngineConfiguration reading(List<String> root, List<String> rootless) {
        return new EngineConfiguration(file, dropIns, toggle, root, rootless);
    }
}
