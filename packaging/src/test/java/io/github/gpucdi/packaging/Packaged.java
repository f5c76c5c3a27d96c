package io.github.gpucdi.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The packages that the build made, and one of them unpacked. */
record Packaged(Path root) {
    static final Path DIRECTORY = Path.of(System.getProperty("package.directory"));
    static final String VERSION = System.getProperty("package.version");
    private static final String NAME = "gpu-cdi-" + VERSION + "-linux-" + System.getProperty("package.arch");

    /** What a program did. */
    record Result(int status, String out, String err) {}

    static Path archive() {
        return DIRECTORY.resolve(NAME + ".tar.gz");
    }

    static Packaged unpacked(Path into) throws IOException, InterruptedException {
        Commands.run(List.of("tar", "-xzf", archive().toString(), "-C", into.toString()));
        return new Packaged(into.resolve(NAME));
    }

    /** Another one, whose files can be removed and replaced, but not written to. */
    Packaged copy(Path into) throws IOException, InterruptedException {
        Path target = into.resolve("copy");
        Commands.run(List.of("cp", "-al", root.toString(), target.toString()));
        return new Packaged(target);
    }

    Path home() {
        return root.resolve("lib/gpu-cdi");
    }

    Path program() {
        return root.resolve("bin/gpu-cdi");
    }

    Result run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program().toString()));
        command.addAll(List.of(arguments));
        return Packaged.execute(command);
    }

    /** Runs it by a line of sh, in which {@code $0} is the program. */
    Result shell(String line) throws IOException, InterruptedException {
        return execute(List.of("sh", "-c", line, program().toString()));
    }

    static Result execute(List<String> command) throws IOException, InterruptedException {
        Path out = Files.createTempFile("packaged", ".out");
        Path err = Files.createTempFile("packaged", ".err");
        try {
            int status = new ProcessBuilder(command)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start()
                    .waitFor();
            return new Result(status, Files.readString(out), Files.readString(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }
}
