package io.github.gpucdi.assemble;

import io.github.gpucdi.cdi.edit.Edits;
import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.CdiVersion;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.cdi.spec.Device;
import io.github.gpucdi.host.AddressingMode;
import io.github.gpucdi.host.DeviceNodes;
import io.github.gpucdi.host.DriverFiles;
import io.github.gpucdi.host.Gpu;
import io.github.gpucdi.host.HookProgram;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.NvmlFacts;
import io.github.gpucdi.host.SectionKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Specs of GPUs and MIG devices that NVML reports. */
public final class NvmlAssembler {
    private static final String ALL_DEVICE = "all";
    private static final String DEFAULT_HOOK = "/usr/bin/nvidia-cdi-hook";

    private final HostSnapshot snapshot;
    private final AssembleOptions options;
    private final Notices notices = new Notices();

    private NvmlAssembler(HostSnapshot snapshot, AssembleOptions options) {
        this.snapshot = snapshot;
        this.options = options;
    }

    /**
     * The specs of {@code snapshot} as {@code options} want them.
     *
     * @throws AssembleException if there is nothing to offer, the driver is half-upgraded, or the options do not fit
     */
    public static Assembly assemble(HostSnapshot snapshot, AssembleOptions options) throws AssembleException {
        return new NvmlAssembler(snapshot, options).assemble();
    }

    private Assembly assemble() throws AssembleException {
        NvmlFacts nvml = DriverHealth.working(snapshot);
        boolean none = DeviceSelection.isNone(options.deviceIds());
        List<Selected> selected =
                none ? List.of() : new DeviceSelection(nvml.gpus(), notices).select(options.deviceIds());
        if (!none && selected.isEmpty()) {
            throw nothingSelected(nvml);
        }
        DriverFiles files = DriverHealth.files(snapshot);
        String version = DriverHealth.version(snapshot, files, notices);
        NodeTable nodes = new NodeTable(
                DriverHealth.required(snapshot, SectionKey.NODES).data().orElse(new DeviceNodes(List.of(), List.of())));
        WrittenPaths paths = WrittenPaths.of(snapshot.options(), options);
        NodeEdits nodeEdits = new NodeEdits(paths, options);
        Injection injection = injection(files, version, paths, nodeEdits);
        ContainerEdits common =
                new CommonEdits(nodes, files, paths, options.features(), notices).build(nodeEdits, injection);

        List<Assembly.Part> parts = new ArrayList<>();
        if (none) {
            Device empty = Device.of(
                    DeviceSelection.NONE,
                    ContainerEdits.builder().env("NVCT_EMPTY_DEVICE=").build());
            parts.add(part("", List.of(empty), common, false));
            return new Assembly(parts, notices.toList());
        }
        Map<Selected, ContainerEdits> edits = new LinkedHashMap<>();
        DeviceEdits deviceEdits = new DeviceEdits(nodes, injection, notices);
        for (Selected device : selected) {
            deviceEdits.of(device).ifPresent(found -> edits.put(device, found));
        }
        parts.add(part("", named(edits), common, allDevice()));
        if (options.features().contains(Feature.COHERENT_ANNOTATIONS)) {
            addByCoherence(parts, edits, common);
        }
        return new Assembly(parts, notices.toList());
    }

    private boolean allDevice() {
        boolean listed = options.deviceIds().contains(DeviceSelection.NONE);
        if (listed && options.allDevice()) {
            notices.info("'none' is among the device ids: no device 'all'");
        }
        return options.allDevice() && !listed;
    }

    private Injection injection(DriverFiles files, String version, WrittenPaths paths, NodeEdits nodeEdits)
            throws AssembleException {
        boolean named = snapshot.options().hookPath().isPresent();
        if (!named && options.hooks() != HooksPolicy.NONE) {
            DriverHealth.required(snapshot, SectionKey.HOOK);
        }
        Optional<HookProgram> found = snapshot.get(SectionKey.HOOK).data();
        Optional<String> usable = snapshot.options().hookPath().or(() -> found.flatMap(HookProgram::path));
        found.ifPresent(program -> program.rejected().forEach(notices::info));
        boolean hooks = switch (options.hooks()) {
            case AUTO -> usable.isPresent();
            case NVIDIA -> true;
            case NONE -> false;
        };
        if (!hooks) {
            if (options.hooks() == HooksPolicy.AUTO) {
                notices.info("no nvidia-cdi-hook on this host: the spec needs no hooks (--hooks=none)");
            }
            notices.info("a hook-free spec does not fill the container's ld.so.cache (ldconfig -p), cannot prefer an"
                    + " image's newer CUDA compatibility libraries, and does not serve musl images");
            return new HookFree(files, snapshot.platform(), options, paths, nodeEdits);
        }
        if (usable.isEmpty()) {
            notices.warning(
                    "no usable nvidia-cdi-hook was found: the spec names " + DEFAULT_HOOK,
                    "containers will not start without it: install it, or use --hooks=none");
        }
        if (options.hookSwitches().allDisabled()
                && options.hookSwitches().enabled().isEmpty()) {
            notices.info("all hooks are off: with --hooks=none programs in containers would still find the driver");
        }
        return new NvidiaHooks(files, version, usable.orElse(DEFAULT_HOOK), options, paths, nodeEdits, notices);
    }

