package io.github.gpucdi.assemble;

import io.github.gpucdi.assemble.inject.CsvHooks;
import io.github.gpucdi.assemble.inject.CsvMounts;
import io.github.gpucdi.assemble.inject.HookEdits;
import io.github.gpucdi.assemble.inject.HookFree;
import io.github.gpucdi.assemble.inject.Injection;
import io.github.gpucdi.assemble.inject.Libraries32;
import io.github.gpucdi.assemble.inject.Manifests;
import io.github.gpucdi.assemble.inject.NodeEdits;
import io.github.gpucdi.assemble.inject.NvidiaHooks;
import io.github.gpucdi.assemble.inject.WrittenPaths;
import io.github.gpucdi.assemble.mode.AutoMode;
import io.github.gpucdi.assemble.mode.Coherence;
import io.github.gpucdi.assemble.mode.CommonEdits;
import io.github.gpucdi.assemble.mode.CsvMode;
import io.github.gpucdi.assemble.mode.DriverHealth;
import io.github.gpucdi.assemble.mode.ImexMode;
import io.github.gpucdi.assemble.mode.ManagementMode;
import io.github.gpucdi.assemble.mode.ModeAssembler;
import io.github.gpucdi.assemble.mode.ModeDevice;
import io.github.gpucdi.assemble.mode.NvmlMode;
import io.github.gpucdi.assemble.mode.Selected;
import io.github.gpucdi.assemble.mode.SideMode;
import io.github.gpucdi.assemble.mode.WslFiles;
import io.github.gpucdi.assemble.mode.WslMode;
import io.github.gpucdi.assemble.model.AssembleException;
import io.github.gpucdi.assemble.model.AssembleOptions;
import io.github.gpucdi.assemble.model.Feature;
import io.github.gpucdi.assemble.model.Notice;
import io.github.gpucdi.assemble.model.Notices;
import io.github.gpucdi.cdi.edit.Edits;
import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.CdiVersion;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.cdi.spec.Device;
import io.github.gpucdi.host.DriverFiles;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.Mode;
import io.github.gpucdi.host.Section;
import io.github.gpucdi.host.SectionKey;
import io.github.gpucdi.host.SideDevices;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes specs of what a mode knows: what all modes share. */
public final class SpecAssembler {
    private final Mode mode;
    private final HostSnapshot snapshot;
    private final AssembleOptions options;
    private final Notices notices = new Notices();

    private SpecAssembler(Mode mode, HostSnapshot snapshot, AssembleOptions options) {
        this.mode = mode;
        this.snapshot = snapshot;
        this.options = options;
    }

    /**
     * The specs of {@code snapshot} as {@code options} want them.
     *
     * @throws AssembleException if there is nothing to offer, the driver is half-upgraded, or the options do not fit
     */
    public static Assembly assemble(Mode mode, HostSnapshot snapshot, AssembleOptions options)
            throws AssembleException {
        SpecAssembler assembler =
                new SpecAssembler(mode, snapshot, mode == Mode.MANAGEMENT ? ManagementMode.options(options) : options);
        return switch (mode) {
            case NVML -> assembler.ofDriver(NvmlMode.on(snapshot, options, assembler.notices));
            case MANAGEMENT -> assembler.management();
            case WSL -> assembler.wsl();
            case CSV -> assembler.csv();
            case IMEX -> assembler.beside(new ImexMode(snapshot, options, assembler.notices).devices());
            case GDS, GDRCOPY, MOFED, NVSWITCH -> assembler.beside(mode.side().orElseThrow());
            case AUTO -> assembler.auto();
        };
    }

    private Assembly auto() throws AssembleException {
        Mode found = AutoMode.of(snapshot);
        Assembly assembly = assemble(found, snapshot, options);
        if (found == Mode.NVML) {
            return assembly;
        }
        notices.info("mode auto is " + found.word() + " on this host");
        List<Notice> told = new ArrayList<>(notices.toList());
        told.addAll(assembly.notices());
        return new Assembly(assembly.specs(), told);
    }

    private Assembly beside(SectionKey<SideDevices> key) throws AssembleException {
        tellOneDevice();
        return beside(List.of(new SideMode(snapshot, options, notices).device(key)));
    }

