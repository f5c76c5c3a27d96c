package io.github.gpucdi.packaging;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Compiles the launcher, and the program that makes its start-up cache. */
record Launcher(Path sources, Jdk25 jdk) {
    static final String COMPILER = System.getenv().getOrDefault("CC", "gcc");

    // Whatever directory this is built in, the bytes are the same.
    private static final List<String> FLAGS = List.of(
            "-std=c17",
            "-O2",
            "-Wall",
            "-Wextra",
            "-Werror",
            "-fPIE",
            "-fstack-protector-strong",
            "-ffile-prefix-map=/=",
            "-pie",
            "-s",
            "-nostartfiles",
            "-Wl,-z,relro,-z,now",
            "-Wl,--build-id=none",
            "-Wl,--no-as-needed");

    Path launcher(Path to) throws IOException, InterruptedException {
        return compile("launcher.c", to);
    }

    Path training(Path to) throws IOException, InterruptedException {
        return compile("training.c", to);
    }

    private Path compile(String main, Path to) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(COMPILER));
        command.addAll(FLAGS);
        command.add("-I" + jdk.home().resolve("include"));
        command.add("-I" + jdk.home().resolve("include/linux"));
        command.add(sources.resolve("machine.c").toString());
        command.add(sources.resolve("contents.c").toString());
        command.add(sources.resolve(main).toString());
        command.addAll(List.of("-o", to.toString(), "-l:libdl.so.2", "-l:libpthread.so.0"));
        Commands.run(command);
        return to;
    }
}
