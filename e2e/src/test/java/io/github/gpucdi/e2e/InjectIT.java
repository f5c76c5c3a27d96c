package io.github.gpucdi.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.gpucdi.cdi.engine.LibraryRelease;
import io.github.gpucdi.cdi.inject.HostNodes;
import io.github.gpucdi.cdi.inject.Injector;
import io.github.gpucdi.cdi.registry.Loader;
import io.github.gpucdi.cdi.registry.RegisteredDevice;
import io.github.gpucdi.cdi.registry.Registry;
import io.github.gpucdi.cdi.spec.CdiException;
import io.github.gpucdi.cdi.spec.QualifiedName;
import io.github.gpucdi.cdi.validate.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What we make of an OCI runtime configuration is what the CDI library makes of it. */
class InjectIT {
    private static final int RUNS = Integer.getInteger("inject.runs", 300);
    private static final long FIRST = Long.getLong("inject.first", 0);
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path root;

    /** The configuration, or nothing if the injection failed and, if that is why, the names that nobody defines. */
    private record Outcome(Optional<JsonNode> config, List<String> unresolved) {}

    @Test
    void handMadeCasesComeOutAsTheLibrarysDo() throws IOException {
        List<InjectionCase> cases = InjectionCases.all();
        Map<String, Integer> injected = compared(cases);
        assertThat(injected.values()).allSatisfy(count -> assertThat(count).isGreaterThan(cases.size() / 2));
    }

    @Test
    void seededCasesComeOutAsTheLibrarysDo() throws IOException {
        List<InjectionCase> cases = new ArrayList<>();
        for (long seed = FIRST; seed < FIRST + RUNS; seed++) {
            cases.add(InjectionCase.seeded(seed));
        }
        Map<String, Integer> injected = compared(cases);
        // Injections that all fail would prove little.
        assertThat(injected.values()).allSatisfy(count -> assertThat(count).isGreaterThan(RUNS / 5));
    }

    /** How many could be injected, by oracle. */
    private Map<String, Integer> compared(List<InjectionCase> cases) throws IOException {
        List<String> differences = new ArrayList<>();
        Map<String, Integer> injected = new TreeMap<>();
        try (Oracles oracles = Oracles.built()) {
            for (InjectionCase one : cases) {
                List<Path> directories = List.of(laidOut(one));
                for (Oracle oracle : oracles) {
                    Outcome theirs = outcome(oracle.inject(directories, one.devices(), one.config()));
                    Outcome ours = outcome(one, directories, oracle.release());
                    if (!theirs.equals(ours)) {
                        differences.add(one.name() + ", " + oracle + ", " + one.devices() + "\n  theirs: " + theirs
                                + "\n  ours:   " + ours);
                    }
                    injected.merge(oracle.toString(), ours.config().isPresent() ? 1 : 0, Integer::sum);
                }
            }
        }
        if (!differences.isEmpty()) {
            fail(differences.size() + " of " + cases.size() + " differ:\n" + String.join("\n", differences));
        }
        return injected;
    }

    private Path laidOut(InjectionCase one) throws IOException {
        Path directory = Files.createTempDirectory(root, "cdi");
        for (int i = 0; i < one.specs().size(); i++) {
            Files.writeString(directory.resolve(i + ".yaml"), one.specs().get(i));
        }
        return directory;
    }

    private static Outcome outcome(Oracle.Answer answer) {
        if (answer.verdict() == Verdict.CRASHES) {
            throw new AssertionError("the library crashed: " + answer.error());
        }
        boolean done = answer.verdict() == Verdict.ACCEPTED;
        return new Outcome(answer.config().filter(any -> done).map(InjectIT::normalised), answer.unresolved());
    }

    private static Outcome outcome(InjectionCase one, List<Path> directories, LibraryRelease release) {
        Registry registry = Registry.scan(directories, new Loader(release, false, false));
        List<RegisteredDevice> devices = new ArrayList<>();
        List<String> unresolved = new ArrayList<>();
        for (String name : one.devices()) {
            // For engines a name that is not qualified is one that nobody defines.
            QualifiedName.parse(name)
                    .flatMap(qualified -> registry.device(name))
                    .ifPresentOrElse(devices::add, () -> unresolved.add(name));
        }
        if (!unresolved.isEmpty()) {
            return new Outcome(Optional.empty(), unresolved);
        }
        Map<String, Object> config = JSON.convertValue(one.config(), new TypeReference<>() {});
        try {
            Map<String, Object> result =
                    Injector.apply(config, Injector.combine(devices), HostNodes.ofMachine(), release);
            // As text and back, so that numbers are of one type.
            JsonNode tree = JSON.readTree(JSON.writeValueAsString(result));
            return new Outcome(Optional.of(normalised(tree)), List.of());
        } catch (CdiException e) {
            return new Outcome(Optional.empty(), List.of());
        }
    }

    /** Without what is empty: the library leaves it out, or writes it where we do not. */
    private static JsonNode normalised(JsonNode tree) {
        for (JsonNode child : tree) {
            normalised(child);
        }
        if (tree.isObject()) {
            tree.asObject().removeIf(InjectIT::isEmpty);
        }
        return tree;
    }

    private static boolean isEmpty(JsonNode value) {
        return value.isNull()
                || value.isContainer() && value.isEmpty()
                || value.isString() && value.asString().isEmpty();
    }
}