    private List<Device> named(Map<Selected, ContainerEdits> edits) throws AssembleException {
        NamedDevices named = new NamedDevices(options.namings(), edits.keySet(), notices);
        for (Map.Entry<Selected, ContainerEdits> entry : edits.entrySet()) {
            named.add(entry.getKey(), entry.getValue());
        }
        if (named.devices().isEmpty()) {
            throw new AssembleException(
                    AssembleException.Reason.NOTHING_TO_OFFER,
                    "no GPU or MIG device can be offered" + reasons(),
                    "gpu-cdi devices shows what the driver reports");
        }
        return named.devices();
    }

    private void addByCoherence(List<Assembly.Part> parts, Map<Selected, ContainerEdits> edits, ContainerEdits common)
            throws AssembleException {
        Map<Selected, ContainerEdits> coherent = new LinkedHashMap<>();
        Map<Selected, ContainerEdits> others = new LinkedHashMap<>();
        edits.forEach((device, found) -> {
            Gpu gpu = device.gpu();
            if (device instanceof Selected.Mig) {
                return;
            }
            if (gpu.addressingFailure().isPresent()) {
                notices.warning(
                        device.label() + " is neither in the coherent nor in the noncoherent spec: "
                                + gpu.addressingFailure().get().sentence(),
                        "it is in the main spec");
            } else if (gpu.addressingMode().equals(Optional.of(AddressingMode.ATS))) {
                coherent.put(device, found);
            } else {
                others.put(device, found);
            }
        });
        if (!coherent.isEmpty()) {
            parts.add(part(Assembly.COHERENT, named(coherent), common, allDevice()));
        }
        if (!others.isEmpty()) {
            parts.add(part(Assembly.NONCOHERENT, named(others), common, allDevice()));
        }
    }

    private Assembly.Part part(String infix, List<Device> devices, ContainerEdits common, boolean allDevice) {
        String kind = options.vendor() + "/" + options.clazz() + infix;
        CdiSpec spec = Edits.simplify(new CdiSpec("", kind, Map.of(), devices, common));
        if (allDevice) {
            spec = Edits.simplify(Edits.withMergedDevice(spec, ALL_DEVICE));
        }
        return new Assembly.Part(
                infix, spec.withCdiVersion(CdiVersion.minimumFor(spec).text()));
    }

    private AssembleException nothingSelected(NvmlFacts nvml) {
        if (nvml.gpus().isEmpty()) {
            return DriverHealth.gone(
                    "the driver reports no GPU",
                    "see lspci -d 10de: and dmesg; is the GPU bound to another driver (vfio-pci, nouveau)?");
        }
        boolean allPartitioned = true;
        for (Gpu gpu : nvml.gpus()) {
            allPartitioned &= gpu.migEnabled() && gpu.failure().isEmpty();
        }
        String what;
        String hint;
        if (allPartitioned) {
            what = "all " + nvml.gpus().size() + " GPUs are in MIG mode and have no MIG device";
            hint = "create MIG devices (nvidia-smi mig -cgi … -C) or switch MIG mode off";
        } else {
            what = "no GPU or MIG device can be offered" + reasons();
            hint = "gpu-cdi devices shows what the driver reports";
        }
        return new AssembleException(AssembleException.Reason.NOTHING_TO_OFFER, what, hint);
    }

    /** Why devices were left out, for a message that ends the run. */
    private String reasons() {
        StringBuilder reasons = new StringBuilder();
        for (Notice notice : notices.toList()) {
            if (notice.level() == Notice.Level.LEFT_OUT) {
                reasons.append(reasons.isEmpty() ? ": " : "; ").append(notice.what());
            }
        }
        return reasons.toString();
    }
}
