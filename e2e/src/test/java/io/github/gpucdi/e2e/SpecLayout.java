package io.github.gpucdi.e2e;

import io.github.gpucdi.cdi.SpecMutator;
import io.github.gpucdi.cdi.engine.LibraryRelease;
import io.github.gpucdi.cdi.text.read.SpecDocument;
import io.github.gpucdi.cdi.text.read.SpecReader;
import io.github.gpucdi.cdi.validate.SpecValidator;
import io.github.gpucdi.cdi.validate.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Spec directories as nobody would keep them: few names for many devices, and everything that can go by a file's name. */
final class SpecLayout {
    private static final List<String> DIRECTORIES = List.of("a", "b", "c", "d.yaml");
    private static final List<String> FILES =
            List.of("x.yaml", "y.json", ".z.yaml", "X.yaml", ".json", "w.yml", "v.YAML", "u");
    private static final List<String> KINDS =
            List.of("acme.com/widget", "acme.com/widget", "acme.com/widget", "acme.com/valve", "acme.com/val.ve");
    private static final List<String> DEVICES = List.of("w", "v", "0");
    private static final List<String> VERSIONS = List.of("0.5.0", "0.5.0", "0.5.0", "0.5.0", "0.3.0", "0.6.0", "0.9.0");

    private enum Sort {
        SPEC,
        MUTANT,
        LINK,
        DANGLING_LINK,
        LINK_TO_ITSELF,
        LINK_TO_DIRECTORY,
        DIRECTORY
    }

    private final Path root;
    private final Random random;

    private SpecLayout(Path root, long seed) {
        this.root = root;
        this.random = new Random(seed);
    }

    /** Lays out some below {@code root}; which ones to scan, lowest priority first. The same for the same seed. */
    static List<Path> seeded(Path root, long seed) throws IOException {
        return new SpecLayout(Files.createDirectories(root), seed).directories();
    }

    private List<Path> directories() throws IOException {
        Path away = Files.createDirectory(root.resolve("away"));
        write(away.resolve("linked.yaml"), spec());
        fill(Files.createDirectory(away.resolve("real")));
        List<Path> listed = new ArrayList<>();
        for (String name : DIRECTORIES) {
            Path directory = root.resolve(name);
            listed.add(random.nextInt(listed.size() + 1), directory);
            switch (random.nextInt(10)) {
                case 0 -> {} // a missing one
                case 1 -> write(directory, spec());
                case 2 ->
                    Files.createSymbolicLink(directory, away.resolve(random.nextBoolean() ? "real" : "linked.yaml"));
                case 3 -> {
                    Files.createSymbolicLink(directory, away);
                    listed.set(listed.indexOf(directory), directory.resolve("real"));
                }
                default -> fill(Files.createDirectory(directory));
            }
        }
        if (random.nextInt(8) == 0) {
            listed.add(random.nextInt(listed.size()), listed.get(0));
        }
        return listed;
    }

    private void fill(Path directory) throws IOException {
        for (String name : FILES) {
            if (random.nextInt(5) < 2) {
                put(directory.resolve(name));
            }
        }
    }

    private void put(Path file) throws IOException {
        switch (random.nextInt(3) > 0 ? Sort.SPEC : Sort.values()[random.nextInt(Sort.values().length)]) {
            case SPEC -> write(file, spec());
            case MUTANT -> write(file, harmlessMutant(file));
            case LINK -> Files.createSymbolicLink(file, root.resolve("away/linked.yaml"));
            case DANGLING_LINK -> Files.createSymbolicLink(file, root.resolve("away/gone.yaml"));
            case LINK_TO_ITSELF -> Files.createSymbolicLink(file, file);
            case LINK_TO_DIRECTORY -> Files.createSymbolicLink(file, root.resolve("away/real"));
            case DIRECTORY -> write(Files.createDirectory(file).resolve("nested.yaml"), spec());
        }
    }

    private byte[] spec() {
        StringBuilder text =
                new StringBuilder("cdiVersion: " + any(VERSIONS) + "\nkind: " + any(KINDS) + "\ndevices:\n");
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            text.append("- {name: \"").append(any(DEVICES)).append("\", containerEdits: {env: [A=b]}}\n");
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** A mutant at which no release crashes, or there would be nothing to compare. */
    private byte[] harmlessMutant(Path file) {
        while (true) {
            byte[] body = SpecMutator.seeded(random.nextInt()).body();
            SpecDocument document = SpecReader.read(body, SpecReader.Format.ofName(file.toString()));
            boolean harmless = true;
            for (LibraryRelease release : LibraryRelease.values()) {
                harmless &= SpecValidator.verdict(document, release) != Verdict.CRASHES;
            }
            if (harmless) {
                return body;
            }
        }
    }

    private String any(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }

    private static void write(Path file, byte[] body) throws IOException {
        Files.write(file, body);
    }
}
