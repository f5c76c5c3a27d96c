package io.github.gpucdi.cdi.text.read;

import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.Finding.Code;
import io.github.gpucdi.cdi.spec.Position;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads a spec file as CDI loaders do: YAML 1.1 whatever the name of the file, then as JSON with CDI's keys. Bounded in
 * time and memory for any input, and never throws.
 */
public final class SpecReader {
    /** Largest file that is read, in bytes. */
    public static final int MAX_BYTES = 16 * 1024 * 1024;

    /** What the name of a file promises; loaders read both alike. */
    public enum Format {
        /** JSON too, being YAML. */
        YAML,
        /** Deviations from JSON are told, since other tools refuse them. */
        JSON;

        /** {@code .json} is JSON, all else YAML. */
        public static Format ofName(String fileName) {
            return fileName.endsWith(".json") ? JSON : YAML;
        }
    }

    private static final Position START = new Position(1, 1);

    private SpecReader() {}

    /** The bytes of a file as a document; what is wrong with them is among its findings. */
    public static SpecDocument read(byte[] file, Format format) {
        Problems problems = new Problems();
        try {
            return read(file, format, problems);
        } catch (SyntaxException e) {
            problems.error(e.code(), e.position(), e.getMessage(), mend(e.code()));
        } catch (YamlEngineException | IllegalStateException | IndexOutOfBoundsException e) {
            // The parser's own slips on hostile input.
            problems.error(Code.SYNTAX, START, "not valid YAML or JSON", mend(Code.SYNTAX));
        } catch (StackOverflowError e) {
            // All that was used up belongs to this call and is free again.
            problems.error(Code.TOO_LARGE_TO_JUDGE, START, "too large to read", mend(Code.TOO_LARGE_TO_JUDGE));
        }
        return failed(problems);
    }

    /**
     * The file at {@code file}, links followed, as a document. Opens regular files only, so that no FIFO makes it wait.
     */
    public static SpecDocument read(Path file) {
        try {
            if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
                return unreadable(Files.isDirectory(file) ? "a directory" : "not a regular file");
            }
            try (InputStream in = Files.newInputStream(file)) {
                return read(in.readNBytes(MAX_BYTES + 1), Format.ofName(file.toString()));
            }
        } catch (AccessDeniedException e) {
            return unreadable("permission denied", "run as root, or as a user who may read it");
        } catch (NoSuchFileException e) {
            return Files.isSymbolicLink(file)
                    ? unreadable("a link that leads nowhere")
                    : unreadable("no such file", "check its path");
        } catch (IOException e) {
            return unreadable(reason(e));
        }
    }

    /** Without the file's name, which the reader of the message knows. */
    private static String reason(IOException e) {
        String reason = e instanceof FileSystemException failure ? failure.getReason() : e.getMessage();
        return reason == null ? "input/output error" : reason;
    }

    /** A document that could not be had, with the reason. */
    public static SpecDocument unreadable(String reason) {
        return unreadable(reason, "give a regular file that can be read");
    }

    private static SpecDocument unreadable(String reason, String howToMend) {
        Problems problems = new Problems();
        problems.error(Code.UNREADABLE, START, reason, howToMend);
        return failed(problems);
    }

    private static SpecDocument failed(Problems problems) {
        return new SpecDocument(Optional.empty(), Optional.empty(), false, List.of(), problems.all());
    }

    private static SpecDocument read(byte[] file, Format format, Problems problems) throws SyntaxException {
        if (file.length > MAX_BYTES) {
            throw new SyntaxException(
                    Code.TOO_LARGE_TO_JUDGE, 1, 1, "larger than " + MAX_BYTES / (1024 * 1024) + " MiB");
        }
        SourceText source = SourceText.of(file);
        Optional<SourceNode> root = TreeReader.read(source);
        if (format == Format.JSON) {
            JsonSyntax.firstDeviation(source.text())
                    .ifPresent(index -> problems.info(
                            Code.NOT_JSON,
                            source.positionOf(index),
                            "engines read this, but it is not JSON",
                            "write JSON, or name the file .yaml"));
        }
        Optional<SourceNode.Mapping> mapping =
                root.filter(SourceNode.Mapping.class::isInstance).map(SourceNode.Mapping.class::cast);
        if (mapping.isEmpty()) {
            Position position = root.map(SourceNode::position).orElse(START);
            problems.error(Code.NOT_A_SPEC, position, "the document is not a mapping", "write a CDI spec");
            return new SpecDocument(root, Optional.empty(), false, List.of(), problems.all());
        }
        SpecDecoder decoder = new SpecDecoder(problems);
        CdiSpec spec = decoder.spec(mapping.get());
        return new SpecDocument(root, Optional.of(spec), !problems.hasErrors(), decoder.newerFields(), problems.all());
    }

    private static String mend(Code code) {
        return switch (code) {
            case TOO_LARGE_TO_JUDGE -> "split the file";
            case ALIASES_EXCESSIVE -> "write out what the aliases stand for";
            case TEXT_NOT_UNICODE -> "save the file as UTF-8";
            default -> "correct the YAML";
        };
    }
}
