package io.github.gpucdi.assemble;

import io.github.gpucdi.assemble.model.AssembleException;
import io.github.gpucdi.assemble.model.AssembleOptions;
import io.github.gpucdi.assemble.model.HooksPolicy;
import io.github.gpucdi.assemble.model.Notices;
import io.github.gpucdi.cdi.engine.EngineRelease;
import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.CdiVersion;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.cdi.spec.Device;
import io.github.gpucdi.cdi.spec.DeviceNode;
import io.github.gpucdi.cdi.spec.Mount;
import io.github.gpucdi.cdi.spec.QualifiedName;
import io.github.gpucdi.cdi.spec.SpecField;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Fits specs to their readers: without hooks for those that run none, and lowered to what all know, from what can be
 * missed most to what can be missed least: supplementary groups, names that begin with a digit, annotations.
 */
public final class EngineFit {
    private final Set<Reader> readers;
    private final CdiVersion ceiling;
    /** Each once: the specs of a run lose the same. */
    private final Set<LoweredSpecs.Loss> losses = new LinkedHashSet<>();

    /**
     * Who is to read a spec.
     *
     * @param label for messages, such as {@code Podman 4.3}
     * @param highest the highest CDI version that it reads
     * @param runsHooks whether it runs a spec's hooks
     */
    public record Reader(String label, CdiVersion highest, boolean runsHooks) {
        private static final String VERSION = "--cdi-version";

        /** Whoever reads no newer version than the user allows. */
        public static Reader of(CdiVersion ceiling) {
            return new Reader(VERSION, ceiling, true);
        }

        private boolean isVersion() {
            return label.equals(VERSION);
        }

        private String reach() {
            return label + (isVersion() ? " allows" : " reads") + " up to CDI " + highest.text();
        }

        /** The releases of a row of the engines' table. */
        public static Reader of(EngineRelease release) {
            return new Reader(release.name(), release.library().highest(), release.runsHooks());
        }
    }

    private EngineFit(Set<Reader> readers, CdiVersion ceiling) {
        this.readers = readers;
        this.ceiling = ceiling;
    }

    /** The options as {@code readers} let them be: no hooks, unless they are asked for, if one of them runs none. */
    public static AssembleOptions options(AssembleOptions wanted, Set<Reader> readers) {
        return wanted.hooks() == HooksPolicy.AUTO && !hookless(readers).isEmpty()
                ? wanted.withHooks(HooksPolicy.NONE)
                : wanted;
    }

    /**
     * The specs with what all of {@code readers} know, and the notices with the losses behind them.
     *
     * @param readers none changes nothing
     * @throws AssembleException {@link AssembleException.Reason#UNFIT} if a spec has hooks and a reader runs none, or
     *     needs something that a reader does not know and that cannot be left out
     */
    public static Assembly fit(Assembly assembly, Set<Reader> readers) throws AssembleException {
        if (readers.isEmpty()) {
            return assembly;
        }
        LoweredSpecs lowered = lowered(assembly, readers);
        Notices notices = new Notices(assembly.notices());
        hookless(readers).ifPresent(labels -> notices.info(labels + ": the spec needs none (--hooks=none)"));
        for (LoweredSpecs.Loss loss : lowered.losses()) {
            notices.warning("left out: " + loss.what() + "; " + loss.why(), loss.hint());
        }
        return new Assembly(lowered.specs(), notices.toList());
    }

    /** The same, with the losses as data; there must be a reader. */
    static LoweredSpecs lowered(Assembly assembly, Set<Reader> readers) throws AssembleException {
        CdiVersion ceiling = readers.stream()
                .map(Reader::highest)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        EngineFit fit = new EngineFit(readers, ceiling);
        List<Assembly.Part> parts = new ArrayList<>();
        for (Assembly.Part part : assembly.specs()) {
            parts.add(new Assembly.Part(part.infix(), fit.fitted(part.spec())));
        }
        return new LoweredSpecs(parts, List.copyOf(fit.losses));
    }

