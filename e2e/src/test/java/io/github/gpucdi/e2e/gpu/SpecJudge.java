package io.github.gpucdi.e2e.gpu;

import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.cdi.spec.Device;
import io.github.gpucdi.cdi.spec.DeviceNode;
import io.github.gpucdi.cdi.spec.Hook;
import io.github.gpucdi.cdi.spec.Mount;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Specs against the machine that they are of. */
final class SpecJudge {
    /** A library of the driver's among those that a process has mapped. */
    private static final Pattern DRIVER = Pattern.compile(".*/lib(cuda|nv|GL|EGL)[^/]*");

    private final Evidence evidence;
    private final Map<String, List<String>> paths = new HashMap<>();
    private final Map<String, String> nodes = new HashMap<>();
    private final List<String> findings = new ArrayList<>();

    private SpecJudge(Evidence evidence) {
        this.evidence = evidence;
        evidence.rows("paths").forEach(row -> paths.put(row.get(0), row));
        evidence.rows("nodes").forEach(row -> nodes.put(row.get(0), row.get(1) + ":" + row.get(2)));
    }

    /** What is wrong with the specs. */
    static List<String> findings(Evidence evidence, List<GpuFacts> gpus) {
        SpecJudge judge = new SpecJudge(evidence);
        for (String name : List.of(Evidence.TRIED, "spec-nvidia.yaml", "spec-auto.yaml")) {
            CdiSpec spec = evidence.spec(name);
            judge.edits(name, spec.containerEdits());
            spec.devices().forEach(device -> judge.edits(name + ", device " + device.name(), device.containerEdits()));
            judge.hooks(name, spec);
            judge.everyGpu(name, spec, gpus);
        }
        judge.mapped("cuda");
        judge.mapped("cuda-spec");
        return judge.findings;
    }

    /** The libraries of the driver's that a process had mapped, as {@code cuda.c} tells them. */
    static List<String> mapped(Collection<List<String>> rows) {
        return rows.stream()
                .filter(row -> row.size() == 2 && row.get(0).equals("mapped"))
                .map(row -> row.get(1))
                .filter(path -> DRIVER.matcher(path).matches())
                .toList();
    }

    private void edits(String where, ContainerEdits edits) {
        for (Mount mount : edits.mounts()) {
            String kind = Optional.ofNullable(paths.get(mount.hostPath()))
                    .map(row -> row.get(1))
                    .orElse("not looked at");
            if (kind.equals("missing") || kind.equals("not looked at")) {
                findings.add(where + ": " + mount.hostPath() + " is " + kind);
            }
        }
        for (DeviceNode node : edits.deviceNodes()) {
            String path = node.hostPath().isEmpty() ? node.path() : node.hostPath();
            String written = node.major() + ":" + node.minor();
            String there = nodes.getOrDefault(path, "no node");
            if (!there.equals(written)) {
                findings.add(where + ": " + path + " is " + there + " on the machine, not " + written);
            }
        }
    }

    /** Each hook's program can be run, or it was said that containers will not start. */
    private void hooks(String where, CdiSpec spec) {
        Set<String> programs = new TreeSet<>();
        spec.containerEdits().hooks().stream().map(Hook::path).forEach(programs::add);
        spec.devices().stream()
                .flatMap(device -> device.containerEdits().hooks().stream())
                .map(Hook::path)
                .forEach(programs::add);
        for (String program : programs) {
            List<String> row = paths.getOrDefault(program, List.of(program, "not looked at", "", "0"));
            boolean runs = row.get(1).equals("regular file") && (Integer.parseInt(row.get(3), 8) & 0111) != 0;
            if (!runs && !evidence.text(where + ".err").contains("the spec names " + program)) {
                findings.add(where + ": its hook program " + program + " is " + row.get(1) + " of mode " + row.get(3));
            }
        }
    }

    /** Each GPU that can be asked for has a device with its node. */
    private void everyGpu(String where, CdiSpec spec, List<GpuFacts> gpus) {
        for (int index = 0; index < gpus.size(); index++) {
            GpuFacts gpu = gpus.get(index);
            List<String> names = new ArrayList<>();
            for (GpuFacts.Mig mig : gpu.migs()) {
                names.add(index + ":" + mig.index());
            }
            if (!gpu.isPartitioned()) {
                names.add(Integer.toString(index));
            }
            for (String name : names) {
                String node = "/dev/nvidia" + gpu.minor();
                Optional<Device> device = spec.devices().stream()
                        .filter(one -> one.name().equals(name))
                        .findFirst();
                if (device.isEmpty()) {
                    findings.add(where + ": no device " + name);
                } else if (device.get().containerEdits().deviceNodes().stream()
                        .noneMatch(one -> one.path().equals(node))) {
                    findings.add(where + ": device " + name + " has no " + node);
                }
            }
        }
    }

    private void mapped(String step) {
        Set<String> files = new HashSet<>();
        for (Mount mount : evidence.spec(Evidence.TRIED).containerEdits().mounts()) {
            files.add(Optional.ofNullable(paths.get(mount.hostPath()))
                    .map(row -> row.get(2))
                    .orElse(mount.hostPath()));
        }
        List<String> mapped = mapped(evidence.rows(step));
        if (mapped.isEmpty()) {
            findings.add(step + ": it mapped no library of the driver's");
        }
        for (String path : mapped) {
            if (!files.contains(path)) {
                findings.add(step + ": it mapped " + path + ", which is not in the spec");
            }
        }
    }
}
