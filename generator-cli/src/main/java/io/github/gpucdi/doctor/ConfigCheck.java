package io.github.gpucdi.doctor;

import io.github.gpucdi.cdi.spec.ShellWord;
import java.util.List;

/** What of our own configuration keeps specs from being made. */
public final class ConfigCheck {
    private static final int MOST_SHOWN = 10;

    private ConfigCheck() {}

    /**
     * One about a file that commands refuse.
     *
     * @param findings what is wrong with it, a line each
     */
    public static Symptom unusable(String file, List<String> findings) {
        return Symptom.of(
                FindingId.CONFIG_UNUSABLE,
                file,
                file + " has mistakes: no command that reads it runs, such as generate",
                findings.subList(0, Math.min(findings.size(), MOST_SHOWN)),
                "gpu-cdi config check " + ShellWord.of(file));
    }
}