    /** Who of {@code readers} runs no hooks, in words; empty if all do. */
    static Optional<String> hookless(Set<Reader> readers) {
        List<String> labels = new ArrayList<>();
        for (Reader reader : readers) {
            if (!reader.runsHooks()) {
                labels.add(reader.label());
            }
        }
        return labels.isEmpty()
                ? Optional.empty()
                : Optional.of(String.join(", ", labels) + (labels.size() == 1 ? " runs" : " run") + " no hooks");
    }

    private CdiSpec fitted(CdiSpec given) throws AssembleException {
        Optional<String> hookless = hookless(readers);
        if (hookless.isPresent() && hasHooks(given)) {
            throw new AssembleException(
                    AssembleException.Reason.UNFIT,
                    hookless.get() + ", and hooks are asked for",
                    "leave out what asks for them (--hooks=nvidia, --enable-hook, --nvidia-cdi-hook-path), or this"
                            + " engine");
        }
        CdiSpec spec = withoutAnnotations(withoutDigitNames(withoutGroups(given)));
        CdiVersion needed = CdiVersion.minimumFor(spec);
        if (needed.compareTo(ceiling) > 0) {
            throw new AssembleException(
                    AssembleException.Reason.UNFIT,
                    "the spec needs CDI " + needed.text() + " for " + needs(spec) + ", which cannot be left out; "
                            + unable(needed),
                    hint(spec, needed));
        }
        return spec.withCdiVersion(needed.text());
    }

    private CdiSpec withoutGroups(CdiSpec spec) {
        if (SpecField.ADDITIONAL_GIDS.isKnownTo(ceiling)) {
            return spec;
        }
        Set<Long> groups = new TreeSet<>(spec.containerEdits().additionalGids());
        List<Device> devices = new ArrayList<>();
        for (Device device : spec.devices()) {
            groups.addAll(device.containerEdits().additionalGids());
            devices.add(new Device(device.name(), device.annotations(), withoutGroups(device.containerEdits())));
        }
        if (groups.isEmpty()) {
            return spec;
        }
        losses.add(new LoweredSpecs.Loss(
                "the supplementary groups " + joined(groups),
                unable(SpecField.ADDITIONAL_GIDS.since()),
                "programs in a container that are not root may need them: podman run --group-add=GID"));
        return new CdiSpec(
                spec.cdiVersion(), spec.kind(), spec.annotations(), devices, withoutGroups(spec.containerEdits()));
    }

    private static ContainerEdits withoutGroups(ContainerEdits edits) {
        return new ContainerEdits(
                edits.env(),
                edits.deviceNodes(),
                edits.netDevices(),
                edits.hooks(),
                edits.mounts(),
                edits.intelRdt(),
                List.of());
    }

    /** Leaves out a name if the same edits have another one. */
    private CdiSpec withoutDigitNames(CdiSpec spec) {
        if (ceiling.compareTo(CdiVersion.V0_5_0) >= 0) {
            return spec;
        }
        Set<ContainerEdits> otherwiseNamed = new HashSet<>();
        for (Device device : spec.devices()) {
            if (!QualifiedName.startsWithDigit(device.name())) {
                otherwiseNamed.add(device.containerEdits());
            }
        }
        Set<String> left = new LinkedHashSet<>();
        List<Device> devices = new ArrayList<>();
        for (Device device : spec.devices()) {
            if (QualifiedName.startsWithDigit(device.name()) && otherwiseNamed.contains(device.containerEdits())) {
                left.add(device.name());
            } else {
                devices.add(device);
            }
        }
        if (!left.isEmpty()) {
            losses.add(new LoweredSpecs.Loss(
                    "the names " + joined(left),
                    unable(CdiVersion.V0_5_0),
                    "these devices keep the names that begin with a letter"));
        }
        return spec.withDevices(devices);
    }

