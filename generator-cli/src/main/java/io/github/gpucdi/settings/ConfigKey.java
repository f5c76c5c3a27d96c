package io.github.gpucdi.settings;

/**
 * A key of the configuration file.
 *
 * @param section the command below whose name it stands; empty at the top
 * @param name the option's first name without dashes
 */
public record ConfigKey(String section, String name) {
    static ConfigKey top(String name) {
        return new ConfigKey("", name);
    }

    /** With its section. */
    public String text() {
        return section.isEmpty() ? name : section + "." + name;
    }
}
