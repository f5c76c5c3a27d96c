package io.github.gpucdi.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.gpucdi.cdi.engine.LibraryRelease;
import io.github.gpucdi.cdi.registry.DeviceEntry;
import io.github.gpucdi.cdi.registry.DeviceEntry.State;
import io.github.gpucdi.cdi.registry.Loader;
import io.github.gpucdi.cdi.registry.RegisteredDevice;
import io.github.gpucdi.cdi.registry.Registry;
import io.github.gpucdi.cdi.registry.SpecFile;
import io.github.gpucdi.cdi.validate.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of the same spec directories we and the CDI library offer the same devices from the same files, and reject the same files. */
class RegistryIT {
    private static final int RUNS = Integer.getInteger("registry.runs", 150);
    private static final long FIRST = Long.getLong("registry.first", 0);

    @TempDir
    private Path root;

    /** What is to be the same. */
    private record Outcome(Map<String, Path> devices, Set<Path> inError) {}

    @Test
    void weAndTheLibraryOfferTheSameDevices() throws IOException {
        List<String> differences = new ArrayList<>();
        Map<State, Integer> met = new EnumMap<>(State.class);
        int rejected = 0;
        try (Oracles oracles = Oracles.built()) {
            for (long seed = FIRST; seed < FIRST + RUNS; seed++) {
                List<Path> directories = SpecLayout.seeded(root.resolve("seed" + seed), seed);
                for (Oracle oracle : oracles) {
                    Registry registry = Registry.scan(directories, loader(oracle.release()));
                    Outcome ours = outcome(registry);
                    Oracle.Answer answer = oracle.registry(directories);
                    Outcome theirs =
                            new Outcome(answer.devices(), answer.errors().keySet());
                    if (answer.verdict() != Verdict.ACCEPTED || !theirs.equals(ours)) {
                        differences.add("seed " + seed + ", " + oracle + ", of " + directories + "\n  theirs: "
                                + Escaped.text(answer.error() + theirs + answer.errors()) + "\n  ours:   "
                                + Escaped.text(ours.toString()));
                    }
                    registry.entries().forEach(entry -> met.merge(entry.state(), 1, Integer::sum));
                    rejected += ours.inError().size();
                }
            }
        }
        if (!differences.isEmpty()) {
            fail(differences.size() + " of " + RUNS + " layouts differ:\n" + String.join("\n", differences));
        }
        assertThat(met).containsOnlyKeys(State.AVAILABLE, State.SHADOWED, State.CONFLICTING, State.DROPPED);
        assertThat(met.values()).allSatisfy(count -> assertThat(count).isGreaterThan(RUNS / 8));
        assertThat(rejected).isGreaterThan(RUNS);
    }

    private static Loader loader(LibraryRelease release) {
        return new Loader(release, release.isAtLeast(LibraryRelease.AFTER_V1_1), false);
    }

    private static Outcome outcome(Registry registry) {
        Map<String, Path> devices = new TreeMap<>();
        for (RegisteredDevice device : registry.devices()) {
            devices.put(device.name().text(), device.file());
        }
        Set<Path> inError = new TreeSet<>();
        for (SpecFile file : registry.files()) {
            if (file.spec().isEmpty()) {
                inError.add(file.path());
            }
        }
        for (DeviceEntry entry : registry.entries()) {
            if (entry.state() == State.CONFLICTING) {
                inError.add(entry.file());
            }
        }
        return new Outcome(devices, inError);
    }
}
