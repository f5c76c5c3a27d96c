package io.github.gpucdi.doctor;

import io.github.gpucdi.cdi.registry.SpecDirectory;
import io.github.gpucdi.cdi.registry.SpecSource;
import io.github.gpucdi.cdi.text.read.SpecDocument;
import io.github.gpucdi.cdi.text.read.SpecReader;
import io.github.gpucdi.host.CdiDirectory;
import io.github.gpucdi.host.CdiFacts;
import io.github.gpucdi.host.CdiFile;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Spec directories as a snapshot has them. Not safe for use by several threads. */
final class RecordedSpecs implements SpecSource {
    private final Map<Path, CdiDirectory> directories = new HashMap<>();
    private final Map<Path, CdiFile> files = new HashMap<>();
    private final Map<Path, SpecDocument> documents = new HashMap<>();

    RecordedSpecs(CdiFacts facts) {
        for (CdiDirectory directory : facts.directories()) {
            path(directory.path()).ifPresent(path -> {
                directories.put(path, directory);
                for (CdiFile file : directory.files()) {
                    path(directory.path() + "/" + file.name()).ifPresent(known -> files.put(known, file));
                }
            });
        }
    }

    @Override
    public boolean isLink(Path directory) {
        return directories.containsKey(directory) && directories.get(directory).link();
    }

    /** Of a file in a directory's place its failure to be listed is recorded, not its content. */
    @Override
    public boolean isFile(Path directory) {
        return false;
    }

    @Override
    public SpecDirectory list(Path directory) {
        CdiDirectory recorded = directories.get(directory);
        if (recorded == null) {
            return new SpecDirectory(directory, List.of(), Optional.of("not in the snapshot"));
        }
        List<Path> paths = new ArrayList<>();
        for (CdiFile file : recorded.files()) {
            path(directory + "/" + file.name()).ifPresent(paths::add);
        }
        Collections.sort(paths);
        Optional<String> problem = paths.size() == recorded.files().size()
                ? recorded.problem()
                : Optional.of("a file's name needs a UTF-8 locale, such as LC_ALL=C.UTF-8");
        return new SpecDirectory(directory, paths, problem);
    }

    @Override
    public SpecDocument read(Path file) {
        return documents.computeIfAbsent(file, this::document);
    }

    /** Names of a directory that engines do not read. */
    List<String> passedOver(Path directory) {
        return directories.containsKey(directory) ? directories.get(directory).passedOver() : List.of();
    }

    /** What was recorded of a file; empty if nothing was. */
    Optional<CdiFile> file(Path path) {
        return Optional.ofNullable(files.get(path));
    }

    /** Nothing for what this process's locale cannot spell: another machine's name. */
    static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private SpecDocument document(Path path) {
        CdiFile file = files.get(path);
        if (file == null) {
            return SpecReader.unreadable("no such file");
        }
        return file.content()
                .map(content -> SpecReader.read(content.bytes(), SpecReader.Format.ofName(file.name())))
                .orElseGet(() -> SpecReader.unreadable(file.problem().orElse("not in the snapshot")));
    }
}
