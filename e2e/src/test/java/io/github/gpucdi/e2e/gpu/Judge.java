package io.github.gpucdi.e2e.gpu;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** Says what a run of {@code e2e/gpu/run} shows to be wrong. */
public final class Judge {
    private Judge() {}

    /** A sentence for each thing that is wrong; none if all is well. */
    public static List<String> findings(Path directory) {
        Evidence evidence = new Evidence(directory);
        List<String> findings = new ArrayList<>();
        attempt(findings, () -> steps(evidence));
        attempt(findings, () -> sessions(evidence));
        List<GpuFacts> gpus = new ArrayList<>();
        attempt(findings, () -> fields(evidence, gpus));
        if (gpus.isEmpty()) {
            // What hangs on no word of nvidia-smi's is judged all the same.
            findings.add("nvidia-smi tells of no GPU: the program's own word is taken");
            attempt(findings, () -> {
                gpus.addAll(JsonGpus.ofSnapshot(evidence.json("snapshot.json")));
                return List.of();
            });
        }
        attempt(findings, () -> RedactionJudge.findings(evidence, gpus));
        attempt(findings, () -> SpecJudge.findings(evidence, gpus));
        attempt(findings, () -> ContainerJudge.findings(evidence, gpus));
        return findings;
    }

    private static void attempt(List<String> findings, Supplier<List<String>> judge) {
        try {
            findings.addAll(judge.get());
        } catch (RuntimeException e) {
            findings.add("there is no judging: " + e.getMessage());
        }
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
    private static List<String> sessions(Evidence evidence) {
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

    /**
     * Each fact that our documents and nvidia-smi both tell.
     *
     * @param gpus gets those that nvidia-smi tells of
     */
    private static List<String> fields(Evidence evidence, List<GpuFacts> gpus) {
        List<String> findings = new ArrayList<>();
        Smi smi = Smi.of(evidence);
        gpus.addAll(smi.gpus());
        JsonNode snapshot = evidence.json("snapshot.json");
        JsonNode devices = evidence.json("devices.json");
        compare("snapshot.json", smi, JsonGpus.ofSnapshot(snapshot), findings);
        compare("devices.json", smi, JsonGpus.ofDevices(devices), findings);
        compare("snapshot.json", smi.versions(), JsonGpus.versions(snapshot.path("nvml")), findings);
        compare("devices.json", smi.versions(), JsonGpus.versions(devices), findings);
        return findings;
    }

    private static void compare(String document, Smi smi, List<GpuFacts> told, List<String> findings) {
        Map<String, Map<String, String>> facts = new HashMap<>();
        told.forEach(gpu -> facts.put(gpu.uuid(), gpu.facts()));
        for (GpuFacts gpu : smi.gpus()) {
            compare(document + ", " + gpu.uuid(), gpu.facts(), facts.getOrDefault(gpu.uuid(), Map.of()), findings);
        }
        if (told.size() != smi.gpus().size()) {
            findings.add(document + ": " + told.size() + " GPUs, nvidia-smi has "
                    + smi.gpus().size());
        }
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
