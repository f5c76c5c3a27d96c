package io.github.gpucdi.testhost;

import io.github.gpucdi.nvmldouble.DoubleConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads the {@code nvml} file of a parity case.
 *
 * <p>Lines: {@code driver VERSION}; {@code gpu UUID MINOR BUSID MEMORY_MIB MIG ADDRESSING CODE NAME…} in index order; {@code mig
 * GPU_INDEX MIG_INDEX UUID GI CI GI_SLICES CI_SLICES MEMORY_MIB GI_PROFILE_INDEX GI_PROFILE_ID PROFILE}. Lines that begin with
 * {@code fail}, {@code hang}, {@code text} or {@code latency} go to the double as they are; {@code #} begins a comment line.
 */
public final class ParityNvml {

    private ParityNvml() {}

    /** The configuration that a file stands for. */
    public static DoubleConfig read(Path file) {
        try {
            return parse(Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The configuration that these lines stand for.
     *
     * @throws IllegalArgumentException naming the line that is none of the format
     */
    public static DoubleConfig parse(List<String> lines) {
        DoubleConfig config = DoubleConfig.empty();
        int gpus = 0;
        for (String raw : lines) {
            String line = raw.strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String[] words = line.split("\\s+", 2);
            switch (words[0]) {
                case "driver" -> config.driver(fields(line, 2)[1]);
                case "gpu" -> gpu(config, gpus++, fields(line, 9));
                case "mig" -> mig(config, fields(line, 12));
                case "fail", "hang", "text" -> config.line(line);
                default -> {
                    if (!line.startsWith("latency")) {
                        throw new IllegalArgumentException("not a line of a parity case's nvml file: " + line);
                    }
                    config.line(line);
                }
            }
        }
        return config;
    }

    private static String[] fields(String line, int count) {
        String[] fields = line.split("\\s+", count);
        if (fields.length != count) {
            throw new IllegalArgumentException("needs " + count + " fields: " + line);
        }
        return fields;
    }

    private static void gpu(DoubleConfig config, int index, String[] f) {
        config.gpu(index, "uuid", f[1])
                .gpu(index, "minor", f[2])
                .gpu(index, "busid", f[3])
                .gpu(index, "memory", f[4])
                .gpu(index, "mig", f[5])
                .gpu(index, "addressing", f[6])
                .gpu(index, "handle_code", f[7])
                .gpu(index, "name", f[8]);
    }

    private static void mig(DoubleConfig config, String[] f) {
        int gpu = Integer.parseInt(f[1]);
        int index = Integer.parseInt(f[2]);
        config.mig(gpu, index, "uuid", f[3])
                .mig(gpu, index, "gi", f[4])
                .mig(gpu, index, "ci", f[5])
                .mig(gpu, index, "gi_slices", f[6])
                .mig(gpu, index, "ci_slices", f[7])
                .mig(gpu, index, "memory", f[8])
                .mig(gpu, index, "gi_index", f[9])
                .mig(gpu, index, "gi_profile", f[10])
                .mig(gpu, index, "profile", f[11]);
    }
}
