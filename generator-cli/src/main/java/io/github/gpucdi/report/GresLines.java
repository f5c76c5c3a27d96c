package io.github.gpucdi.report;

import io.github.gpucdi.host.Gpu;
import io.github.gpucdi.host.MigDevice;
import io.github.gpucdi.host.NvmlFacts;
import io.github.gpucdi.terminal.SafeText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Lines of Slurm's {@code gres.conf}: one a GPU that is not partitioned, one a MIG device, in the driver's order.
 * Types are named as Slurm's own detection by NVML does: the product's name in lower case with underscores, and for
 * MIG devices their profile after another underscore. Each line ends in a comment with the device's index and UUID.
 *
 * @param text the lines, after comments that say what {@code slurm.conf} needs; each with its end
 * @param leftOut what the driver reports that has no line, and why, a sentence each
 */
public record GresLines(String text, List<String> leftOut) {
    /** Slurm's files have lists, ranges in brackets, comments and quotes. */
    private static final Pattern ONE_WORD = Pattern.compile("[\\w./:@+-]+");

    public GresLines {
        leftOut = List.copyOf(leftOut);
    }

    /**
     * The lines of what NVML told.
     *
     * @param nodes the device nodes that there are: slurmd does not start with a file that is not there
     * @param onHost gives a node's path on the host for that below the dev root
     */
    public static GresLines of(NvmlFacts facts, Set<String> nodes, UnaryOperator<String> onHost) {
        Lines lines = new Lines(nodes, onHost);
        facts.gpus().forEach(lines::add);
        return lines.finished();
    }

    private static final class Lines {
        private final Set<String> nodes;
        private final UnaryOperator<String> onHost;
        private final StringBuilder text = new StringBuilder();
        private final List<String> leftOut = new ArrayList<>();
        private final Map<String, Integer> counts = new LinkedHashMap<>();

        Lines(Set<String> nodes, UnaryOperator<String> onHost) {
            this.nodes = nodes;
            this.onHost = onHost;
        }

        void add(Gpu gpu) {
            String label = "GPU " + gpu.index();
            Optional<String> node = gpu.node();
            if (gpu.failure().isPresent()) {
                leftOut.add(label + ": " + gpu.failure().get().sentence());
            } else if (node.isEmpty()) {
                leftOut.add(label + ": the driver tells no minor number for it");
            } else if (!gpu.migEnabled()) {
                add(label, word(gpu.name()), List.of(node.get()), gpu.index() + " " + SafeText.escape(gpu.uuid()));
            } else if (gpu.migDevices().isEmpty()) {
                leftOut.add(label + ": it is in MIG mode and has no MIG device");
            } else {
                gpu.migDevices().forEach(mig -> add(gpu, node.get(), mig));
            }
        }

        private void add(Gpu gpu, String node, MigDevice mig) {
            String index = gpu.index() + ":" + mig.index();
            if (mig.failure().isPresent()) {
                leftOut.add("MIG device " + index + ": " + mig.failure().get().sentence());
            } else if (mig.gpuInstanceCap().isEmpty()
                    || mig.computeInstanceCap().isEmpty()) {
                leftOut.add("MIG device " + index + ": the driver names no capability for it");
            } else {
                List<String> files = List.of(
                        node,
                        MigDevice.CAPABILITY_NODE + mig.gpuInstanceCap().getAsInt(),
                        MigDevice.CAPABILITY_NODE + mig.computeInstanceCap().getAsInt());
                String type = word(gpu.name()) + "_" + word(mig.profile().orElse("mig"));
                add("MIG device " + index, type, files, index + " " + SafeText.escape(mig.uuid()));
            }
        }

        private void add(String label, String type, List<String> files, String comment) {
            List<String> paths = new ArrayList<>();
            for (String file : files) {
                String path = onHost.apply(file);
                if (!nodes.contains(file)) {
                    leftOut.add(label + ": " + path + " does not exist as a device node");
                    return;
                }
                if (!ONE_WORD.matcher(path).matches()) {
                    leftOut.add(label + ": gres.conf cannot name " + path);
                    return;
                }
                paths.add(path);
            }
            counts.merge(type, 1, Integer::sum);
            String option = files.size() == 1 ? "File=" : "MultipleFiles=";
            text.append("Name=gpu Type=" + type + " " + option + String.join(",", paths) + " # " + comment + "\n");
        }

        GresLines finished() {
            List<String> gres = new ArrayList<>();
            counts.forEach((type, count) -> gres.add("gpu:" + type + ":" + count));
            String head =
                    gres.isEmpty() ? "" : "# slurm.conf: GresTypes=gpu, and Gres=" + String.join(",", gres) + "\n";
            return new GresLines(head + text, leftOut);
        }

        /** {@code text} as a type: what Slurm reads as one word. */
        private static String word(String text) {
            return text.isEmpty() ? "unknown" : text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._+-]", "_");
        }
    }
}
