package io.github.gpucdi.cdi.registry;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A directory in which engines look for specs.
 *
 * @param path the directory
 * @param files the paths of what is read as a spec file, in order of the bytes of their names: everything there called
 *     {@code *.json} or {@code *.yaml} but directories, hidden or not; a link to a directory counts. The path itself if it
 *     is no directory and the library reads it as a spec file
 * @param problem why the directory could not be read, or not to its end
 */
public record SpecDirectory(Path path, List<Path> files, Optional<String> problem) {
    /** Beyond this number of spec files the rest is not read. */
    static final int MAX_FILES = 4_096;

    public SpecDirectory {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(problem, "problem");
        files = List.copyOf(Objects.requireNonNull(files, "files"));
    }

    /** Lists {@code directory}; a missing one has no files and no problem. */
    static SpecDirectory list(Path directory) {
        List<Path> files = new ArrayList<>();
        Optional<String> problem = Optional.empty();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, SpecDirectory::isSpecFile)) {
            for (Path entry : entries) {
                if (files.size() == MAX_FILES) {
                    problem = Optional.of("more than " + MAX_FILES + " spec files");
                    break;
                }
                files.add(entry);
            }
        } catch (NoSuchFileException e) {
            return new SpecDirectory(directory, List.of(), Optional.empty());
        } catch (IOException e) {
            problem = Optional.of(reason(e));
        } catch (DirectoryIteratorException e) {
            problem = Optional.of(reason(e.getCause()));
        }
        // By the bytes of their names.
        Collections.sort(files);
        return new SpecDirectory(directory, files, problem);
    }

    private static boolean isSpecFile(Path entry) {
        return isSpecName(entry) && !Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS);
    }

    /** Whether a path is called like a spec file. */
    static boolean isSpecName(Path path) {
        String name = path.toString();
        return name.endsWith(".json") || name.endsWith(".yaml");
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof NotDirectoryException) {
            return "not a directory";
        }
        return e.getMessage() == null ? "input/output error" : e.getMessage();
    }
}
