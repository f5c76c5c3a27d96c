package io.github.gpucdi.command;

import io.github.gpucdi.generate.Face;
import io.github.gpucdi.generate.OutputFormat;
import io.github.gpucdi.option.Choices;
import io.github.gpucdi.option.HostSource;
import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.Console;
import io.github.gpucdi.terminal.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where specs go, and in which form.
 *
 * @param file the main spec's file, absolute; empty for standard output
 * @param format the form
 */
record OutputTarget(Optional<Path> file, OutputFormat format) {

    private static final String STDOUT = "-";

    /** The target that {@code --output} and {@code --format} mean. */
    static OutputTarget of(String output, Optional<String> formatName, Face face, Console console) {
        Optional<OutputFormat> format = formatName.map(Choices.FORMAT::of);
        if (output.isEmpty() || face == Face.GPU_CDI && output.equals(STDOUT)) {
            return new OutputTarget(Optional.empty(), format.orElse(OutputFormat.YAML));
        }
        Path file = HostSource.path("--output", output);
        boolean directory = output.endsWith("/") || file.getFileName() == null;
        if (face == Face.NVIDIA_CTK) {
            return directory ? hidden(file, format) : asNvidia(file, format, console);
        }
        if (directory) {
            throw CommandFailure.usage(
                    "--output " + output + " names a directory", "give a file: " + output + "nvidia.yaml");
        }
        return ours(file, format, console);
    }

    private static OutputTarget ours(Path file, Optional<OutputFormat> format, Console console) {
        String name = file.getFileName().toString();
        for (OutputFormat known : OutputFormat.values()) {
            if (name.endsWith(known.extension())) {
                if (format.isPresent() && format.get() != known) {
                    throw CommandFailure.usage(
                            "--format contradicts the name " + name, "engines go by the name: change one of them");
                }
                return new OutputTarget(Optional.of(file), known);
            }
        }
        if (name.lastIndexOf('.') > 0) {
            throw CommandFailure.usage(
                    "engines do not read a file named " + name, "allowed extensions: .yaml, .json, or none");
        }
        if (Files.isDirectory(file)) {
            throw new CommandFailure(
                    ExitCode.NOT_WRITTEN, file + " is a directory", "give a file: " + file + "/nvidia.yaml");
        }
        OutputFormat chosen = format.orElse(OutputFormat.YAML);
        Path completed = file.resolveSibling(name + chosen.extension());
        console.info("the output is " + completed + ": engines read no file without an extension");
        return new OutputTarget(Optional.of(completed), chosen);
    }

    /** As nvidia-ctk: the extension decides, and one is appended to any name that lacks it. */
    private static OutputTarget asNvidia(Path file, Optional<OutputFormat> format, Console console) {
        String name = file.getFileName().toString();
        Optional<OutputFormat> named = OutputFormat.ofName(name);
        if (format.isPresent() && named.isPresent() && format.get() != named.get()) {
            console.warning("the requested output format does not match the name " + name);
        }
        for (OutputFormat known : OutputFormat.values()) {
            if (name.endsWith(known.extension())) {
                return new OutputTarget(Optional.of(file), known);
            }
        }
        OutputFormat chosen = format.or(() -> named).orElse(OutputFormat.YAML);
        return new OutputTarget(Optional.of(file.resolveSibling(name + chosen.extension())), chosen);
    }

    /** As nvidia-ctk: the extension is appended to nothing. */
    private static OutputTarget hidden(Path directory, Optional<OutputFormat> format) {
        OutputFormat chosen = format.orElse(OutputFormat.YAML);
        return new OutputTarget(Optional.of(directory.resolve(chosen.extension())), chosen);
    }

    /** The file of a further spec: {@code infix} put before the extension. */
    Optional<Path> file(String infix) {
        return file.map(path -> {
            String name = path.getFileName().toString();
            String stem = name.substring(0, name.length() - format.extension().length());
            return path.resolveSibling(stem + infix + format.extension());
        });
    }
}