    private void tellOneDevice() {
        if (!options.deviceIds().equals(List.of(AssembleOptions.ALL))) {
            notices.info("mode " + mode.word() + " has one device, whatever --device-id says");
        }
    }

    /** What is beside GPUs needs nothing of the driver's. */
    private Assembly beside(List<Device> devices) {
        ContainerEdits common = ContainerEdits.builder().env(CommonEdits.VOID).build();
        return new Assembly(List.of(part("", devices, common, options.allDevice())), notices.toList());
    }

    private Assembly management() throws AssembleException {
        tellOneDevice();
        ManagementMode management = ManagementMode.on(snapshot, options, notices);
        WrittenPaths paths = WrittenPaths.of(snapshot.options(), options);
        Injection injection = injection(management.files(), management.version(), paths, new NodeEdits(paths, options));
        ContainerEdits common = with32(paths, management.common(injection));
        Device all = Device.of(AssembleOptions.ALL, injection.device(management.nodes(), Map.of(), true));
        return new Assembly(List.of(part("", List.of(all), common, false)), notices.toList());
    }

    private Assembly wsl() throws AssembleException {
        tellOneDevice();
        WslMode wsl = WslMode.on(snapshot, notices);
        WrittenPaths paths = WrittenPaths.of(snapshot.options(), options);
        WslFiles files = wsl.files(paths);
        NodeEdits nodeEdits = new NodeEdits(paths, options);
        ContainerEdits.Builder common = ContainerEdits.builder().addAll(files.mounts(notices, options.features()));
        Optional<HookEdits> hooks = HookChoice.of(snapshot, options, nodeEdits, notices);
        if (hooks.isPresent()) {
            common.addAll(files.hooks(hooks.get()));
        } else {
            common.addAll(files.program())
                    .addAll(new HookFree(files.libraries(), snapshot.platform(), options, paths, nodeEdits).common());
        }
        Device all = Device.of(AssembleOptions.ALL, nodeEdits.of(wsl.nodes()));
        return new Assembly(List.of(part("", List.of(all), common.build(), false)), notices.toList());
    }

    private Assembly csv() throws AssembleException {
        CsvMode csv = CsvMode.on(snapshot, options, notices);
        WrittenPaths paths = WrittenPaths.of(snapshot.options(), options);
        NodeEdits nodeEdits = new NodeEdits(paths, options);
        Optional<HookEdits> hooks = HookChoice.of(snapshot, options, nodeEdits, notices);
        Injection injection = hooks.isPresent()
                ? new CsvHooks(csv.files(), csv.compat(), paths, hooks.get())
                : new CsvMounts(csv.files(), snapshot.platform(), paths, nodeEdits);
        ContainerEdits common = ContainerEdits.builder()
                .addAll(injection.common())
                .env(CommonEdits.VOID)
                .build();
        if (options.wantsNone()) {
            return noDevice(common);
        }
        Map<Selected, ContainerEdits> edits = new LinkedHashMap<>();
        for (Selected device : csv.devices()) {
            csv.edits(device, injection).ifPresent(found -> edits.put(device, found));
        }
        return new Assembly(List.of(part("", named(edits), common, allDevice())), notices.toList());
    }

    private Assembly noDevice(ContainerEdits common) {
        Device empty = Device.of(
                AssembleOptions.NONE,
                ContainerEdits.builder().env("NVCT_EMPTY_DEVICE=").build());
        return new Assembly(List.of(part("", List.of(empty), common, false)), notices.toList());
    }

    private <D extends ModeDevice> Assembly ofDriver(ModeAssembler<D> mode) throws AssembleException {
        boolean none = options.wantsNone();
        List<D> selected = none ? List.of() : mode.devices();
        DriverFiles files = mode.files();
        String version = mode.version(files);
        WrittenPaths paths = WrittenPaths.of(snapshot.options(), options);
        NodeEdits nodeEdits = new NodeEdits(paths, options);
        Injection injection = injection(files, version, paths, nodeEdits);
        ContainerEdits common = with32(
                paths,
                new Manifests(files, loaderDirectories(), paths, notices)
                        .complete(mode.common(files, nodeEdits, injection)));

        if (none) {
            return noDevice(common);
        }
        Map<D, ContainerEdits> edits = new LinkedHashMap<>();
        for (D device : selected) {
            mode.edits(device, injection).ifPresent(found -> edits.put(device, found));
        }
        List<Assembly.Part> parts = new ArrayList<>();
        parts.add(part("", named(edits), common, allDevice()));
        if (options.features().contains(Feature.COHERENT_ANNOTATIONS)) {
            addByCoherence(mode, parts, edits, common);
        }
        return new Assembly(parts, notices.toList());
    }