    private CdiSpec withoutAnnotations(CdiSpec spec) {
        if (SpecField.ANNOTATIONS.isKnownTo(ceiling)) {
            return spec;
        }
        Set<String> keys = new TreeSet<>(spec.annotations().keySet());
        List<Device> devices = new ArrayList<>();
        for (Device device : spec.devices()) {
            keys.addAll(device.annotations().keySet());
            devices.add(Device.of(device.name(), device.containerEdits()));
        }
        if (!keys.isEmpty()) {
            losses.add(new LoweredSpecs.Loss(
                    "the annotations " + joined(keys),
                    unable(SpecField.ANNOTATIONS.since()),
                    "they change nothing in a container"));
        }
        return new CdiSpec(spec.cdiVersion(), spec.kind(), Map.of(), devices, spec.containerEdits());
    }

    /** Who cannot read {@code version}, and what they can. */
    private String unable(CdiVersion version) {
        List<String> unable = new ArrayList<>();
        for (Reader reader : readers) {
            if (reader.highest().compareTo(version) < 0) {
                unable.add(reader.reach());
            }
        }
        return String.join(", ", unable);
    }

    /** What is above the ceiling. */
    private String needs(CdiSpec spec) {
        Set<String> needs = new LinkedHashSet<>();
        CdiVersion kind =
                CdiVersion.minimumFor(new CdiSpec("", spec.kind(), Map.of(), List.of(), ContainerEdits.EMPTY));
        if (kind.compareTo(ceiling) > 0) {
            needs.add("the dot in the class of " + spec.kind());
        }
        List<ContainerEdits> all = new ArrayList<>(List.of(spec.containerEdits()));
        for (Device device : spec.devices()) {
            all.add(device.containerEdits());
            if (ceiling.compareTo(CdiVersion.V0_5_0) < 0 && QualifiedName.startsWithDigit(device.name())) {
                needs.add("the name " + device.name());
            }
        }
        if (!SpecField.DEVICE_NODE_HOST_PATH.isKnownTo(ceiling) && any(all, EngineFit::hasHostPath)) {
            needs.add("device nodes whose path on the host is another");
        }
        if (!SpecField.MOUNT_TYPE.isKnownTo(ceiling) && any(all, EngineFit::hasMountType)) {
            needs.add("mounts with a type");
        }
        return String.join(", ", needs);
    }

    private String hint(CdiSpec spec, CdiVersion needed) {
        boolean version = false;
        boolean engine = false;
        for (Reader reader : readers) {
            if (reader.highest().compareTo(needed) < 0) {
                version |= reader.isVersion();
                engine |= !reader.isVersion();
            }
        }
        String out = !version
                ? "leave this engine out"
                : engine ? "leave both out" : "give a higher --cdi-version, or leave it out";
        for (Device device : spec.devices()) {
            if (QualifiedName.startsWithDigit(device.name())) {
                return "name devices by uuid too (--device-name-strategy), or " + out;
            }
        }
        return out + (version ? "" : ", or use a newer one");
    }

    private static boolean hasHooks(CdiSpec spec) {
        return !spec.containerEdits().hooks().isEmpty()
                || spec.devices().stream()
                        .anyMatch(device -> !device.containerEdits().hooks().isEmpty());
    }

    private static boolean any(List<ContainerEdits> all, Predicate<ContainerEdits> condition) {
        return all.stream().anyMatch(condition);
    }

    private static boolean hasHostPath(ContainerEdits edits) {
        for (DeviceNode node : edits.deviceNodes()) {
            if (!node.hostPath().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasMountType(ContainerEdits edits) {
        for (Mount mount : edits.mounts()) {
            if (!mount.type().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private static String joined(Set<?> values) {
        StringBuilder joined = new StringBuilder();
        for (Object value : values) {
            joined.append(joined.isEmpty() ? "" : ", ").append(value);
        }
        return joined.toString();
    }
}
