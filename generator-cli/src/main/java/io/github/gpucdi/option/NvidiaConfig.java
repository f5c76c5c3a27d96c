package io.github.gpucdi.option;

import io.github.gpucdi.config.ConfigException;
import io.github.gpucdi.config.ConfigTree;
import io.github.gpucdi.terminal.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Finds the driver root in the NVIDIA container toolkit's configuration file. */
public final class NvidiaConfig {
    private static final String SUFFIX = "nvidia-container-runtime/config.toml";
    private static final long MAX_BYTES = 1 << 20;

    private NvidiaConfig() {}

    /** The value of {@code nvidia-container-cli.root}; a file that is missing or says nothing gives none. */
    public static Optional<String> driverRoot(Optional<String> given, Session session) {
        Path file = Path.of(given.or(() -> variable(session.environment(), "NVIDIA_CTK_CONFIG_FILE_PATH"))
                .orElseGet(
                        () -> variable(session.environment(), "XDG_CONFIG_HOME").orElse("/etc") + "/" + SUFFIX));
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
                given.ifPresent(name -> session.console().warning("no configuration file " + name + ": ignored"));
                return Optional.empty();
            }
            return ConfigTree.ofToml(Files.readString(file)).text("nvidia-container-cli", "root");
        } catch (IOException e) {
            session.console().warning("cannot read configuration file " + file + ": ignored");
            return Optional.empty();
        } catch (ConfigException e) {
            session.console()
                    .warning(
                            "configuration file " + file + " is not understood: " + e.getMessage() + ": ignored",
                            "mend it, or say where the driver is with --driver-root");
            return Optional.empty();
        }
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }
}
