package io.github.gpucdi.help;

import java.util.List;

/** The parts that a command's options are told in, in this order. */
enum OptionGroup {
    /** What most people need: first what only this command has. */
    COMMON("Common options"),
    SPEC("What the spec holds"),
    WRITE("When it is written"),
    HOST("Where the facts come from"),
    EVERY("Options of every command");

    private static final List<String> FIRST = List.of(
            "--output",
            "--check",
            "--hooks",
            "--engine",
            "--device-id",
            "--device-name-strategy",
            "--format",
            "--strict",
            "--simulate",
            "--snapshot",
            "--driver-root",
            "--dev-root",
            "--host-root");

    private final String title;

    OptionGroup(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** Where the option of this first name is told, whatever command has it. */
    static OptionGroup of(String option) {
        return switch (option) {
            case "--mode",
                    "--no-all-device",
                    "--vendor",
                    "--class",
                    "--disable-hook",
                    "--enable-hook",
                    "--ldconfig-path",
                    "--feature-flag",
                    "--csv.ignore-pattern",
                    "--csv.compat-container-root",
                    "--cdi-version",
                    "--device-numbers",
                    "--target-driver-root",
                    "--target-dev-root" -> SPEC;
            case "--force", "--prune", "--on-driver-loss" -> WRITE;
            case "--library-search-path",
                    "--config-search-path",
                    "--csv.file",
                    "--config-file",
                    "--nvidia-cdi-hook-path",
                    "--nvml-timeout",
                    "--sandboxutils" -> HOST;
            case "--debug", "--quiet", "--config", "--help", "--version" -> EVERY;
            default -> COMMON;
        };
    }

    /** Where an option stands among the common ones; what a command has for itself comes before all that it shares. */
    static int rank(String option) {
        return FIRST.indexOf(option);
    }
}
