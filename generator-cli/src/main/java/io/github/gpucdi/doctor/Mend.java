package io.github.gpucdi.doctor;

import io.github.gpucdi.assemble.model.ShadowAdvice;
import io.github.gpucdi.cdi.spec.ShellWord;
import io.github.gpucdi.host.Mode;
import io.github.gpucdi.host.ProbeOptions;
import java.util.List;

/**
 * Commands that mend, as a shell takes them, for the host that was examined.
 *
 * @param engines whom specs are to be made for, as {@code --engine} takes it: what one of them refuses mends nothing
 * @param hostRoot where the host's root directory is
 * @param specDirectories those that the user named, empty for each engine's own
 * @param probed how the host was looked at: a spec made another way would be another host's
 * @param mode what specs are of
 */
record Mend(String engines, String hostRoot, List<String> specDirectories, ProbeOptions probed, Mode mode) {
    /** The same for specs of another mode. */
    Mend of(Mode other) {
        return new Mend(engines, hostRoot, specDirectories, probed, other);
    }

    /** Writes a spec anew. */
    Mending generate(String file) {
        return new Mending("gpu-cdi generate" + look() + target(file));
    }

    /** Writes a spec anew that needs no hook program. */
    Mending generateHookFree(String file) {
        return new Mending("gpu-cdi generate --hooks=none" + look() + target(file));
    }

    private String target(String file) {
        return (mode == Mode.AUTO ? "" : " --mode=" + mode.word()) + " --engine=" + ShellWord.of(engines) + " --output="
                + path(file);
    }

    /** The options by which a command looks at the same host. */
    String look() {
        StringBuilder options = new StringBuilder();
        add(options, "--host-root", hostRoot.equals("/") ? "" : hostRoot);
        add(options, "--driver-root", probed.driverRoot().equals("/") ? "" : probed.driverRoot());
        add(options, "--dev-root", probed.devRoot().equals(probed.driverRoot()) ? "" : probed.devRoot());
        add(options, "--library-search-path", String.join(",", probed.librarySearchPaths()));
        add(options, "--config-search-path", String.join(",", probed.configSearchPaths()));
        add(options, "--csv.file", String.join(",", probed.csvFiles()));
        add(options, "--nvidia-cdi-hook-path", probed.hookPath().orElse(""));
        return options.toString();
    }

    /** The options by which doctor looks at the same host and directories. */
    String doctor() {
        StringBuilder options = new StringBuilder(look());
        add(options, "--spec-dir", String.join(",", specDirectories));
        return options.toString();
    }

    private static void add(StringBuilder options, String name, String value) {
        if (!value.isEmpty()) {
            options.append(' ').append(name).append('=').append(ShellWord.of(value));
        }
    }

    /** What acts on the running machine, wherever the host's root is: below another it is for a person to run there. */
    Mending onMachine(String command) {
        return new Mending(command, hostRoot.equals("/"));
    }

    /** A path of the host as a word: where it is for who looks from outside. */
    String path(String path) {
        return ShellWord.of(hostRoot.equals("/") ? path : hostRoot + path);
    }

    /** Takes a spec away from engines, which read names that end in .yaml or .json only. */
    Mending disable(String file) {
        return new Mending("mv " + path(file) + " " + path(file + ".off"));
    }

    /** Takes a spec away from engines that the NVIDIA toolkit's unit writes, and would write again. */
    Mending disableRefreshed(String file) {
        return systemd(ShadowAdvice.REFRESH_OFF).then(new Mending("rm " + path(file)));
    }

    /** A command of systemd for the host: below another root nothing runs that could be started or stopped. */
    Mending systemd(String command) {
        if (hostRoot.equals("/")) {
            return new Mending(command);
        }
        int program = command.indexOf(' ');
        return new Mending(command.substring(0, program) + " --root=" + ShellWord.of(hostRoot)
                + command.substring(program).replace(" --now", ""));
    }

    /** Keeps a spec up to date where no systemd does. */
    String watch(String file) {
        return "gpu-cdi watch" + look() + target(file);
    }
}
