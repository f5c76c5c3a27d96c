package io.github.gpucdi.settings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;

/** What the configuration files say together: of two that set a key the later one wins. */
public final class Configuration {
    static final Configuration EMPTY = new Configuration(List.of());

    private final List<ConfigFile> files;
    private final Map<ConfigKey, Setting> settings = new HashMap<>();

    Configuration(List<ConfigFile> files) {
        this.files = List.copyOf(files);
        for (ConfigFile file : files) {
            for (Setting setting : file.settings()) {
                settings.put(setting.key(), setting);
            }
        }
    }

    /** The files, the one that wins last. */
    public List<ConfigFile> files() {
        return files;
    }

    /** What is wrong with them, in their order. */
    public List<ConfigFinding> findings() {
        List<ConfigFinding> findings = new ArrayList<>();
        for (ConfigFile file : files) {
            findings.addAll(file.findings());
        }
        return findings;
    }

    /** What they say of an option; an empty list says that it has its default. */
    public Optional<Setting> setting(OptionSpec option) {
        for (ConfigKey key : ConfigKeys.of(option)) {
            Setting setting = settings.get(key);
            if (setting != null) {
                return setting.values().isEmpty() ? Optional.empty() : Optional.of(setting);
            }
        }
        return Optional.empty();
    }
}
