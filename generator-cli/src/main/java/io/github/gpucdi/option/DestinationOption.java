package io.github.gpucdi.option;

import io.github.gpucdi.generate.Destination;
import io.github.gpucdi.generate.Face;
import io.github.gpucdi.generate.OutputFormat;
import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.Console;
import io.github.gpucdi.terminal.ExitCode;
import java.nio.file.Path;
import java.util.Optional;

/** Where specs go, and in which form, from {@code --output} and {@code --format}. */
public final class DestinationOption {

    private static final String STDOUT = "-";

    private DestinationOption() {}

    /**
     * What the options mean; the name of a file is said if it was completed.
     *
     * @param output empty for standard output
     */
    public static Destination of(String output, Optional<String> formatName, Face face, Console console) {
        Optional<OutputFormat> format = formatName.map(Choices.FORMAT::of);
        if (output.isEmpty() || face == Face.GPU_CDI && output.equals(STDOUT)) {
            return new Destination(Optional.empty(), format.orElse(OutputFormat.YAML));
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

    private static Destination ours(Path file, Optional<OutputFormat> format, Console console) {
        String name = file.getFileName().toString();
        for (OutputFormat known : OutputFormat.values()) {
            if (name.endsWith(known.extension())) {
                if (format.isPresent() && format.get() != known) {
                    throw CommandFailure.usage(
                            "--format contradicts the name " + name, "engines go by the name: change one of them");
                }
                return new Destination(Optional.of(file), known);
            }
        }
        if (name.lastIndexOf('.') > 0) {
            throw CommandFailure.usage(
                    "engines do not read a file named " + name, "allowed extensions: .yaml, .json, or none");
        }
        if (new NamedFile(file).isDirectory()) {
            throw new CommandFailure(
                    ExitCode.NOT_WRITTEN, file + " is a directory", "give a file: " + file + "/nvidia.yaml");
        }
        OutputFormat chosen = format.orElse(OutputFormat.YAML);
        Path completed = file.resolveSibling(name + chosen.extension());
        console.info("the output is " + completed + ": engines read no file without an extension");
        return new Destination(Optional.of(completed), chosen);
    }

    /** As nvidia-ctk: the extension decides, and one is appended to any name that lacks it. */
    private static Destination asNvidia(Path file, Optional<OutputFormat> format, Console console) {
        String name = file.getFileName().toString();
        Optional<OutputFormat> named = OutputFormat.ofName(name);
        if (format.isPresent() && named.isPresent() && format.get() != named.get()) {
            console.warning("the requested output format does not match the name " + name);
        }
        for (OutputFormat known : OutputFormat.values()) {
            if (name.endsWith(known.extension())) {
                return new Destination(Optional.of(file), known);
            }
        }
        OutputFormat chosen = format.or(() -> named).orElse(OutputFormat.YAML);
        return new Destination(Optional.of(file.resolveSibling(name + chosen.extension())), chosen);
    }

    /** As nvidia-ctk: the extension is appended to nothing. */
    private static Destination hidden(Path directory, Optional<OutputFormat> format) {
        OutputFormat chosen = format.orElse(OutputFormat.YAML);
        return new Destination(Optional.of(directory.resolve(chosen.extension())), chosen);
    }
}
