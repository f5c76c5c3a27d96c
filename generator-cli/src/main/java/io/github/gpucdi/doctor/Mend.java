package io.github.gpucdi.doctor;

/**
 * Commands that mend, as a shell takes them.
 *
 * @param engines whom specs are to be made for, as {@code --engine} takes it: what one of them refuses mends nothing
 */
record Mend(String engines) {
    static final String REFRESH_OFF = "systemctl disable --now nvidia-cdi-refresh.path nvidia-cdi-refresh.service";
    static final String DEFAULT_FILE = "/etc/cdi/nvidia.yaml";

    /** Writes a spec anew. */
    String generate(String file) {
        return "gpu-cdi generate --engine=" + ShellWord.of(engines) + " --output=" + ShellWord.of(file);
    }

    /** Writes a spec anew that needs no hook program. */
    String generateHookFree(String file) {
        return "gpu-cdi generate --hooks=none --engine=" + ShellWord.of(engines) + " --output=" + ShellWord.of(file);
    }

    /** Takes a spec away from engines, which read names that end in .yaml or .json only. */
    static String disable(String file) {
        return "mv " + ShellWord.of(file) + " " + ShellWord.of(file + ".off");
    }
}
