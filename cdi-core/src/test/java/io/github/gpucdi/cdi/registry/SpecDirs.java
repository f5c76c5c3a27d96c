package io.github.gpucdi.cdi.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.cdi.engine.LibraryRelease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Spec directories of a test. */
final class SpecDirs {
    static final Loader AFTER = library(LibraryRelease.AFTER_V1_1);

    private final Path root;

    SpecDirs(Path root) {
        this.root = root;
    }

    /** A loader that follows linked directories if its library does. */
    static Loader library(LibraryRelease release) {
        return new Loader(release, release.isAtLeast(LibraryRelease.AFTER_V1_1), false);
    }

    /** A spec with these devices; each says which file it is from. */
    static String spec(String version, String kind, String from, String... devices) {
        StringBuilder text = new StringBuilder("cdiVersion: " + version + "\nkind: " + kind + "\ndevices:\n");
        for (String device : devices) {
            text.append("- name: \"")
                    .append(device)
                    .append("\"\n  containerEdits: {env: [FROM=")
                    .append(from)
                    .append("]}\n");
        }
        return text.toString();
    }

    /** Writes a spec of kind {@code acme.com/widget}, valid for every release if no device has a digit first, to {@code path}, such as {@code a/x.yaml}. */
    Path put(String path, String... devices) throws IOException {
        boolean digit = String.join("", devices).matches(".*[0-9].*");
        return write(path, spec(digit ? "0.5.0" : "0.3.0", "acme.com/widget", path, devices));
    }

    Path write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    Path at(String path) {
        return root.resolve(path);
    }

    List<Path> dirs(String... names) {
        List<Path> dirs = new ArrayList<>();
        for (String name : names) {
            dirs.add(root.resolve(name));
        }
        return dirs;
    }

    /** Each definition as {@code device file state others}, paths below the root. */
    List<String> entries(Registry registry) {
        List<String> lines = new ArrayList<>();
        for (DeviceEntry entry : registry.entries()) {
            StringBuilder line =
                    new StringBuilder(entry.name().name() + " " + name(entry.file()) + " " + entry.state());
            entry.others().forEach(other -> line.append(' ').append(name(other)));
            lines.add(line.toString());
            assertThat(registry.entries(entry.name().text())).contains(entry);
        }
        return lines;
    }

    /** What can be requested, as {@code device=file}. */
    List<String> devices(Registry registry) {
        List<String> lines = new ArrayList<>();
        for (RegisteredDevice device : registry.devices()) {
            lines.add(device.name().name() + "=" + name(device.file()));
            assertThat(registry.device(device.name().text())).contains(device);
            assertThat(device.device().containerEdits().env()).containsExactly("FROM=" + name(device.file()));
        }
        return lines;
    }

    /** The spec files, those that are not loaded marked with {@code !} and their first error. */
    List<String> files(Registry registry) {
        List<String> lines = new ArrayList<>();
        for (SpecFile file : registry.files()) {
            lines.add(name(file.path())
                    + (file.spec().isPresent()
                            ? ""
                            : "! " + file.error().orElseThrow().what()));
        }
        return lines;
    }

    /** The directories that could not be read, with the reason. */
    List<String> problems(Registry registry) {
        List<String> lines = new ArrayList<>();
        for (SpecDirectory directory : registry.directories()) {
            directory.problem().ifPresent(problem -> lines.add(name(directory.path()) + ": " + problem));
        }
        return lines;
    }

    private String name(Path path) {
        return root.relativize(path).toString();
    }
}
