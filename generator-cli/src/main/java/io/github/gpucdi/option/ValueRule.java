package io.github.gpucdi.option;

import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;

/** Whether a text can be an option's value, as far as that does not depend on the machine or on other options. */
public final class ValueRule {
    private ValueRule() {}

    /** Fails as the command would, if {@code value}, one of a list, is the user's mistake. */
    public static void require(OptionSpec option, String value) {
        String name = option.names()[0];
        switch (name) {
            case "--mode" -> ModeOption.of(value);
            case "--device-name-strategy" -> Choices.NAMING.of(value);
            case "--vendor", "--class" -> AssembleRequest.requireName(name, value);
            case "--hooks" -> Choices.HOOKS.of(value);
            case "--enable-hook" -> AssembleRequest.enabledHook(value);
            case "--device-numbers" -> Choices.NUMBERS.of(value);
            case "--on-driver-loss" -> Choices.DRIVER_LOSS.of(value);
            case "--format" -> Choices.FORMAT.of(value);
            case "--engine" -> TargetOption.engine(value);
            case "--cdi-version" -> TargetOption.version(value);
            case "--nvml-timeout" -> HostSource.timeout(value);
            case "--interval", "--on-change-timeout" -> WatchOptions.seconds(name, value);
            case "--http" -> ListenAddress.of(value);
            case "--nvidia-cdi-hook-path" -> HostSource.hookPath(Optional.of(value));
            case "--simulate" -> SimulatedHosts.requireKnown(value);
            default -> {
                if (takesPath(option)) {
                    GivenPath.of(name, value);
                }
            }
        }
    }

    private static boolean takesPath(OptionSpec option) {
        return switch (option.paramLabel()) {
            case "DIR", "FILE", "PATH" -> true;
            default -> false;
        };
    }
}
