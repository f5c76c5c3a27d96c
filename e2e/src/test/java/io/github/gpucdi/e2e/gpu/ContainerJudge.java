package io.github.gpucdi.e2e.gpu;

import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.cdi.spec.Device;
import io.github.gpucdi.cdi.spec.Mount;
import io.github.gpucdi.e2e.engine.Inside;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a container had, against what it was to have. */
final class ContainerJudge {
    private static final String SMI = "/usr/bin/nvidia-smi -L";
    private static final String CUDA = "/check/cuda";

    private final CdiSpec spec;
    private final String uid;
    private final Inside inside;
    private final List<String> findings = new ArrayList<>();
    /** The devices asked for: of the spec, and of {@code nvidia-smi}. */
    private final List<Device> devices = new ArrayList<>();

    private final List<GpuFacts> gpus = new ArrayList<>();
    private final Set<String> uuids = new TreeSet<>();
    private final Set<String> usable = new TreeSet<>();

    private ContainerJudge(Evidence evidence, List<String> row, List<GpuFacts> all) {
        spec = evidence.spec(Evidence.TRIED);
        uid = row.get(2);
        inside = evidence.inside(row.get(0));
        for (String device : row.get(3).split(",")) {
            spec.devices().stream().filter(one -> one.name().equals(device)).forEach(devices::add);
            for (int index = 0; index < all.size(); index++) {
                ask(device, index, all.get(index));
            }
        }
    }

    private void ask(String device, int index, GpuFacts gpu) {
        boolean whole = device.equals("all") || device.equals(Integer.toString(index));
        List<String> parts = new ArrayList<>();
        for (GpuFacts.Mig mig : gpu.migs()) {
            if (whole || device.equals(index + ":" + mig.index())) {
                parts.add(mig.uuid());
            }
        }
        if (whole && !gpu.isPartitioned() || !parts.isEmpty()) {
            gpus.add(gpu);
            uuids.add(gpu.uuid());
            uuids.addAll(parts);
            usable.addAll(parts.isEmpty() ? List.of(gpu.uuid()) : parts);
        }
    }

    /** What is wrong with the containers. */
    static List<String> findings(Evidence evidence, List<GpuFacts> gpus) {
        List<String> findings = new ArrayList<>();
        List<List<String>> rows = evidence.rows("containers");
        for (List<String> row : rows) {
            for (String what : judge(evidence, row, gpus)) {
                findings.add(row.get(0) + ": " + what);
            }
        }
        for (String device : List.of("all", "-")) {
            if (rows.stream().noneMatch(row -> row.get(3).equals(device))) {
                findings.add("no container with the device " + device + " was started: " + evidence.lines("notes"));
            }
        }
        boolean partitioned = gpus.stream().anyMatch(gpu -> !gpu.migs().isEmpty());
        if (partitioned && rows.stream().noneMatch(row -> row.get(3).contains(":"))) {
            findings.add("no container with a MIG device was started");
        }
        return findings;
    }

    private static List<String> judge(Evidence evidence, List<String> row, List<GpuFacts> gpus) {
        try {
            ContainerJudge judge = new ContainerJudge(evidence, row, gpus);
            judge.judge();
            return judge.findings;
        } catch (RuntimeException | AssertionError e) {
            return List.of("it did not come to its end: " + e.getMessage());
        }
    }

    private void judge() {
        if (!inside.all("who").equals(List.of(uid + " " + uid))) {
            findings.add("its user is " + inside.all("who") + ", not " + uid);
        }
        nodes();
        if (gpus.isEmpty()) {
            nothing();
        } else {
            driver();
        }
    }

    private void nodes() {
        Set<String> asked = new TreeSet<>();
        if (!devices.isEmpty()) {
            add(asked, spec.containerEdits());
        }
        devices.forEach(device -> add(asked, device.containerEdits()));
        Set<String> there = new TreeSet<>();
        Set<String> minors = new TreeSet<>();
        for (String node : inside.nodes()) {
            String[] words = node.split(" ");
            there.add(words[0] + " " + words[1] + ":" + words[2]);
            if (words[0].matches("/dev/nvidia\\d+")) {
                minors.add(words[0].replace("/dev/nvidia", ""));
            }
            boolean forAll = (Integer.parseInt(words[3], 8) & 4) != 0;
            if (isRefused(words[6]) && (uid.equals("0") || forAll)) {
                findings.add(words[0] + " cannot be opened: " + words[6]);
            }
        }
        if (!there.equals(asked)) {
            findings.add("its nodes are " + there + ", and should be " + asked);
        }
        Set<String> own = new TreeSet<>();
        gpus.forEach(gpu -> own.add(Integer.toString(gpu.minor())));
        if (!minors.equals(own)) {
            findings.add("it has the nodes of the GPUs " + minors + ", and should have those of " + own);
        }
        for (String answer : inside.all("mknod")) {
            String[] words = answer.split(" ");
            boolean opens = words[1].equals("OK") && !isRefused(words[2]);
            if (opens && !own.contains(words[0].replaceFirst(".*\\D", ""))) {
                findings.add("a node made anew as " + words[0] + " can be opened");
            }
        }
    }

    private static void add(Set<String> nodes, ContainerEdits edits) {
        edits.deviceNodes().forEach(node -> nodes.add(node.path() + " " + node.major() + ":" + node.minor()));
    }

    /** Whether opening a node failed for want of rights; where no device is behind it, it was let through. */
    private static boolean isRefused(String answer) {
        return answer.equals("EPERM") || answer.equals("EACCES") || answer.equals("ENOENT");
    }

    /** Without a GPU nothing of the driver's may work. */
    private void nothing() {
        if (inside.answer("ran", SMI).equals("0")) {
            findings.add("nvidia-smi works without a GPU");
        }
        if (inside.answer("ran", CUDA).equals("0")) {
            findings.add("CUDA works without a GPU");
        }
        boolean withDriver = inside.all("load").stream().anyMatch(line -> line.startsWith("libcuda.so.1 "));
        if (withDriver && inside.all("call").stream().noneMatch(line -> line.startsWith("cuInit "))) {
            findings.add("it has libcuda, and not cuInit failed but " + inside.all("call"));
        }
    }

    private void driver() {
        Set<String> listed = new TreeSet<>();
        inside.rows().stream().filter(row -> row.size() == 1).forEach(row -> listed.addAll(Smi.uuids(row.get(0))));
        if (!inside.answer("ran", SMI).equals("0") || !listed.equals(uuids)) {
            findings.add("nvidia-smi lists " + listed + ", and should list " + uuids);
        }
        Set<String> used = new HashSet<>();
        inside.rows().stream().filter(row -> row.get(0).equals("device")).forEach(row -> used.add(row.get(2)));
        // A process sees one MIG device at most.
        boolean right = usable.stream().map(uuid -> uuid.substring(4)).toList().containsAll(used);
        if (!inside.answer("ran", CUDA).equals("0") || used.isEmpty() || !right) {
            findings.add("CUDA used " + used + inside.all("call") + ", and should use " + usable);
        }
        Set<String> files = new HashSet<>();
        spec.containerEdits().mounts().stream().map(Mount::containerPath).forEach(files::add);
        for (String path : SpecJudge.mapped(inside.rows())) {
            if (!files.contains(path)) {
                findings.add("CUDA mapped " + path + ", which is not of the spec");
            }
        }
    }
}
