package io.github.gpucdi.probe;

import io.github.gpucdi.config.ConfigException;
import io.github.gpucdi.config.ConfigTree;
import io.github.gpucdi.host.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an engine's configuration says of CDI.
 *
 * @param cdiEnabled whether CDI is on
 * @param criDisabled whether containerd's CRI plugin is off
 * @param specDirectories absolute spec directories, in order
 * @param problem why the configuration, or a file of it, says nothing that could be understood
 */
record EngineConfig(
        Optional<Boolean> cdiEnabled,
        Optional<Boolean> criDisabled,
        List<String> specDirectories,
        Optional<String> problem) {
    static final EngineConfig NOTHING =
            new EngineConfig(Optional.empty(), Optional.empty(), List.of(), Optional.empty());

    /** containerd's plugin for Kubernetes in versions 1, 2 and 3 of its configuration. */
    private static final List<String> CRI = List.of("cri", "io.containerd.grpc.v1.cri", "io.containerd.cri.v1.runtime");

    EngineConfig {
        specDirectories = List.copyOf(specDirectories);
    }

    /** A configuration that cannot be read. */
    static EngineConfig unread(String problem) {
        return new EngineConfig(Optional.empty(), Optional.empty(), List.of(), Optional.of(problem));
    }

    /** Of Docker's {@code daemon.json}. */
    static EngineConfig ofDocker(String json) {
        try {
            ConfigTree tree = ConfigTree.ofJson(json);
            return new EngineConfig(
                    tree.flag("features", "cdi"),
                    Optional.empty(),
                    usable(tree.texts("cdi-spec-dirs").orElse(List.of())),
                    Optional.empty());
        } catch (ConfigException e) {
            return unread(PlainText.escaped(e.getMessage()));
        }
    }

    /** Of TOML as containerd and CRI-O have it. */
    static EngineConfig ofToml(String toml) {
        try {
            ConfigTree tree = ConfigTree.ofToml(toml);
            Optional<Boolean> enabled = Optional.empty();
            List<String> directories =
                    tree.texts("crio", "runtime", "cdi_spec_dirs").orElse(List.of());
            for (String plugin : CRI) {
                Optional<Boolean> own = tree.flag("plugins", plugin, "enable_cdi");
                enabled = own.isPresent() ? own : enabled;
                directories = tree.texts("plugins", plugin, "cdi_spec_dirs").orElse(directories);
            }
            Optional<Boolean> disabled =
                    tree.texts("disabled_plugins").map(names -> names.stream().anyMatch(Set.copyOf(CRI)::contains));
            return new EngineConfig(enabled, disabled, usable(directories), Optional.empty());
        } catch (ConfigException e) {
            return unread(PlainText.escaped(e.getMessage()));
        }
    }

    /** This one, but what {@code later} says counts more: a file that is read after it. */
    EngineConfig overriddenBy(EngineConfig later) {
        return new EngineConfig(
                later.cdiEnabled.or(() -> cdiEnabled),
                later.criDisabled.or(() -> criDisabled),
                later.specDirectories.isEmpty() ? specDirectories : later.specDirectories,
                problem.or(later::problem));
    }

    /** This one, its problem said to be {@code file}'s. */
    EngineConfig of(String file) {
        return new EngineConfig(
                cdiEnabled, criDisabled, specDirectories, problem.map(why -> PlainText.escaped(file) + ": " + why));
    }

    private static List<String> usable(List<String> named) {
        List<String> usable = new ArrayList<>();
        for (String directory : SearchPath.absolute(named)) {
            if (PathText.isWritable(directory)) {
                usable.add(directory);
            }
        }
        return usable;
    }
}
