package io.github.gpucdi.system;

import io.github.gpucdi.probe.HostFiles;
import io.github.gpucdi.probe.SystemProbe;
import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.ExitCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Loads the driver's kernel modules, by the program of the root that the driver is installed in. */
final class Modules {
    private static final List<String> NAMES = List.of("nvidia", "nvidia-uvm", "nvidia-modeset");
    private static final String MODPROBE = "/sbin/modprobe";
    private static final List<String> CHROOT = List.of("/usr/sbin/chroot", "/usr/bin/chroot");

    private Modules() {}

    /**
     * What loads them, in this order.
     *
     * @throws CommandFailure if the program for it is missing, or others than root can change it
     */
    static List<Step> steps(SystemProbe probe) {
        Path root = probe.driver().orElseThrow();
        boolean elsewhere = !root.equals(Path.of("/"));
        requireTrusted((elsewhere ? root : "") + MODPROBE, probe.faultOfProgram(MODPROBE));
        String chroot = elsewhere ? chroot() : "";
        List<Step> steps = new ArrayList<>();
        for (String name : NAMES) {
            String told = MODPROBE + " " + name;
            steps.add(
                    elsewhere
                            ? new LoadModule(
                                    List.of(chroot, root.toString(), MODPROBE, name), "chroot " + root + " " + told)
                            : new LoadModule(List.of(MODPROBE, name), told));
        }
        return steps;
    }

    private static String chroot() {
        HostFiles machine = HostFiles.below(Path.of("/"));
        Optional<String> fault = machine.faultOfProgram(CHROOT.get(0));
        if (fault.isPresent() && machine.faultOfProgram(CHROOT.get(1)).isEmpty()) {
            return CHROOT.get(1);
        }
        requireTrusted(CHROOT.get(0), fault);
        return CHROOT.get(0);
    }

    private static void requireTrusted(String program, Optional<String> fault) {
        if (fault.isPresent()) {
            throw new CommandFailure(
                    ExitCode.NOT_WRITTEN,
                    "cannot load kernel modules: " + program + ": " + fault.get(),
                    "it must be there, and it and its directories root's and writable by nobody else; or load them"
                            + " otherwise, and leave out --load-kernel-modules");
        }
    }
}
