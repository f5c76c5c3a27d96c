package io.github.gpucdi.doctor;

import io.github.gpucdi.assemble.model.AssembleOptions;
import io.github.gpucdi.cdi.engine.SpecDirectories;
import io.github.gpucdi.cdi.registry.RegisteredDevice;
import io.github.gpucdi.cdi.registry.SpecDirectory;
import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.Device;
import io.github.gpucdi.cdi.spec.DeviceNode;
import io.github.gpucdi.host.CdiFacts;
import io.github.gpucdi.host.CharNode;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.Mode;
import io.github.gpucdi.host.SectionKey;
import io.github.gpucdi.host.SideDevices;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether specs of other modes than that of GPUs are as the host is. What is wrong with them keeps no GPU from anybody. */
final class ModeCheck {
    private final HostSnapshot snapshot;
    private final CdiFacts facts;
    private final Optional<String> driver;
    private final Mend mend;

    /**
     * @param driver as for {@link SpecCheck}
     */
    ModeCheck(HostSnapshot snapshot, CdiFacts facts, Optional<String> driver, Mend mend) {
        this.snapshot = snapshot;
        this.facts = facts;
        this.driver = driver;
        this.mend = mend;
    }

    /** Whether a mode's specs are of this kind. */
    static boolean isOfMode(String kind) {
        for (Mode mode : Mode.values()) {
            if (AssembleOptions.DEFAULT.kind(mode).equals(kind)) {
                return true;
            }
        }
        return false;
    }

    /** What is wrong with the specs that an engine reads, and what no spec offers. */
    List<Symptom> symptoms(EngineView view) {
        List<Symptom> symptoms = new ArrayList<>();
        for (Mode mode : Mode.values()) {
            String kind = AssembleOptions.DEFAULT.kind(mode);
            if (kind.equals(EngineView.KIND)) {
                continue;
            }
            List<CharNode> nodes = mode.side().map(this::nodes).orElse(List.of());
            Optional<RegisteredDevice> any = any(kind, view);
            if (any.isPresent()) {
                new SpecCheck(facts, driver, mend.of(mode))
                        .symptoms(any.get(), view)
                        .forEach(symptom -> symptoms.add(symptom.graveIf(false)));
                lacking(any.get(), nodes, mode).ifPresent(symptoms::add);
            } else if (!nodes.isEmpty()) {
                symptoms.add(notOffered(mode, kind, nodes, view));
            }
        }
        return symptoms;
    }

    private List<CharNode> nodes(SectionKey<SideDevices> key) {
        return snapshot.get(key).data().map(SideDevices::nodes).orElse(List.of());
    }

    /** A device of the kind, {@code all} if there is one. */
    private static Optional<RegisteredDevice> any(String kind, EngineView view) {
        Optional<RegisteredDevice> all = view.registry().device(kind + "=" + AssembleOptions.ALL);
        return all.isPresent()
                ? all
                : view.registry().devices().stream()
                        .filter(device -> device.spec().kind().equals(kind))
                        .findFirst();
    }

    private Optional<Symptom> lacking(RegisteredDevice any, List<CharNode> nodes, Mode mode) {
        Set<String> known = paths(any.spec());
        List<String> lacking = new ArrayList<>();
        for (CharNode node : nodes) {
            if (!known.contains(node.path())) {
                lacking.add(node.path());
            }
        }
        String file = any.file().toString();
        return lacking.isEmpty()
                ? Optional.empty()
                : Optional.of(Symptom.of(
                        FindingId.DEVICE_NOT_IN_SPEC,
                        file,
                        file + " lacks " + lacking.size() + (lacking.size() == 1 ? " device node" : " device nodes")
                                + " of mode " + mode.word() + " that the host has",
                        lacking,
                        mend.of(mode).generate(file)));
    }

    private static Set<String> paths(CdiSpec spec) {
        Set<String> paths = new HashSet<>();
        for (Device device : spec.devices()) {
            for (DeviceNode node : device.containerEdits().deviceNodes()) {
                paths.add(node.path());
            }
        }
        for (DeviceNode node : spec.containerEdits().deviceNodes()) {
            paths.add(node.path());
        }
        return paths;
    }

    private Symptom notOffered(Mode mode, String kind, List<CharNode> nodes, EngineView view) {
        List<SpecDirectory> directories = view.registry().directories();
        String directory = directories.isEmpty()
                ? SpecDirectories.STATIC
                : directories.get(0).path().toString();
        return Symptom.of(
                FindingId.MODE_NOT_OFFERED,
                kind,
                "no spec offers " + kind + ", which this host has",
                List.of(nodes.get(0).path() + (nodes.size() == 1 ? "" : " and " + (nodes.size() - 1) + " more")),
                mend.of(mode).generate(directory + "/nvidia-" + mode.word() + ".yaml"));
    }
}
