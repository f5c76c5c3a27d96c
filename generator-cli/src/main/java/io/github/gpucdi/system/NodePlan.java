package io.github.gpucdi.system;

import io.github.gpucdi.host.CharNode;
import io.github.gpucdi.probe.SystemProbe;
import io.github.gpucdi.probe.SystemProbe.Standing;
import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.Console;
import io.github.gpucdi.terminal.ExitCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Which device nodes are to be made: those that are missing, and on demand those that are wrong. */
final class NodePlan {
    private NodePlan() {}

    /**
     * Where this machine finds the directory of nodes.
     *
     * @param faults where is added what is no device node and stands in the place of one
     * @throws CommandFailure if there is none
     */
    static Path places(SystemProbe probe, Faults faults) {
        Path directory = requireDirectory(probe);
        for (String path : Majors.CONTROL_NODES) {
            Standing there = probe.node(path);
            if (!there.isNothing() && there.node().isEmpty()) {
                faults.add(
                        probe.ofNode(path) + " is " + there.what() + ", not a device node",
                        "remove what stands in the place of a device node");
            }
        }
        return directory;
    }

    /** The directory alone. */
    static Path requireDirectory(SystemProbe probe) {
        return probe.nodeDirectory()
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.NOT_WRITTEN,
                        "there is no directory " + probe.ofNode("/dev"),
                        "make it, or say whose it is with --dev-root"));
    }

    /**
     * What makes the control nodes.
     *
     * @param replace whether a node that is wrong gives way
     * @param faults where is added what stands in a node's place and does not give way
     * @throws CommandFailure if the driver is not there
     */
    static List<Step> steps(SystemProbe probe, boolean replace, Faults faults, Console console) {
        Path directory = places(probe, faults);
        List<Step> steps = new ArrayList<>();
        for (Device device : Majors.of(probe).controlNodes()) {
            Standing there = probe.node(device.path());
            String path = probe.ofNode(device.path());
            Path file = directory.resolve(Path.of(device.path()).getFileName());
            MakeNode made = new MakeNode(file, path, device.major(), device.minor(), !there.isNothing());
            if (there.node().isEmpty()) {
                steps.add(made);
                continue;
            }
            CharNode node = there.node().get();
            String numbers = node.major() + ":" + node.minor();
            String mode = "0" + Integer.toOctalString(node.mode());
            boolean sameNumbers = numbers.equals(device.numbers());
            if (sameNumbers && node.mode() == MakeNode.MODE) {
                console.debug(path + " is there");
            } else if (replace) {
                steps.add(made);
            } else if (sameNumbers) {
                // Who has closed it may have meant it.
                console.warning(
                        path + " has mode " + mode + ", not 0666: it is left so", "--replace makes it anew with 0666");
            } else {
                faults.add(
                        path + " has the numbers " + numbers + ", not " + device.numbers(),
                        "it is of an earlier boot, or another device's: --replace makes it anew");
            }
        }
        return steps;
    }
}
