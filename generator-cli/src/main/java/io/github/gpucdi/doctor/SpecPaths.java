package io.github.gpucdi.doctor;

import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.cdi.spec.Device;
import io.github.gpucdi.cdi.spec.DeviceNode;
import io.github.gpucdi.cdi.spec.Hook;
import io.github.gpucdi.cdi.spec.Mount;
import io.github.gpucdi.cdi.text.read.SpecReader;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The paths of the host that a spec file names, as far as the file can be understood.
 *
 * @param paths of mounts and device nodes, each once
 * @param hooks programs, each once
 */
public record SpecPaths(List<String> paths, List<String> hooks) {

    public SpecPaths {
        paths = List.copyOf(paths);
        hooks = List.copyOf(hooks);
    }

    /** Those of a file. */
    public static SpecPaths of(String fileName, byte[] content) {
        Set<String> paths = new LinkedHashSet<>();
        Set<String> hooks = new LinkedHashSet<>();
        Optional<CdiSpec> spec =
                SpecReader.read(content, SpecReader.Format.ofName(fileName)).understood();
        spec.ifPresent(understood -> {
            add(understood.containerEdits(), paths, hooks);
            for (Device device : understood.devices()) {
                add(device.containerEdits(), paths, hooks);
            }
        });
        return new SpecPaths(List.copyOf(paths), List.copyOf(hooks));
    }

    private static void add(ContainerEdits edits, Set<String> paths, Set<String> hooks) {
        for (Mount mount : edits.mounts()) {
            paths.add(mount.hostPath());
        }
        for (DeviceNode node : edits.deviceNodes()) {
            paths.add(onHost(node));
        }
        for (Hook hook : edits.hooks()) {
            hooks.add(hook.path());
        }
    }

    /** Where the host has a node. */
    static String onHost(DeviceNode node) {
        return node.hostPath().isEmpty() ? node.path() : node.hostPath();
    }
}
