package io.github.gpucdi.cdi.engine;

import java.util.Objects;
import java.util.Optional;

/**
 * The setting by which the configuration of an engine's release switches CDI on or off.
 *
 * @param onByDefault whether CDI is on in an engine whose configuration says nothing
 * @param setting the setting that switches it on, as it stands in the configuration
 * @param file the configuration file of root's engine
 * @param unit the systemd unit that reads it
 */
public record EngineSwitch(boolean onByDefault, String setting, String file, String unit) {
    public EngineSwitch {
        Objects.requireNonNull(setting, "setting");
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(unit, "unit");
    }

    /**
     * The switch of the engine in {@code nameAndVersion}, such as {@code docker-28.1.0}; empty for one that has none and
     * in which CDI is always on.
     */
    public static Optional<EngineSwitch> of(String nameAndVersion) {
        return NamedRelease.parse(nameAndVersion)
                .flatMap(release -> Engine.named(release.name())
                        .map(Engine::configuration)
                        .flatMap(configuration -> configuration
                                .toggle()
                                .map(toggle -> new EngineSwitch(
                                        release.number().compareTo(ReleaseNumber.of(toggle.onSince())) >= 0,
                                        toggle.setting(),
                                        configuration.file().orElseThrow(),
                                        toggle.unit()))));
    }
}
