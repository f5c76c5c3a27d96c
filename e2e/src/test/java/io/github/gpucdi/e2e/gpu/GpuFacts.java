package io.github.gpucdi.e2e.gpu;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** What our JSON documents tell of GPUs, in the words in which {@code nvidia-smi} tells it. */
final class GpuFacts {
    /** What is not there, or not told. */
    static final String NONE = "none";

    private static final long MIB = 1024 * 1024;
    private static final List<String> ADDRESSING = List.of("None", "HMM", "ATS");

    private GpuFacts() {}

    /** GPUs of {@code gpu-cdi snapshot} by their UUIDs. */
    static Map<String, Map<String, String>> ofSnapshot(JsonNode snapshot) {
        Map<String, Map<String, String>> gpus = new TreeMap<>();
        for (JsonNode gpu : snapshot.at("/nvml/gpus")) {
            JsonNode mig = gpu.path("mig");
            gpus.put(
                    gpu.required("uuid").asString(),
                    facts(gpu, gpu.path("details"), "pciBusId", mig.path("current"), mig.path("pending")));
        }
        return gpus;
    }

    /** GPUs of {@code gpu-cdi devices} by their UUIDs. */
    static Map<String, Map<String, String>> ofDevices(JsonNode devices) {
        Map<String, Map<String, String>> gpus = new TreeMap<>();
        for (JsonNode gpu : devices.path("devices")) {
            gpus.put(
                    gpu.required("uuid").asString(),
                    facts(gpu, gpu, "pciAddress", gpu.path("migEnabled"), gpu.path("migPending")));
        }
        return gpus;
    }

    /** Versions, of a document or the part of one that has them. */
    static Map<String, String> versions(JsonNode document) {
        int cuda = document.path("cudaDriverVersion").asInt(0);
        return Map.of("driver", text(document.path("driverVersion")), "CUDA", cuda / 1000 + "." + cuda % 1000 / 10);
    }

    private static Map<String, String> facts(
            JsonNode gpu, JsonNode details, String pci, JsonNode mig, JsonNode migPending) {
        Map<String, String> facts = new TreeMap<>();
        facts.put("compute capability", text(details.path("computeCapability")));
        facts.put("name", text(gpu.path("name")));
        facts.put("serial", text(details.path("serial")));
        facts.put("minor", text(gpu.path("minor")));
        facts.put("PCI", pci(text(gpu.path(pci))));
        JsonNode bytes = details.path("memoryBytes");
        facts.put("MiB", bytes.isMissingNode() ? NONE : Long.toString(bytes.asLong() / MIB));
        facts.put("architecture", text(details.path("architecture")));
        JsonNode addressing = gpu.path("addressingMode");
        facts.put("addressing", addressing.isMissingNode() ? NONE : ADDRESSING.get(addressing.asInt()));
        facts.put("persistence", enabled(details.path("persistenceMode")));
        facts.put("display", enabled(details.path("displayActive")));
        facts.put("MIG", enabled(mig));
        facts.put("MIG to come", enabled(migPending));
        List<SmiGpu.Mig> migs = new ArrayList<>();
        for (JsonNode device : gpu.path("migDevices")) {
            migs.add(new SmiGpu.Mig(
                    device.required("index").asInt(),
                    device.required("gpuInstance").asInt(),
                    device.required("computeInstance").asInt(),
                    text(device.path("profile")),
                    device.required("uuid").asString()));
        }
        facts.put("MIG devices", migs.toString());
        return facts;
    }

    /** An address with as many digits, and in the letters, that the kernel has. */
    static String pci(String address) {
        return address.toLowerCase(Locale.ROOT).replaceFirst("^0000(?=....:)", "");
    }

    private static String text(JsonNode value) {
        return value.isMissingNode() ? NONE : value.asString();
    }

    private static String enabled(JsonNode value) {
        return value.isMissingNode() ? NONE : value.asBoolean() ? "Enabled" : "Disabled";
    }
}
