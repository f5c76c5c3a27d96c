package io.github.gpucdi.e2e.gpu;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** GPUs as our JSON documents tell of them, in the words of {@code nvidia-smi}. */
final class JsonGpus {
    private static final long MIB = 1024 * 1024;
    private static final List<String> ADDRESSING = List.of("None", "HMM", "ATS");

    private JsonGpus() {}

    /** GPUs of {@code gpu-cdi snapshot}. */
    static List<GpuFacts> ofSnapshot(JsonNode snapshot) {
        List<GpuFacts> gpus = new ArrayList<>();
        for (JsonNode gpu : snapshot.at("/nvml/gpus")) {
            JsonNode mig = gpu.path("mig");
            gpus.add(of(gpu, gpu.path("details"), "pciBusId", mig.path("current"), mig.path("pending")));
        }
        return gpus;
    }

    /** GPUs of {@code gpu-cdi devices}. */
    static List<GpuFacts> ofDevices(JsonNode devices) {
        List<GpuFacts> gpus = new ArrayList<>();
        for (JsonNode gpu : devices.path("devices")) {
            gpus.add(of(gpu, gpu, "pciAddress", gpu.path("migEnabled"), gpu.path("migPending")));
        }
        return gpus;
    }

    /** Versions, of a document or the part of one that has them. */
    static Map<String, String> versions(JsonNode document) {
        int cuda = document.path("cudaDriverVersion").asInt(0);
        return Map.of("driver", text(document.path("driverVersion")), "CUDA", cuda / 1000 + "." + cuda % 1000 / 10);
    }

    private static GpuFacts of(JsonNode gpu, JsonNode details, String pci, JsonNode mig, JsonNode migPending) {
        Map<String, String> facts = new TreeMap<>();
        facts.put("compute capability", text(details.path("computeCapability")));
        facts.put("name", text(gpu.path("name")));
        facts.put("serial", text(details.path("serial")));
        facts.put("minor", text(gpu.path("minor")));
        facts.put("PCI", GpuFacts.pci(text(gpu.path(pci))));
        JsonNode bytes = details.path("memoryBytes");
        facts.put("MiB", bytes.isMissingNode() ? GpuFacts.NONE : Long.toString(bytes.asLong() / MIB));
        facts.put("architecture", text(details.path("architecture")));
        JsonNode addressing = gpu.path("addressingMode");
        facts.put("addressing", addressing.isMissingNode() ? GpuFacts.NONE : ADDRESSING.get(addressing.asInt()));
        facts.put("persistence", enabled(details.path("persistenceMode")));
        facts.put("display", enabled(details.path("displayActive")));
        facts.put("MIG", enabled(mig));
        facts.put("MIG to come", enabled(migPending));
        List<GpuFacts.Mig> migs = new ArrayList<>();
        for (JsonNode device : gpu.path("migDevices")) {
            migs.add(new GpuFacts.Mig(
                    device.required("index").asInt(),
                    device.required("gpuInstance").asInt(),
                    device.required("computeInstance").asInt(),
                    text(device.path("profile")),
                    device.required("uuid").asString()));
        }
        facts.put("MIG devices", migs.toString());
        return new GpuFacts(gpu.required("uuid").asString(), gpu.path("minor").asInt(-1), facts, migs);
    }

    private static String text(JsonNode value) {
        return value.isMissingNode() ? GpuFacts.NONE : value.asString();
    }

    private static String enabled(JsonNode value) {
        return value.isMissingNode() ? GpuFacts.NONE : value.asBoolean() ? "Enabled" : "Disabled";
    }
}
