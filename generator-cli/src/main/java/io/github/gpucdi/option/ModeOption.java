package io.github.gpucdi.option;

import io.github.gpucdi.host.Mode;
import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.NearestMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How GPUs are to be found, from {@code --mode}. */
final class ModeOption {
    private static final String AUTO = "auto";
    /** nvidia-ctk's, which are not there yet. */
    private static final List<String> NVIDIA_MODES =
            List.of("management", "wsl", "csv", "imex", "gds", "gdrcopy", "mofed", "nvswitch");

    private ModeOption() {}

    /** What the option means, whatever its case; another word is the user's mistake. */
    static Mode of(String given) {
        String word = given.toLowerCase(Locale.ROOT);
        List<String> allowed = new ArrayList<>(List.of(AUTO));
        for (Mode mode : Mode.values()) {
            String name = mode.name().toLowerCase(Locale.ROOT);
            if (word.equals(name)) {
                return mode;
            }
            allowed.add(name);
        }
        if (word.equals(AUTO)) {
            return Mode.NVML;
        }
        String known = "allowed: " + String.join(", ", allowed);
        if (NVIDIA_MODES.contains(word)) {
            throw CommandFailure.usage(
                    "gpu-cdi does not have nvidia-ctk's mode '" + given + "' yet",
                    known + "; nvidia-ctk cdi generate has it");
        }
        throw CommandFailure.usage(
                "invalid value '" + given + "' for --mode", known + NearestMatch.suggestion(given, allowed));
    }
}