    /** Those that loaders of some image search without a cache. */
    private List<String> loaderDirectories() {
        String triplet = snapshot.platform().triplet();
        return List.of("/usr/lib/" + triplet, "/lib/" + triplet, "/usr/lib64", "/lib64", "/usr/lib", "/lib");
    }

    private ContainerEdits with32(WrittenPaths paths, ContainerEdits common) throws AssembleException {
        if (!options.features().contains(Feature.LIBRARIES_32)) {
            return common;
        }
        Section<DriverFiles> files = DriverHealth.required(snapshot, SectionKey.FILES_32);
        if (files instanceof Section.Absent<DriverFiles> absent) {
            notices.warning(
                    "no libraries for 32-bit programs: " + absent.reason(),
                    "install the driver's 32-bit libraries, or leave out --feature-flag="
                            + Feature.LIBRARIES_32.flag());
            return common;
        }
        return new Libraries32(files.data().orElseThrow(), options, paths, notices).addTo(common);
    }

    private boolean allDevice() {
        boolean listed = options.deviceIds().contains(AssembleOptions.NONE);
        if (listed && options.allDevice()) {
            notices.info("'none' is among the device ids: no device 'all'");
        }
        return options.allDevice() && !listed;
    }

    private Injection injection(DriverFiles files, String version, WrittenPaths paths, NodeEdits nodeEdits)
            throws AssembleException {
        Optional<HookEdits> hooks = HookChoice.of(snapshot, options, nodeEdits, notices);
        return hooks.isPresent()
                ? new NvidiaHooks(files, version, options, paths, hooks.get())
                : new HookFree(files, snapshot.platform(), options, paths, nodeEdits);
    }

    private List<Device> named(Map<? extends ModeDevice, ContainerEdits> edits) throws AssembleException {
        NamedDevices named = new NamedDevices(options.namings(), edits.keySet(), notices);
        for (Map.Entry<? extends ModeDevice, ContainerEdits> entry : edits.entrySet()) {
            named.add(entry.getKey(), entry.getValue());
        }
        if (named.devices().isEmpty()) {
            throw new AssembleException(
                    AssembleException.Reason.NOTHING_TO_OFFER,
                    "no GPU or MIG device can be offered" + notices.reasons(),
                    "gpu-cdi devices shows what the driver reports");
        }
        return named.devices();
    }

    private <D extends ModeDevice> void addByCoherence(
            ModeAssembler<D> mode, List<Assembly.Part> parts, Map<D, ContainerEdits> edits, ContainerEdits common)
            throws AssembleException {
        Map<Coherence, Map<D, ContainerEdits>> split = new EnumMap<>(Coherence.class);
        edits.forEach((device, found) -> mode.coherence(device)
                .ifPresent(coherence -> split.computeIfAbsent(coherence, first -> new LinkedHashMap<>())
                        .put(device, found)));
        for (Map.Entry<Coherence, Map<D, ContainerEdits>> devices : split.entrySet()) {
            String infix = switch (devices.getKey()) {
                case COHERENT -> Assembly.COHERENT;
                case NONCOHERENT -> Assembly.NONCOHERENT;
            };
            parts.add(part(infix, named(devices.getValue()), common, allDevice()));
        }
    }

    private Assembly.Part part(String infix, List<Device> devices, ContainerEdits common, boolean allDevice) {
        CdiSpec spec = Edits.simplify(new CdiSpec("", options.kind(mode) + infix, Map.of(), devices, common));
        if (allDevice) {
            spec = Edits.simplify(Edits.withMergedDevice(spec, AssembleOptions.ALL));
        }
        return new Assembly.Part(
                infix, spec.withCdiVersion(CdiVersion.minimumFor(spec).text()));
    }
}
