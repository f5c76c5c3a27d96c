package io.github.gpucdi.system;

import io.github.gpucdi.host.HostPath;
import io.github.gpucdi.probe.SystemProbe;
import io.github.gpucdi.probe.SystemProbe.Standing;
import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.Console;
import io.github.gpucdi.terminal.ExitCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which links to device nodes, named for their numbers, are to be made: those that are missing or lead elsewhere. */
final class LinkPlan {
    private LinkPlan() {}

    /**
     * Where this machine finds the directory of links.
     *
     * @throws CommandFailure if it is none
     */
    static Path requireDirectory(SystemProbe probe, String name) {
        return probe.directory(name)
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.NOT_WRITTEN,
                        "there is no directory " + name,
                        "make it, or name another with --dev-char-path"));
    }

    /**
     * What makes a link to each device. A link that leads to the node already stays, however it is written.
     *
     * @param name the directory of links, as the host calls it
     * @param faults where is added what is no link and stands in the place of one
     * @throws CommandFailure if it is none
     */
    static List<Step> steps(SystemProbe probe, String name, List<Device> devices, Faults faults, Console console) {
        Path directory = requireDirectory(probe, name);
        List<Step> steps = new ArrayList<>();
        Map<String, String> linked = new HashMap<>();
        for (Device device : devices) {
            String target = probe.ofNode(device.path());
            String other = linked.putIfAbsent(device.numbers(), target);
            if (other != null) {
                console.warning(target + " has the numbers of " + other + ": it gets no link");
                continue;
            }
            String path = HostPath.normalised(name + "/" + device.numbers());
            Standing there = probe.at(path);
            if (!there.isNothing() && there.link().isEmpty()) {
                faults.add(path + " is " + there.what() + ", not a link", "remove what stands in the place of a link");
            } else if (there.link().isPresent() && leadsTo(name, there.link().get(), target)) {
                console.debug(path + " is there");
            } else {
                steps.add(new MakeLink(directory.resolve(device.numbers()), path, target, !there.isNothing()));
            }
        }
        return steps;
    }

    private static boolean leadsTo(String directory, String link, String target) {
        String path = link.startsWith("/") ? link : directory + "/" + link;
        return HostPath.normalised(path).equals(target);
    }
}
