package io.github.gpucdi.cdi.engine;

import java.util.Locale;
import java.util.Optional;

/**
 * The setting by which an engine's configuration switches CDI on or off. From each engine's own documentation.
 *
 * @param onByDefault whether CDI is on in an engine whose configuration says nothing
 * @param setting the setting that switches it on, as it stands in the configuration
 * @param file the configuration file of root's engine
 * @param unit the systemd unit that reads it
 */
public record EngineSwitch(boolean onByDefault, String setting, String file, String unit) {

    /**
     * The switch of the engine in {@code nameAndVersion}, such as {@code docker-28.1.0}; empty for one that has none and
     * in which CDI is always on.
     */
    public static Optional<EngineSwitch> of(String nameAndVersion) {
        int dash = nameAndVersion.indexOf('-');
        String name = nameAndVersion.substring(0, Math.max(dash, 0)).toLowerCase(Locale.ROOT);
        Optional<ReleaseNumber> version = ReleaseNumber.parse(nameAndVersion.substring(dash + 1));
        if (version.isEmpty()) {
            return Optional.empty();
        }
        return switch (name) {
            case "docker" ->
                Optional.of(new EngineSwitch(
                        isAtLeast(version.get(), "28.2"),
                        "\"features\": {\"cdi\": true}",
                        "/etc/docker/daemon.json",
                        "docker"));
            case "containerd" ->
                Optional.of(new EngineSwitch(
                        isAtLeast(version.get(), "2.0"),
                        "enable_cdi = true",
                        "/etc/containerd/config.toml",
                        "containerd"));
            default -> Optional.empty();
        };
    }

    private static boolean isAtLeast(ReleaseNumber version, String first) {
        return version.compareTo(ReleaseNumber.of(first)) >= 0;
    }
}
