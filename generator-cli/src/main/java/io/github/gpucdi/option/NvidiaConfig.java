package io.github.gpucdi.option;

import io.github.gpucdi.config.ConfigException;
import io.github.gpucdi.config.ConfigTree;
import io.github.gpucdi.probe.HostFiles;
import io.github.gpucdi.terminal.IoReason;
import io.github.gpucdi.terminal.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Finds the driver root in the NVIDIA container toolkit's configuration file. */
public final class NvidiaConfig {
    private static final String SUFFIX = "nvidia-container-runtime/config.toml";
    private static final int MAX_BYTES = 1 << 20;

    private NvidiaConfig() {}

    /**
     * The value of {@code nvidia-container-cli.root}; a file that is missing or says nothing gives none. A file that was
     * named is one of this machine, as every file that the user names; the usual one is the host's.
     */
    public static Optional<String> driverRoot(Optional<String> given, Path hostRoot, Session session) {
        Optional<String> named = given.or(() -> variable(session.environment(), "NVIDIA_CTK_CONFIG_FILE_PATH"));
        Path root = named.isPresent() ? Path.of("/") : hostRoot;
        Path file = Path.of(named.orElseGet(
                        () -> variable(session.environment(), "XDG_CONFIG_HOME").orElse("/etc") + "/" + SUFFIX))
                .toAbsolutePath();
        try {
            Optional<String> text = HostFiles.below(root).text(file.toString(), MAX_BYTES);
            if (text.isEmpty()) {
                given.ifPresent(name -> session.console().warning("no configuration file " + name + ": ignored"));
                return Optional.empty();
            }
            return ConfigTree.ofToml(text.get()).text("nvidia-container-cli", "root");
        } catch (IOException e) {
            session.console()
                    .warning(
                            "cannot read configuration file " + file + ": " + IoReason.of(e) + ": ignored",
                            IoReason.hint(e));
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
