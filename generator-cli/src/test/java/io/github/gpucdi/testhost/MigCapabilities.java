package io.github.gpucdi.testhost;

import java.util.ArrayList;
import java.util.List;

/**
 * How the kernel module numbers MIG capabilities: from the moment that it is loaded, for 32 GPUs with 15 GPU instances
 * of 8 compute instances each, partitioned or not.
 */
final class MigCapabilities {
    private static final int GPUS = 32;
    private static final int GPU_INSTANCES = 15;
    private static final int COMPUTE_INSTANCES = 8;

    private MigCapabilities() {}

    /** The item that makes {@code /proc/driver/nvidia-caps/mig-minors}. */
    static List<String> table() {
        StringBuilder table = new StringBuilder("config 1\\nmonitor 2\\n");
        for (int gpu = 0; gpu < GPUS; gpu++) {
            for (int gi = 0; gi < GPU_INSTANCES; gi++) {
                table.append("gpu" + gpu + "/gi" + gi + "/access " + gpuInstance(gpu, gi) + "\\n");
                for (int ci = 0; ci < COMPUTE_INSTANCES; ci++) {
                    table.append("gpu" + gpu + "/gi" + gi + "/ci" + ci + "/access ")
                            .append((gpuInstance(gpu, gi) + 1 + ci) + "\\n");
                }
            }
        }
        return List.of("text /proc/driver/nvidia-caps/mig-minors " + table);
    }

    /**
     * The items that make a live GPU instance.
     *
     * @param words {@code mig MAJOR MINOR GI CI…}
     */
    static List<String> of(String[] words) {
        String major = words[1];
        int gpu = Integer.parseInt(words[2]);
        int gi = Integer.parseInt(words[3]);
        List<String> items = new ArrayList<>();
        String directory = "/proc/driver/nvidia/capabilities/gpu" + gpu + "/mig/gi" + gi;
        add(items, major, directory, gpuInstance(gpu, gi));
        for (int i = 4; i < words.length; i++) {
            int ci = Integer.parseInt(words[i]);
            add(items, major, directory + "/ci" + ci, gpuInstance(gpu, gi) + 1 + ci);
        }
        return items;
    }

    private static void add(List<String> items, String major, String directory, int minor) {
        items.add("text " + directory + "/access DeviceFileMinor: " + minor
                + "\\nDeviceFileMode: 292\\nDeviceFileModify: 1\\n");
        items.add("chr /dev/nvidia-caps/nvidia-cap" + minor + " " + major + " " + minor + " 444");
    }

    private static int gpuInstance(int gpu, int gi) {
        return 3 + 135 * gpu + 9 * gi;
    }
}
