package io.github.gpucdi.doctor;

import io.github.gpucdi.cdi.registry.RegisteredDevice;
import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.cdi.spec.Device;
import io.github.gpucdi.cdi.spec.DeviceNode;
import io.github.gpucdi.cdi.spec.Mount;
import io.github.gpucdi.host.CdiFacts;
import io.github.gpucdi.host.CharNode;
import io.github.gpucdi.host.HostPath;
import io.github.gpucdi.host.PathFact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether what a spec names is on the host as the spec says. */
final class SpecCheck {
    private static final Pattern DRIVER_LIBRARY =
            Pattern.compile("lib(?:cuda|nvidia-ml)\\.so\\.([0-9]+(?:\\.[0-9]+)+)");
    private static final int SHOWN = 100;

    private final CdiFacts facts;
    private final Map<String, PathFact> paths = new HashMap<>();
    private final Optional<String> driver;
    private final Mend mend;

    /**
     * @param driver version of the loaded kernel module, else of the driver's files
     */
    SpecCheck(CdiFacts facts, Optional<String> driver, Mend mend) {
        this.facts = facts;
        this.driver = driver;
        this.mend = mend;
        for (PathFact fact : facts.paths()) {
            paths.put(fact.path(), fact);
        }
    }

    /** Findings about one file: what is wrong, by finding, and what shows it; graver ones are of {@code all}. */
    private static final class Collected {
        private final Map<FindingId, Set<String>> evidence = new LinkedHashMap<>();
        private final Set<FindingId> grave = new LinkedHashSet<>();

        void add(FindingId id, boolean isGrave, String shown) {
            evidence.computeIfAbsent(id, unseen -> new LinkedHashSet<>()).add(shown);
            if (isGrave) {
                grave.add(id);
            }
        }
    }

    /**
     * What is wrong with the file that {@code all} comes from.
     *
     * @param all the device that the engine would inject
     */
    List<Symptom> symptoms(RegisteredDevice all, EngineView view) {
        String file = all.file().toString();
        CdiSpec spec = all.spec();
        List<Symptom> symptoms = new ArrayList<>();
        Optional<String> stale = staleVersion(spec);
        stale.ifPresent(version -> symptoms.add(stale(file, version)));
        Collected collected = new Collected();
        edits(spec.containerEdits(), true, stale, view.rootless(), collected);
        for (Device device : spec.devices()) {
            edits(device.containerEdits(), device.equals(all.device()), stale, view.rootless(), collected);
        }
        collected.evidence.forEach((id, evidence) ->
                symptoms.add(Symptom.of(id, file, what(id, file, evidence.size()), shown(evidence), mend.generate(file))
                        .graveIf(collected.grave.contains(id))));
        symptoms.addAll(new HookCheck(facts, mend).symptoms(all, view));
        closed(all, view).ifPresent(symptoms::add);
        return symptoms;
    }

    private void edits(
            ContainerEdits edits, boolean ofAll, Optional<String> stale, boolean rootless, Collected collected) {
        for (Mount mount : edits.mounts()) {
            PathFact fact = paths.get(HostPath.normalised(mount.hostPath()));
            boolean told = stale.isPresent() && mount.hostPath().endsWith("." + stale.get());
            if (mount.hostPath().startsWith("/") && fact != null && fact.kind().isGone() && !told) {
                collected.add(FindingId.SPEC_PATH_MISSING, ofAll, mount.hostPath() + ": " + words(fact.kind()));
            }
        }
        for (DeviceNode node : edits.deviceNodes()) {
            String path = SpecPaths.onHost(node);
            PathFact fact = paths.get(HostPath.normalised(path));
            if (fact != null && path.startsWith("/")) {
                node(node, fact, ofAll, rootless, collected);
            }
        }
    }

