package io.github.gpucdi.option;

import io.github.gpucdi.cdi.text.write.SpecFormat;
import io.github.gpucdi.generate.Destination;
import io.github.gpucdi.generate.EngineDirectories;
import io.github.gpucdi.generate.Face;
import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.Console;
import io.github.gpucdi.terminal.ExitCode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where specs go, and in which form, from {@code --output} and {@code --format}. */
public final class DestinationOption {

    private static final String STDOUT = "-";
    private static final Set<String> STDOUT_FILES = Set.of("/dev/stdout", "/dev/fd/1", "/proc/self/fd/1");
    private static final Set<Path> STREAMS =
            Set.of(Path.of("/dev/stdout"), Path.of("/dev/stderr"), Path.of("/dev/stdin"));

    private DestinationOption() {}

    /**
     * What the options mean; the name of a file is said if it was completed.
     *
     * @param output empty for standard output
     */
    public static Destination of(String output, Optional<String> formatName, Face face, Console console) {
        Optional<SpecFormat> format = formatName.map(Choices.FORMAT::of);
        if (output.equals(STDOUT) ? face == Face.GPU_CDI : isStandardOutput(output)) {
            return new Destination(Optional.empty(), format.orElse(SpecFormat.YAML));
        }
        Path file = GivenPath.of("--output", output);
        requireNoDevice(file);
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

    /** Whether {@code --output} means standard output, by whichever of its names. */
    public static boolean isStandardOutput(String output) {
        return output.isEmpty() || output.equals(STDOUT) || STDOUT_FILES.contains(output);
    }

    /**
     * A suffix would make a file beside the device. What the directories of descriptors and of processes name can be a
     * regular file, which is not replaced there either.
     */
    public static void requireNoDevice(Path file) {
        boolean descriptor = file.startsWith("/dev/fd") || file.startsWith("/proc") || STREAMS.contains(file);
        if (descriptor || new NamedFile(file).isOther()) {
            throw new CommandFailure(
                    ExitCode.NOT_WRITTEN,
                    "cannot write " + file + ": it is a device, socket or FIFO",
                    "name a regular file, or - for standard output");
        }
    }

    /** Where engines would read what is no spec; the host's directories and those of this machine. */
    public static void requireNoSpecDirectory(Path file, Path hostRoot, String what) {
        for (Path root : List.of(hostRoot, Path.of("/"))) {
            if (EngineDirectories.below(root).hold(file)) {
                throw new CommandFailure(
                        ExitCode.NOT_WRITTEN,
                        "engines read " + file.getParent() + ": " + what + " does not belong there",
                        "write it elsewhere");
            }
        }
    }

    private static Destination ours(Path file, Optional<SpecFormat> format, Console console) {
        String name = file.getFileName().toString();
        for (SpecFormat known : SpecFormat.values()) {
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
        SpecFormat chosen = format.orElse(SpecFormat.YAML);
        Path completed = file.resolveSibling(name + chosen.extension());
        console.info("the output is " + completed + ": engines read no file without an extension");
        return new Destination(Optional.of(completed), chosen);
    }

    /** As nvidia-ctk: the extension decides, and one is appended to any name that lacks it. */
    private static Destination asNvidia(Path file, Optional<SpecFormat> format, Console console) {
        String name = file.getFileName().toString();
        Optional<SpecFormat> named = SpecFormat.ofName(name);
        if (format.isPresent() && named.isPresent() && format.get() != named.get()) {
            console.warning("the requested output format does not match the name " + name);
        }
        for (SpecFormat known : SpecFormat.values()) {
            if (name.endsWith(known.extension())) {
                return new Destination(Optional.of(file), known);
            }
        }
        SpecFormat chosen = format.or(() -> named).orElse(SpecFormat.YAML);
        return new Destination(Optional.of(file.resolveSibling(name + chosen.extension())), chosen);
    }

    /** As nvidia-ctk: the extension is appended to nothing. */
    private static Destination hidden(Path directory, Optional<SpecFormat> format) {
        SpecFormat chosen = format.orElse(SpecFormat.YAML);
        return new Destination(Optional.of(directory.resolve(chosen.extension())), chosen);
    }
}
