package io.github.gpucdi.probe;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Learns the minor numbers of MIG capability nodes: from {@code /proc/driver/nvidia/capabilities}, which lists what
 * there is, and if that has no number, from the table {@code /proc/driver/nvidia-caps/mig-minors}, which lists what
 * there could be. GPUs are named by device minor in both.
 */
final class CapabilityProbe {
    /** Where the capabilities are that there are. */
    static final String CAPABILITIES = "/proc/driver/nvidia/capabilities";

    private static final String LIVE = CAPABILITIES + "/";
    private static final String TABLE = "/proc/driver/nvidia-caps/mig-minors";
    private static final String MINOR = "DeviceFileMinor:";

    private final RootedFs host;
    private Optional<Map<String, Integer>> table = Optional.empty();

    CapabilityProbe(RootedFs host) {
        this.host = host;
    }

    /** The minor of {@code /dev/nvidia-caps/nvidia-cap<minor>} for a GPU instance; empty if nothing tells. */
    OptionalInt gpuInstance(int gpuMinor, int gpuInstance) {
        return minor("gpu" + gpuMinor, "gi" + gpuInstance + "/access");
    }

    /** The same for a compute instance. */
    OptionalInt computeInstance(int gpuMinor, int gpuInstance, int computeInstance) {
        return minor("gpu" + gpuMinor, "gi" + gpuInstance + "/ci" + computeInstance + "/access");
    }

    private OptionalInt minor(String gpu, String instance) {
        OptionalInt live =
                deviceFileMinor(host.text(LIVE + gpu + "/mig/" + instance).orElse(""));
        if (live.isPresent()) {
            return live;
        }
        Integer minor = table().get(gpu + "/" + instance);
        return minor == null ? OptionalInt.empty() : OptionalInt.of(minor);
    }

    /** The minors of all that there could be, by names such as {@code gpu0/gi1/ci0/access}; none without MIG. */
    Map<String, Integer> table() {
        if (table.isEmpty()) {
            table = Optional.of(parseTable(host.text(TABLE).orElse("")));
        }
        return table.get();
    }

    /** The number after {@code DeviceFileMinor:}. */
    static OptionalInt deviceFileMinor(String text) {
        return numberAfter(MINOR, text);
    }

    /** The number after a label at the start of a line; empty if what the first such line holds is none. */
    static OptionalInt numberAfter(String label, String text) {
        for (String line : Lines.of(text)) {
            if (line.startsWith(label)) {
                return number(line.substring(label.length()).trim());
            }
        }
        return OptionalInt.empty();
    }

    /**
     * Reads lines of a name, one space and a number, such as {@code gpu0/gi1/ci0/access 13}. Others are passed over;
     * of several for one name the last counts.
     */
    static Map<String, Integer> parseTable(String text) {
        Map<String, Integer> table = new HashMap<>();
        for (String line : Lines.of(text)) {
            int space = line.indexOf(' ');
            if (space > 0) {
                OptionalInt minor = number(line.substring(space + 1));
                if (minor.isPresent()) {
                    table.put(line.substring(0, space), minor.getAsInt());
                }
            }
        }
        return table;
    }

    /** Minor numbers have 20 bits; ten digits would not fit an int. */
    private static OptionalInt number(String text) {
        if (text.isEmpty() || text.length() > 9) {
            return OptionalInt.empty();
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return OptionalInt.empty();
            }
        }
        return OptionalInt.of(Integer.parseInt(text));
    }
}
