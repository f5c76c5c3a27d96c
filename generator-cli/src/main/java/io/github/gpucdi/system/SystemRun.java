package io.github.gpucdi.system;

import io.github.gpucdi.probe.SystemProbe;
import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.Console;
import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.terminal.IoReason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One run: look, plan, do. All that can be known to be wrong is told before anything is done; but which numbers devices have
 * shows only once modules are loaded.
 */
public final class SystemRun {
    private final SystemRequest request;
    private final Console console;

    public SystemRun(SystemRequest request, Console console) {
        this.request = request;
        this.console = console;
    }

    /**
     * Loads modules and makes device nodes, as far as that is asked for.
     *
     * @throws CommandFailure if that cannot or must not be done
     */
    public void makeNodes() {
        if (!request.loadModules() && !request.controlNodes()) {
            console.info("nothing is asked for: see --control-devices and --load-kernel-modules");
            return;
        }
        SystemProbe probe = loaded(look());
        if (request.controlNodes()) {
            Faults faults = new Faults();
            List<Step> steps = NodePlan.steps(probe, request.replace(), faults, console);
            faults.refuse(console);
            perform(steps);
        }
    }

    /**
     * Makes links to the device nodes that there are.
     *
     * @param directory the directory of links, as the host calls it
     * @throws CommandFailure if that cannot or must not be done
     */
    public void linkExisting(String directory) {
        SystemProbe probe = look();
        NodePlan.requireDirectory(probe);
        List<Device> devices = LinkedDevices.existing(probe);
        if (devices.isEmpty()) {
            LinkPlan.requireDirectory(probe, directory);
            console.warning(
                    "No NVIDIA devices found in " + request.devRoot(),
                    "--create-all makes links to the device nodes that there could be");
            return;
        }
        Faults faults = new Faults();
        List<Step> steps = LinkPlan.steps(probe, directory, devices, faults, console);
        faults.refuse(console);
        perform(steps);
    }

    /**
     * Makes links to all device nodes that there could be, and first loads modules and makes nodes, if that is asked for.
     *
     * @param directory the directory of links, as the host calls it
     * @throws CommandFailure if that cannot or must not be done
     */
    public void linkPossible(String directory) {
        SystemProbe before = look();
        LinkPlan.requireDirectory(before, directory);
        SystemProbe probe = loaded(before);
        Faults faults = new Faults();
        List<Step> steps = new ArrayList<>();
        if (request.controlNodes()) {
            steps.addAll(NodePlan.steps(probe, request.replace(), faults, console));
        }
        steps.addAll(LinkPlan.steps(probe, directory, LinkedDevices.possible(probe, console), faults, console));
        faults.refuse(console);
        perform(steps);
    }

    private SystemProbe look() {
        SystemProbe probe = new SystemProbe(request.hostRoot(), request.driverRoot(), request.devRoot());
        if (probe.driver().isEmpty()) {
            throw CommandFailure.usage(
                    "--driver-root " + request.driverRoot() + " is not a directory", "give an existing directory");
        }
        return probe;
    }

    /** What is there once modules are loaded, if they are to be. */
    private SystemProbe loaded(SystemProbe before) {
        if (!request.loadModules()) {
            return before;
        }
        Faults faults = new Faults();
        if (request.controlNodes()) {
            NodePlan.places(before, faults);
        }
        faults.refuse(console);
        perform(Modules.steps(before));
        return look();
    }

    private void perform(List<Step> steps) {
        if (steps.isEmpty()) {
            console.info("nothing to do: all is there");
        }
        for (Step step : steps) {
            console.info(step.text());
            try {
                if (!request.dryRun()) {
                    step.run();
                }
            } catch (IOException e) {
                String what = step.failure() + ": " + IoReason.of(e);
                throw new CommandFailure(ExitCode.NOT_WRITTEN, what, step.hint(e), e);
            }
        }
    }
}
