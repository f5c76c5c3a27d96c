package io.github.gpucdi.report;

import io.github.gpucdi.host.Gpu;
import io.github.gpucdi.host.MigDevice;
import io.github.gpucdi.host.NvmlFacts;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Labels of a Kubernetes node, as Node Feature Discovery's source {@code local} reads them from a file in
 * {@code features.d}: a line a label. Names begin with {@code gpu-cdi.}, so that they are never those of NVIDIA's own
 * discovery, in the name space that every release of Node Feature Discovery takes from a file.
 */
public final class NodeLabels {
    private static final String NAMESPACE = "feature.node.kubernetes.io/";
    private static final String PREFIX = "gpu-cdi.";

    /** What Kubernetes takes as the part of a label's name after the slash, and as its value. */
    private static final int MAX_LENGTH = 63;

    private NodeLabels() {}

    /** The lines, sorted, each with its end. GPUs and MIG devices that fail are counted apart. */
    public static String of(NvmlFacts facts) {
        Map<String, String> labels = new TreeMap<>();
        Map<String, Integer> counts = new TreeMap<>(Map.of("count", 0, "failed", 0, "mig.count", 0));
        TreeSet<String> products = new TreeSet<>();
        for (Gpu gpu : facts.gpus()) {
            if (gpu.failure().isPresent()) {
                add(counts, "failed");
                continue;
            }
            add(counts, "count");
            String product = word(gpu.name());
            if (!product.isEmpty()) {
                products.add(product);
                add(counts, "product." + product);
            }
            for (MigDevice mig : gpu.migDevices()) {
                if (mig.failure().isPresent()) {
                    add(counts, "failed");
                    continue;
                }
                add(counts, "mig.count");
                mig.profile().ifPresent(profile -> add(counts, "mig." + word(profile)));
            }
        }
        counts.forEach((name, count) -> labels.put(name, Integer.toString(count)));
        // A label has one value: a node with several products has their counts only.
        if (products.size() == 1) {
            labels.put("product", cut(products.first(), MAX_LENGTH));
        }
        facts.driverVersion().ifPresent(version -> addVersion(labels, "driver", cut(word(version), MAX_LENGTH)));
        facts.cudaDriverVersion().ifPresent(cuda -> addVersion(labels, "cuda", cuda / 1000 + "." + cuda % 1000 / 10));
        StringBuilder text = new StringBuilder();
        labels.forEach((name, value) ->
                text.append(NAMESPACE + PREFIX + name).append('=').append(value).append('\n'));
        return text.toString();
    }

    private static void add(Map<String, Integer> counts, String name) {
        counts.merge(cut(name, MAX_LENGTH - PREFIX.length()), 1, Integer::sum);
    }

    /** The version, and its first number alone, since node affinity compares whole numbers only. */
    private static void addVersion(Map<String, String> labels, String name, String version) {
        if (!version.isEmpty()) {
            labels.put(name, version);
            labels.put(name + ".major", version.split("[^0-9]", 2)[0]);
        }
    }

    /** {@code text} as a label's value: letters, digits and {@code -_.}, of which the ends are alphanumeric. */
    private static String word(String text) {
        String plain = text.replace('+', '.').replaceAll("[^A-Za-z0-9._]+", "-").replaceAll("^[^A-Za-z0-9]+", "");
        return ended(plain);
    }

    private static String ended(String word) {
        return word.replaceAll("[^A-Za-z0-9]+$", "");
    }

    /** What is too long ends in eight digits of the whole: else two that begin alike would be one. */
    private static String cut(String word, int length) {
        if (word.length() <= length) {
            return word;
        }
        String digits = String.format("-%08x", word.hashCode());
        return ended(word.substring(0, length - digits.length())) + digits;
    }
}
