package io.github.gpucdi.e2e.gpu;

import io.github.gpucdi.e2e.engine.EngineHost;
import io.github.gpucdi.e2e.engine.HostTables;
import io.github.gpucdi.e2e.engine.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Doubles of what {@code e2e/gpu/run} meets and of what it is packed with. */
final class GpuDoubles {
    /** What {@code e2e/gpu/pack} makes, with the program that Maven has built. */
    static final Path BUNDLE = EngineHost.ENGINES.resolveSibling("gpu double").toAbsolutePath();

    static final String RUN = BUNDLE.resolve("run").toString();

    private static final Path SOURCES = Path.of("src/test/gpu").toAbsolutePath();

    private GpuDoubles() {}

    /** Makes the bundle; its containers know the NVML double's answers. */
    static void pack() throws IOException {
        machine(Path.of("gpu/pack").toAbsolutePath().toString(), BUNDLE.toString(), EngineHost.PROGRAM);
        // The other root has them.
        Files.copy(BUNDLE.resolve("roots/debian/nvml-double"), BUNDLE.resolve("roots/rhel/nvml-double"));
    }

    /**
     * Starts {@code run} with another program, on this machine.
     *
     * @param program where it is written
     * @param body of a shell script, which it is
     * @param before done first, in a mount namespace of its own
     */
    static Outcome runWith(Path program, String body, String before, String evidence, String seconds) {
        try {
            Files.writeString(program, "#!/bin/sh\n" + body + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String script = "chmod +x \"$1\" && mount --bind \"$1\" \"$2\" && " + before + " && exec \"$3\" \"$4\" \"$5\"";
        return EngineHost.machine(List.of(
                "unshare",
                "-m",
                "sh",
                "-c",
                script,
                "sh",
                program.toString(),
                BUNDLE.resolve("program/bin/gpu-cdi").toString(),
                RUN,
                evidence,
                seconds));
    }

    /**
     * A host of its own with doubles of libcuda and nvidia-smi.
     *
     * @param temp where they are built
     */
    static EngineHost host(Path temp) {
        EngineHost host = EngineHost.another();
        put(
                host,
                temp,
                HostTables.LIBRARIES + "/libcuda.so." + HostTables.read().version(),
                "cuda_double.c",
                "-Wl,-soname,libcuda.so.1",
                "-shared",
                "-fPIC");
        put(host, temp, "/usr/bin/nvidia-smi", "smi_double.c");
        host.run(List.of("cp", SOURCES.resolve("nvidia-smi.xml").toString(), "/run/gpu-cdi/"))
                .orFail("cp");
        return host;
    }

    private static void put(EngineHost host, Path temp, String path, String source, String... flags) {
        Path built = temp.resolve(source.replace(".c", ""));
        List<String> command =
                new ArrayList<>(List.of("gcc", "-O1", "-Wall", "-Wextra", "-Werror", "-o", built.toString()));
        command.addAll(List.of(flags));
        command.add(SOURCES.resolve(source).toString());
        machine(command.toArray(String[]::new));
        host.run(List.of("cp", built.toString(), path)).orFail(path);
    }

    private static void machine(String... command) {
        EngineHost.machine(List.of(command)).orFail(command[0]);
    }
}
