package io.github.gpucdi.settings;

import java.util.List;

/**
 * A configuration file as read.
 *
 * @param name its path
 * @param settings what it says, as far as that is understood
 * @param findings what is wrong with it, in the order of the text
 */
public record ConfigFile(String name, List<Setting> settings, List<ConfigFinding> findings) {
    public ConfigFile {
        settings = List.copyOf(settings);
        findings = List.copyOf(findings);
    }

    /** Whether the file could not be had at all. */
    public boolean isUnreadable() {
        return !findings.isEmpty() && findings.get(0).position().isEmpty();
    }
}
