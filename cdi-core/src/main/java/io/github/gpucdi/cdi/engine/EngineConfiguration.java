package io.github.gpucdi.cdi.engine;

import java.util.Optional;

/**
 * The configuration of root's engine.
 *
 * @param file the file, {@code .json} or else TOML; empty for an engine whose configuration says nothing of CDI
 * @param dropIns the directory with files that are read after it
 * @param toggle the setting that switches CDI on; empty for an engine in which it always is
 */
public record EngineConfiguration(Optional<String> file, Optional<String> dropIns, Optional<Toggle> toggle) {
    static final EngineConfiguration NONE =
            new EngineConfiguration(Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * The setting that switches CDI on.
     *
     * @param setting as it stands in the configuration
     * @param unit the systemd unit that reads it
     * @param onSince the first release in which CDI is on if the configuration says nothing
     */
    public record Toggle(String setting, String unit, String onSince) {}

    static EngineConfiguration file(String file) {
        return new EngineConfiguration(Optional.of(file), Optional.empty(), Optional.empty());
    }

    EngineConfiguration with(String directory) {
        return new EngineConfiguration(file, Optional.of(directory), toggle);
    }

    EngineConfiguration switchedBy(String setting, String unit, String onSince) {
        return new EngineConfiguration(file, dropIns, Optional.of(new Toggle(setting, unit, onSince)));
    }
}
