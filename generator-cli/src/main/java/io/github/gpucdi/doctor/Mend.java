package io.github.gpucdi.doctor;

/** Commands that mend, as a shell takes them. */
final class Mend {
    static final String REFRESH_OFF = "systemctl disable --now nvidia-cdi-refresh.path nvidia-cdi-refresh.service";
    static final String DEFAULT_FILE = "/etc/cdi/nvidia.yaml";

    private Mend() {}

    /** Writes a spec anew. */
    static String generate(String file) {
        return "gpu-cdi generate --output=" + ShellWord.of(file);
    }

    /** Writes a spec anew that engines can read. */
    static String generateFor(String engines, String file) {
        return "gpu-cdi generate --engine=" + ShellWord.of(engines) + " --output=" + ShellWord.of(file);
    }

    /** Writes a spec anew that needs no hook program. */
    static String generateHookFree(String file) {
        return "gpu-cdi generate --hooks=none --output=" + ShellWord.of(file);
    }

    /** Takes a spec away from engines, which read names that end in .yaml or .json only. */
    static String disable(String file) {
        return "mv " + ShellWord.of(file) + " " + ShellWord.of(file + ".off");
    }
}