    /**
     * A node with type and numbers needs no host node, since the runtime makes it from them; a user's runtime cannot and
     * binds the host's.
     */
    private static void node(DeviceNode node, PathFact fact, boolean ofAll, boolean rootless, Collected collected) {
        boolean complete =
                !node.type().isEmpty() && (node.major() != 0 || node.type().equals("p"));
        if (fact.kind() == PathFact.Kind.UNREADABLE) {
            return;
        }
        if (fact.kind().isGone()) {
            boolean grave = ofAll && (!complete || rootless);
            collected.add(FindingId.SPEC_NODE_MISSING, grave, fact.path() + ": " + words(fact.kind()));
            return;
        }
        boolean device = fact.kind() == PathFact.Kind.CHARACTER_DEVICE || fact.kind() == PathFact.Kind.OTHER;
        if (!device || fact.link() && !complete) {
            String is = fact.link() ? "a symbolic link, which engines do not follow" : words(fact.kind());
            collected.add(FindingId.SPEC_NODE_WRONG, ofAll && !complete, fact.path() + ": " + is);
            return;
        }
        if (fact.node().isPresent() && node.major() != 0) {
            CharNode host = fact.node().get();
            if (host.major() != node.major() || host.minor() != node.minor()) {
                collected.add(
                        FindingId.SPEC_NODE_NUMBER,
                        ofAll,
                        fact.path() + ": the spec says " + node.major() + ":" + node.minor() + ", the host has "
                                + host.major() + ":" + host.minor());
            }
        }
    }

    /** The version of the driver's main libraries in the spec, if the driver is of another. */
    private Optional<String> staleVersion(CdiSpec spec) {
        List<Mount> mounts = new ArrayList<>(spec.containerEdits().mounts());
        for (Device device : spec.devices()) {
            mounts.addAll(device.containerEdits().mounts());
        }
        Optional<String> other = Optional.empty();
        for (Mount mount : mounts) {
            Matcher library = DRIVER_LIBRARY.matcher(HostPath.name(mount.hostPath()));
            if (library.matches()) {
                if (driver.isEmpty() || driver.get().equals(library.group(1))) {
                    return Optional.empty();
                }
                other = Optional.of(library.group(1));
            }
        }
        return other;
    }

    /** Whether a spec is of another driver than the host's. */
    boolean isStale(CdiSpec spec) {
        return staleVersion(spec).isPresent();
    }

    private Symptom stale(String file, String version) {
        return Symptom.of(
                FindingId.SPEC_STALE_DRIVER,
                file,
                file + " is for driver " + version + ", the driver is " + driver.orElse("unknown"),
                List.of("it mounts libcuda.so." + version + " or libnvidia-ml.so." + version),
                mend.generate(file));
    }

    private Optional<Symptom> closed(RegisteredDevice all, EngineView view) {
        boolean own = view.rootless()
                && view.release().rootlessDirectories().stream()
                        .noneMatch(directory -> all.file().startsWith(directory));
        Optional<String> closedAt =
                own ? Optional.empty() : view.specs().file(all.file()).flatMap(file -> file.closedAt());
        return closedAt.map(at -> Symptom.of(
                        FindingId.SPEC_CLOSED_TO_USERS,
                        all.file().toString(),
                        "an engine that an ordinary user runs cannot read " + all.file(),
                        List.of(at + " is closed to others"),
                        new Mending("chmod o+rX " + mend.path(at)))
                .graveIf(view.rootless()));
    }

    private static String what(FindingId id, String file, int number) {
        boolean one = number == 1;
        String nodes = number + (one ? " device node" : " device nodes") + " that " + file + " names ";
        return switch (id) {
            case SPEC_PATH_MISSING ->
                number + (one ? " path that " : " paths that ") + file + " mounts " + (one ? "is" : "are")
                        + " not on the host";
            case SPEC_NODE_MISSING -> nodes + (one ? "is" : "are") + " not on the host";
            case SPEC_NODE_WRONG -> nodes + (one ? "is none" : "are none");
            default -> nodes + (one ? "has" : "have") + " other numbers on the host";
        };
    }

    private static List<String> shown(Set<String> evidence) {
        List<String> shown = new ArrayList<>(evidence);
        if (shown.size() > SHOWN) {
            int more = shown.size() - SHOWN;
            shown = new ArrayList<>(shown.subList(0, SHOWN));
            shown.add("and " + more + " more");
        }
        return shown;
    }

    private static String words(PathFact.Kind kind) {
        return switch (kind) {
            case REGULAR -> "a regular file";
            case DIRECTORY -> "a directory";
            case CHARACTER_DEVICE -> "a character device";
            case OTHER -> "a socket, FIFO or block device";
            case MISSING -> "not there";
            case DANGLING_LINK -> "a link that leads nowhere";
            case LINK_LOOP -> "a link that leads back to itself";
            case UNREADABLE -> "not readable";
        };
    }
}
