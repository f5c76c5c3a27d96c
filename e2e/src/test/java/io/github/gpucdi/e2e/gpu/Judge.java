package io.github.gpucdi.e2e.gpu;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;

/** Says what a run of {@code e2e/gpu/run} shows to be wrong. */
public final class Judge {
    private static final List<BiFunction<Evidence, List<SmiGpu>, List<String>>> JUDGES =
            List.of(Judge::sessions, Judge::fields, SpecJudge::findings, ContainerJudge::findings);

    private Judge() {}

    /** A sentence for each thing that is wrong; none if all is well. */
    public static List<String> findings(Path directory) {
        Evidence evidence = new Evidence(directory);
        List<String> findings = new ArrayList<>(steps(evidence));
        for (BiFunction<Evidence, List<SmiGpu>, List<String>> judge : JUDGES) {
            try {
                findings.addAll(judge.apply(evidence, SmiGpu.all(evidence)));
            } catch (RuntimeException e) {
                findings.add("there is no judging: " + e.getMessage());
            }
        }
        return findings;
    }

    private static List<String> steps(Evidence evidence) {
        List<String> findings = new ArrayList<>();
        for (List<String> step : evidence.rows("steps")) {
            if (!List.of(step.get(3).split(",")).contains(step.get(2))) {
                findings.add(step.get(0) + " ended with " + step.get(2) + ": " + evidence.text(step.get(0) + ".err"));
            }
        }
        return findings;
    }

    /** Each command asked NVML in one session. */
    private static List<String> sessions(Evidence evidence, List<SmiGpu> gpus) {
        List<String> findings = new ArrayList<>();
        for (String name : List.of("snapshot.json", "devices.json", "doctor.json", Evidence.TRIED)) {
            List<String> begun = evidence.lines(name + ".err").stream()
                    .filter(line -> line.startsWith("debug: time of nvmlInit_v2: "))
                    .toList();
            if (begun.size() != 1 || !begun.get(0).contains(": 1 call, ")) {
                findings.add(name + ": not one session of NVML, but " + begun);
            }
        }
        return findings;
    }

    /** Each fact that our documents and nvidia-smi both tell. */
    private static List<String> fields(Evidence evidence, List<SmiGpu> gpus) {
        List<String> findings = new ArrayList<>();
        if (gpus.isEmpty()) {
            findings.add("nvidia-smi.xml: there is no GPU");
        }
        JsonNode snapshot = evidence.json("snapshot.json");
        JsonNode devices = evidence.json("devices.json");
        Map<String, Map<String, Map<String, String>>> documents =
                Map.of("snapshot.json", GpuFacts.ofSnapshot(snapshot), "devices.json", GpuFacts.ofDevices(devices));
        documents.forEach((document, told) -> {
            for (SmiGpu gpu : gpus) {
                compare(document + ", " + gpu.uuid(), gpu.facts(), told.getOrDefault(gpu.uuid(), Map.of()), findings);
            }
            if (told.size() != gpus.size()) {
                findings.add(document + ": " + told.size() + " GPUs, nvidia-smi has " + gpus.size());
            }
        });
        Map<String, String> versions = SmiGpu.versions(evidence);
        compare("snapshot.json", versions, GpuFacts.versions(snapshot.path("nvml")), findings);
        compare("devices.json", versions, GpuFacts.versions(devices), findings);
        return findings;
    }

    private static void compare(
            String where, Map<String, String> right, Map<String, String> told, List<String> findings) {
        right.forEach((name, value) -> {
            if (!value.equals(told.get(name))) {
                findings.add(where + ": " + name + " is " + told.get(name) + ", and " + value + " for nvidia-smi");
            }
        });
    }
}
