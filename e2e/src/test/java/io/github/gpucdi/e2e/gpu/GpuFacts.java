package io.github.gpucdi.e2e.gpu;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A GPU as somebody tells of it.
 *
 * @param minor number of its device node
 * @param facts by names and in words that all use alike; what is not told may be missing
 * @param migs its MIG devices
 */
record GpuFacts(String uuid, int minor, Map<String, String> facts, List<Mig> migs) {
    /** What is not there, or not told. */
    static final String NONE = "none";

    /** A MIG device. */
    record Mig(int index, int gpuInstance, int computeInstance, String profile, String uuid) {}

    /** Whether it can be used by its MIG devices only. */
    boolean isPartitioned() {
        return "Enabled".equals(facts.get("MIG"));
    }

    /** An address with as many digits, and in the letters, that the kernel has. */
    static String pci(String address) {
        return address.toLowerCase(Locale.ROOT).replaceFirst("^0000(?=....:)", "");
    }
}
