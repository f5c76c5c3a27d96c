package io.github.gpucdi.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The cache that a start reads its classes from: made of what the commands of a training run loaded. */
record StartupCache(Path checkout, Path training, Path home, Path work) {
    private static final String DRIVER = "580.95.05";

    Path make(Architecture architecture) throws IOException, InterruptedException {
        Path host = driver(architecture);
        Path commands = work.resolve("commands");
        Path recorded = work.resolve("training.conf");
        Path cache = work.resolve(Installation.CACHE);
        Files.writeString(
                commands,
                Files.readString(checkout.resolve("packaging/src/main/training/commands"))
                        .replace(' ', '\t')
                        .replace("@HOST@", host.toString())
                        .replace("@SPECS@", directory("specs"))
                        .replace("@OTHER@", directory("other")));
        String said = run(
                List.of("-XX:AOTMode=record", "-XX:AOTConfiguration=" + recorded, "--", commands.toString()),
                Map.of("NVML_DOUBLE_CONFIG", host.resolve("nvml.conf").toString()));
        if (!Files.exists(recorded)) {
            throw new IOException("the training run recorded nothing:\n" + said);
        }
        Files.deleteIfExists(cache);
        said = run(
                List.of("-XX:AOTMode=create", "-XX:AOTConfiguration=" + recorded, "-XX:AOTCache=" + cache), Map.of());
        if (!Files.exists(cache)) {
            throw new IOException("there is no cache:\n" + said);
        }
        return cache;
    }

    private String directory(String name) throws IOException {
        return Files.createDirectories(work.resolve(name)).toString();
    }

    String sum(Path file) throws IOException, InterruptedException {
        return Commands.run(List.of(training.toString(), "sum", file.toString()))
                .strip();
    }

    private String run(List<String> arguments, Map<String, String> variables) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(training.toString(), home.toString()));
        command.addAll(arguments);
        return Commands.run(command, variables);
    }

    /** A root with a driver that only answers: GPUs with and without MIG devices. Its nodes are missing. */
    private Path driver(Architecture architecture) throws IOException, InterruptedException {
        Path host = work.resolve("host");
        Path libraries = host.resolve("usr/lib/" + architecture.kernelName() + "-linux-gnu");
        Files.createDirectories(libraries);
        Files.createDirectories(host.resolve("dev"));
        String name = "libnvidia-ml.so." + DRIVER;
        Commands.run(List.of(
                checkout.resolve("nvml-double/src/main/c/build.sh").toString(),
                libraries.resolve(name).toString(),
                DRIVER));
        Path link = libraries.resolve("libnvidia-ml.so.1");
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, Path.of(name));
        Files.writeString(host.resolve("nvml.conf"), """
                driver = %s
                gpu.0 = l40s
                gpu.1 = a100-40
                gpu.1.mig = 1
                gpu.1.mig.0.profile = 3g.20gb
                gpu.1.mig.0.gi = 1
                gpu.1.mig.1.profile = 3g.20gb
                gpu.1.mig.1.gi = 2
                """.formatted(DRIVER));
        return host;
    }
}
