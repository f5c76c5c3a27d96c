package io.github.gpucdi.cdi.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.cdi.engine.LibraryRelease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever files three directories hold, the registry is what the rules say word by word. */
class RegistryPropertyTest {
    private static final int ROUNDS = 250;
    private static final List<String> NAMES = List.of("a.yaml", "b.json", ".c.yaml", "d.yml", "B.yaml", "e");
    private static final List<String> DEVICES = List.of("0", "1", "all", "ALL");
    private static final List<String> KINDS = List.of("acme.com/widget", "acme.com/valve");

    private enum Sort {
        GOOD,
        /** Loads from library 0.6 on. */
        NEWER,
        BROKEN,
        DANGLING,
        DIRECTORY
    }

    private record File(int directory, String name, Sort sort, String kind, List<String> devices) {
        String path() {
            return directory + "/" + name;
        }
    }

    /** A random content of three directories; {@code ends} and {@code linked} are -1, or which one is unusual. */
    private record Case(List<File> files, int ends, int linked, Loader loader) {
        static Case of(Random random) {
            List<File> files = new ArrayList<>();
            for (int directory = 0; directory < 3; directory++) {
                for (String name : NAMES) {
                    if (random.nextInt(3) > 0) {
                        Sort sort = random.nextInt(3) > 0 ? Sort.GOOD : Sort.values()[random.nextInt(5)];
                        List<String> devices = new ArrayList<>();
                        DEVICES.stream().filter(any -> random.nextInt(4) == 0).forEach(devices::add);
                        String kind = KINDS.get(random.nextInt(8) == 0 ? 1 : 0);
                        files.add(new File(directory, name, sort, kind, devices.isEmpty() ? List.of("x") : devices));
                    }
                }
            }
            LibraryRelease library = LibraryRelease.values()[random.nextInt(LibraryRelease.values().length)];
            boolean follows = library == LibraryRelease.AFTER_V1_1;
            return new Case(
                    files,
                    random.nextInt(12) - 9,
                    random.nextInt(12) - 9,
                    new Loader(library, follows, random.nextInt(5) == 0));
        }

        /** The names that a request resolves, each with its file. */
        Map<String, String> expected() {
            Map<String, List<File>> definitions = new TreeMap<>();
            boolean errors = false;
            for (File file : read()) {
                if (!loads(file)) {
                    errors = true;
                    continue;
                }
                for (String device : file.devices()) {
                    definitions
                            .computeIfAbsent(file.kind() + "=" + device, name -> new ArrayList<>())
                            .add(file);
                }
            }
            Map<String, String> devices = new TreeMap<>();
            for (Map.Entry<String, List<File>> device : definitions.entrySet()) {
                if (hasTwoOfOneDirectory(device.getValue())) {
                    errors = true;
                } else {
                    devices.put(device.getKey(), highest(device.getValue()).path());
                }
            }
            return errors && loader.failsOnAnyError() ? Map.of() : devices;
        }

        Collection<File> read() {
            List<File> read = new ArrayList<>();
            for (File file : files) {
                boolean extension = file.name().endsWith(".json") || file.name().endsWith(".yaml");
                boolean skipped = file.directory() == linked && loader.library() != LibraryRelease.AFTER_V1_1;
                boolean afterTheEnd =
                        ends >= 0 && file.directory() > ends && loader.library() == LibraryRelease.AFTER_V1_1;
                if (extension
                        && !skipped
                        && !afterTheEnd
                        && file.directory() != ends
                        && file.sort() != Sort.DIRECTORY) {
                    read.add(file);
                }
            }
            return read;
        }

        boolean loads(File file) {
            boolean oldVersionIsKnown = loader.library().isAtLeast(LibraryRelease.V0_5_0);
            boolean newVersionIsKnown =
                    file.sort() != Sort.NEWER || loader.library().isAtLeast(LibraryRelease.V0_6);
            return oldVersionIsKnown && newVersionIsKnown && (file.sort() == Sort.GOOD || file.sort() == Sort.NEWER);
        }

        private static boolean hasTwoOfOneDirectory(List<File> files) {
            TreeSet<Integer> directories = new TreeSet<>();
            files.forEach(file -> directories.add(file.directory()));
            return directories.size() < files.size();
        }

        private static File highest(List<File> files) {
            return files.stream()
                    .reduce((a, b) -> b.directory() > a.directory() ? b : a)
                    .orElseThrow();
        }

        void layOut(Path root) throws IOException {
            for (int directory = 0; directory < 3; directory++) {
                Path path = root.resolve(String.valueOf(directory));
                if (directory == ends) {
                    Files.writeString(path, "no directory");
                } else if (directory == linked) {
                    Files.createSymbolicLink(path, Files.createDirectory(root.resolve("real")));
                } else {
                    Files.createDirectory(path);
                }
            }
            for (File file : files) {
                if (file.directory() != ends) {
                    layOut(root, file);
                }
            }
        }

        private static void layOut(Path root, File file) throws IOException {
            Path path = root.resolve(file.path());
            String[] devices = file.devices().toArray(new String[0]);
            switch (file.sort()) {
                case GOOD -> Files.writeString(path, SpecDirs.spec("0.5.0", file.kind(), file.path(), devices));
                case NEWER -> Files.writeString(path, SpecDirs.spec("0.6.0", file.kind(), file.path(), devices));
                case BROKEN -> Files.writeString(path, SpecDirs.spec("0.5.0", file.kind(), "]", devices));
                case DANGLING -> Files.createSymbolicLink(path, root.resolve("gone"));
                case DIRECTORY -> Files.createDirectory(path);
            }
        }
    }

    @Test
    void isWhatTheRulesSay(@TempDir Path root) throws IOException {
        int resolved = 0;
        for (int seed = 0; seed < ROUNDS; seed++) {
            Case given = Case.of(new Random(seed));
            Path home = Files.createDirectory(root.resolve("seed" + seed));
            given.layOut(home);
            SpecDirs at = new SpecDirs(home);
            Registry registry = Registry.scan(at.dirs("0", "1", "2"), given.loader());
            Map<String, String> actual = new TreeMap<>();
            for (RegisteredDevice device : registry.devices()) {
                actual.put(device.name().text(), home.relativize(device.file()).toString());
            }
            assertThat(actual).as("seed %d: %s", seed, given).isEqualTo(given.expected());
            assertThat(registry.files()).as("seed %d", seed).hasSameSizeAs(given.read());
            at.devices(registry);
            at.entries(registry);
            entriesTellTheSame(seed, registry);
            resolved += actual.size();
        }
        assertThat(resolved).isGreaterThan(ROUNDS);
    }

    private static void entriesTellTheSame(int seed, Registry registry) {
        for (DeviceEntry entry : registry.entries()) {
            boolean counts = registry.device(entry.name().text())
                    .filter(device -> device.file().equals(entry.file()))
                    .isPresent();
            assertThat(entry.state() == DeviceEntry.State.AVAILABLE)
                    .as("seed %d: %s", seed, entry)
                    .isEqualTo(counts);
            assertThat(entry.others()).as("seed %d", seed).doesNotContain(entry.file());
        }
    }
}
