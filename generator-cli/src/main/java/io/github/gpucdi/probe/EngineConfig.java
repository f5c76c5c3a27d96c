package io.github.gpucdi.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an engine's configuration says of CDI, read from its text without knowing all of TOML or JSON: the keys have
 * names that stand nowhere else.
 *
 * @param cdiEnabled whether CDI is on
 * @param criDisabled whether containerd's CRI plugin is off
 * @param specDirectories absolute spec directories, in order
 */
record EngineConfig(Optional<Boolean> cdiEnabled, Optional<Boolean> criDisabled, List<String> specDirectories) {
    static final EngineConfig NOTHING = new EngineConfig(Optional.empty(), Optional.empty(), List.of());

    private static final Pattern DOCKER_CDI =
            Pattern.compile("\"features\"\\s{0,99}:\\s{0,99}\\{[^{}]{0,4096}?\"cdi\"\\s{0,99}:\\s{0,99}(true|false)");
    private static final Pattern DOCKER_DIRECTORIES =
            Pattern.compile("\"cdi-spec-dirs\"\\s{0,99}:\\s{0,99}\\[([^\\[\\]]{0,4096})]");
    private static final Pattern ENABLE_CDI = Pattern.compile("(?m)^[ \t]*enable_cdi[ \t]*=[ \t]*(true|false)");
    private static final Pattern TOML_DIRECTORIES =
            Pattern.compile("(?m)^[ \t]*cdi_spec_dirs[ \t]*=[ \t]*\\[([^\\[\\]]{0,4096})]");
    private static final Pattern DISABLED =
            Pattern.compile("(?m)^[ \t]*disabled_plugins[ \t]*=[ \t]*\\[([^\\[\\]]{0,4096})]");
    private static final Pattern STRING = Pattern.compile("\"([^\"\\\\\n]*)\"|'([^'\n]*)'");

    EngineConfig {
        specDirectories = List.copyOf(specDirectories);
    }

    /** Of Docker's {@code daemon.json}. */
    static EngineConfig ofDocker(String json) {
        return new EngineConfig(flag(DOCKER_CDI, json), Optional.empty(), directories(DOCKER_DIRECTORIES, json));
    }

    /** Of TOML as containerd, CRI-O and BuildKit have it. */
    static EngineConfig ofToml(String toml) {
        Optional<Boolean> disabled = last(DISABLED, toml)
                .map(EngineConfig::strings)
                .map(names -> names.contains("cri") || names.contains("io.containerd.grpc.v1.cri"));
        return new EngineConfig(flag(ENABLE_CDI, toml), disabled, directories(TOML_DIRECTORIES, toml));
    }

    /** This one, but what {@code later} says counts more: a file that is read after it. */
    EngineConfig overriddenBy(EngineConfig later) {
        return new EngineConfig(
                later.cdiEnabled.or(() -> cdiEnabled),
                later.criDisabled.or(() -> criDisabled),
                later.specDirectories.isEmpty() ? specDirectories : later.specDirectories);
    }

    private static Optional<Boolean> flag(Pattern pattern, String text) {
        return last(pattern, text).map(Boolean::valueOf);
    }

    private static List<String> directories(Pattern pattern, String text) {
        List<String> named = last(pattern, text).map(EngineConfig::strings).orElse(List.of());
        List<String> usable = new ArrayList<>();
        for (String directory : SearchPath.absolute(named)) {
            if (PathText.isWritable(directory)) {
                usable.add(directory);
            }
        }
        return usable;
    }

    private static Optional<String> last(Pattern pattern, String text) {
        Optional<String> found = Optional.empty();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found = Optional.of(matcher.group(1));
        }
        return found;
    }

    private static List<String> strings(String items) {
        List<String> strings = new ArrayList<>();
        Matcher matcher = STRING.matcher(items);
        while (matcher.find()) {
            strings.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
        }
        return strings;
    }
}
