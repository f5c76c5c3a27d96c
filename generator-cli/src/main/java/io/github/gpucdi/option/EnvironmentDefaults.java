package io.github.gpucdi.option;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Options that are not on the command line are taken from the environment: {@code --some.option-name} from
 * {@code GPU_CDI_SOME_OPTION_NAME}, else from the variable that nvidia-ctk has for it. An empty variable counts as
 * set, but not for a list.
 */
public final class EnvironmentDefaults implements IDefaultValueProvider {
    private static final Map<String, String> NVIDIA = nvidiaVariables();
    /** Options of other commands that have the name of one of nvidia-ctk's generate: its variable is not theirs. */
    private static final Set<String> GENERATE_ONLY = Set.of("--output", "--format");

    /** What changes the machine on the user's word is asked for on the command line alone. */
    private static final Set<String> COMMAND_LINE_ONLY = Set.of("--fix", "--yes");

    private final Map<String, String> environment;

    public EnvironmentDefaults(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option) || option.usageHelp() || option.versionHelp()) {
            return null;
        }
        String name = option.names()[0];
        if (isCommandLineOnly(name)) {
            return null;
        }
        return value(ownVariable(name), option.isMultiValue())
                .or(() -> nvidiaVariable(option.command().name(), name)
                        .flatMap(variable -> value(variable, option.isMultiValue())))
                .orElse(null);
    }

    /** Whether no variable stands for an option. */
    public static boolean isCommandLineOnly(String option) {
        return COMMAND_LINE_ONLY.contains(option);
    }

    private Optional<String> value(String variable, boolean list) {
        return Optional.ofNullable(environment.get(variable)).filter(value -> !list || !value.isEmpty());
    }

    /** Our variable for an option, given its first name. */
    public static String ownVariable(String option) {
        return "GPU_CDI_"
                + option.substring("--".length())
                        .replace('-', '_')
                        .replace('.', '_')
                        .toUpperCase(Locale.ROOT);
    }

    /**
     * nvidia-ctk's variable for an option, given its command's name and its own first; empty if it has none. Output and
     * form are those of its generate only: a snapshot must not land where the spec is.
     */
    public static Optional<String> nvidiaVariable(String command, String option) {
        boolean shared = command.equals("generate") || !GENERATE_ONLY.contains(option);
        return shared ? Optional.ofNullable(NVIDIA.get(option)) : Optional.empty();
    }

    private static Map<String, String> nvidiaVariables() {
        String generate = "NVIDIA_CTK_CDI_GENERATE_";
        Map<String, String> variables = new HashMap<>();
        variables.put("--debug", "NVIDIA_CTK_DEBUG");
        variables.put("--quiet", "NVIDIA_CTK_QUIET");
        variables.put("--config", "NVIDIA_CTK_CONFIG");
        variables.put("--spec-dir", "NVIDIA_CTK_CDI_SPEC_DIRS");
        variables.put("--output", "NVIDIA_CTK_CDI_OUTPUT_FILE_PATH");
        variables.put("--format", generate + "OUTPUT_FORMAT");
        variables.put("--mode", generate + "MODE");
        variables.put("--driver-root", "NVIDIA_CTK_DRIVER_ROOT");
        variables.put("--dev-root", "NVIDIA_CTK_DEV_ROOT");
        variables.put("--device-name-strategy", generate + "DEVICE_NAME_STRATEGIES");
        variables.put("--device-id", generate + "DEVICE_IDS");
        variables.put("--no-all-device", generate + "NO_ALL_DEVICE");
        variables.put("--vendor", generate + "VENDOR");
        variables.put("--class", generate + "CLASS");
        variables.put("--nvidia-cdi-hook-path", "NVIDIA_CTK_CDI_HOOK_PATH");
        variables.put("--ldconfig-path", generate + "LDCONFIG_PATH");
        variables.put("--config-search-path", generate + "CONFIG_SEARCH_PATHS");
        variables.put("--library-search-path", generate + "LIBRARY_SEARCH_PATHS");
        variables.put("--disable-hook", generate + "DISABLED_HOOKS");
        variables.put("--enable-hook", generate + "ENABLED_HOOKS");
        variables.put("--feature-flag", generate + "FEATURE_FLAGS");
        return variables;
    }
}
