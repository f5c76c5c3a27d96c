package io.github.gpucdi.option;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Options that are not on the command line are taken from the environment. {@code --some-option} of generate, in either
 * face, from {@code GPU_CDI_SOME_OPTION}; of another command from {@code GPU_CDI_COMMAND_SOME_OPTION}, since it may mean
 * another thing there. {@link SharedOptions}, and a few by name, mean the same everywhere: without the command's own variable the plain one
 * counts. The last is the variable that nvidia-ctk has for the option. An empty variable counts as set, but not for a
 * list.
 */
public final class EnvironmentDefaults implements IDefaultValueProvider {
    private static final String GENERATE = "generate";
    private static final Map<String, String> NVIDIA = nvidiaVariables();
    /** Options of other commands that have the name of one of nvidia-ctk's generate: its variable is not theirs. */
    private static final Set<String> GENERATE_ONLY = Set.of("--output", "--format");

    /** Options that have a word of their own in each command's help, and mean the same: which specs, as whom; where the host is. */
    private static final Set<String> SHARED =
            Set.of("--as", "--rootless", "--spec-dir", "--host-root", "--driver-root", "--dev-root");

    /** What changes the machine on the user's word is asked for on the command line alone; what only the program says, too. */
    private static final Set<String> COMMAND_LINE_ONLY = Set.of("--fix", "--yes", "--worker");

    private final Map<String, String> environment;
    private final Set<String> taken = new LinkedHashSet<>();

    public EnvironmentDefaults(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option) || option.usageHelp() || option.versionHelp()) {
            return null;
        }
        Optional<String> variable = variable(option);
        if (variable.isEmpty()) {
            return null;
        }
        take(variable.get());
        return environment.get(variable.get());
    }

    /** The variable that the option is taken from, if one is set. */
    public Optional<String> variable(OptionSpec option) {
        for (String variable : variables(option)) {
            String value = environment.get(variable);
            if (value != null && !(!option.splitRegex().isEmpty() && value.isEmpty())) {
                return Optional.of(variable);
            }
        }
        return Optional.empty();
    }

    /** The value of a variable that is set. */
    public String value(String variable) {
        return environment.get(variable);
    }

    /** Remembers a place, such as a variable, that an option is taken from. */
    public void take(String place) {
        taken.add(place);
    }

    /** Where options were taken from: what is wrong with a command line may stand there. */
    public Set<String> taken() {
        return taken;
    }

    /** The variables that an option is taken from, the one that wins first. */
    public static List<String> variables(OptionSpec option) {
        String name = option.names()[0];
        if (COMMAND_LINE_ONLY.contains(name)) {
            return List.of();
        }
        String command = command(option.command());
        List<String> variables = new ArrayList<>();
        if (!command.isEmpty() && !command.equals(GENERATE)) {
            variables.add(variable(command + "-" + name.substring(2)));
        }
        if (variables.isEmpty() || isShared(option)) {
            variables.add(variable(name.substring(2)));
        }
        List<String> ofSystem = command.startsWith("system-") ? SystemVariables.of(command, name) : List.of();
        variables.addAll(ofSystem);
        if (ofSystem.isEmpty()) {
            nvidiaVariable(command, name).ifPresent(variables::add);
        }
        return variables;
    }

    /** Whether the option means the same in every command that has it. */
    public static boolean isShared(OptionSpec option) {
        return SHARED.contains(option.names()[0]) || option.userObject() instanceof SharedOptions;
    }

    /** nvidia-ctk's variable for an option of generate, given its first name; empty if it has none. */
    public static Optional<String> nvidiaVariable(String option) {
        return nvidiaVariable(GENERATE, option);
    }

    /** Output and form are those of its generate only: a snapshot must not land where the spec is. */
    private static Optional<String> nvidiaVariable(String command, String option) {
        boolean given = command.equals(GENERATE) || !GENERATE_ONLY.contains(option);
        return given ? Optional.ofNullable(NVIDIA.get(option)) : Optional.empty();
    }

    /** The words of a command, the same in either face; none of the program itself. */
    private static String command(CommandSpec command) {
        if (command.parent() == null) {
            return "";
        }
        String group = command(command.parent());
        boolean face = group.isEmpty() && command.name().equals("cdi");
        return face ? "" : group.isEmpty() ? command.name() : group + "-" + command.name();
    }

    private static String variable(String words) {
        return "GPU_CDI_" + words.replace('-', '_').replace('.', '_').toUpperCase(Locale.ROOT);
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
        variables.put("--csv.file", generate + "CSV_FILES");
        variables.put("--csv.ignore-pattern", generate + "CSV_IGNORE_PATTERNS");
        variables.put("--csv.compat-container-root", generate + "CSV_CONTAINER_COMPAT_ROOT");
        variables.put("--feature-flag", generate + "FEATURE_FLAGS");
        return variables;
    }
}
