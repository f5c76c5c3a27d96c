package io.github.gpucdi.assemble.mode;

import io.github.gpucdi.assemble.inject.Injection;
import io.github.gpucdi.assemble.inject.NodeEdits;
import io.github.gpucdi.assemble.inject.WrittenPaths;
import io.github.gpucdi.assemble.model.AssembleException;
import io.github.gpucdi.assemble.model.AssembleOptions;
import io.github.gpucdi.assemble.model.Feature;
import io.github.gpucdi.assemble.model.Notices;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.host.AddressingMode;
import io.github.gpucdi.host.DriverFiles;
import io.github.gpucdi.host.Gpu;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.NvmlFacts;
import io.github.gpucdi.host.SectionKey;
import java.util.List;
import java.util.Optional;

/** GPUs and MIG devices that NVML reports. */
public final class NvmlMode implements ModeAssembler<Selected> {
    private final HostSnapshot snapshot;
    private final AssembleOptions options;
    private final Notices notices;
    private final NvmlFacts nvml;
    private final NodeTable nodes;

    private NvmlMode(HostSnapshot snapshot, AssembleOptions options, Notices notices) throws AssembleException {
        this.snapshot = snapshot;
        this.options = options;
        this.notices = notices;
        this.nvml = DriverHealth.working(snapshot);
        this.nodes = new NodeTable(DriverHealth.nodes(snapshot));
    }

    /**
     * The mode on a host whose driver works.
     *
     * @throws AssembleException with the reason why it does not
     */
    public static NvmlMode on(HostSnapshot snapshot, AssembleOptions options, Notices notices)
            throws AssembleException {
        return new NvmlMode(snapshot, options, notices);
    }

    @Override
    public List<Selected> devices() throws AssembleException {
        List<Selected> selected = new DeviceSelection(nvml.gpus(), notices).select(options.deviceIds());
        if (selected.isEmpty()) {
            throw nothingSelected();
        }
        return selected;
    }

    @Override
    public DriverFiles files() throws AssembleException {
        return DriverHealth.files(snapshot);
    }

    @Override
    public String version(DriverFiles files) throws AssembleException {
        return DriverHealth.version(snapshot, files, notices);
    }

    @Override
    public ContainerEdits common(DriverFiles files, NodeEdits nodeEdits, Injection injection) {
        WrittenPaths paths = WrittenPaths.of(snapshot.options(), options);
        return new CommonEdits(nodes, files, paths, options.features(), notices).build(nodeEdits, injection);
    }

    @Override
    public Optional<ContainerEdits> edits(Selected device, Injection injection) {
        return hasSandboxutils()
                ? new SandboxutilsEdits(snapshot, nodes, injection, notices).of(device)
                : new DeviceEdits(nodes, injection, notices).of(device);
    }

    /** Whether somebody asked for what libnvidia-sandboxutils tells, and nobody against it. */
    private boolean hasSandboxutils() {
        return snapshot.sections().containsKey(SectionKey.SANDBOXUTILS)
                && !Feature.forbidSandboxutils(options.features());
    }

    /** A part of a GPU is in neither spec, as nvidia-ctk has it. */
    @Override
    public Optional<Coherence> coherence(Selected device) {
        Gpu gpu = device.gpu();
        if (device instanceof Selected.Mig) {
            return Optional.empty();
        }
        if (gpu.addressingFailure().isPresent()) {
            notices.warning(
                    device.label() + " is neither in the coherent nor in the noncoherent spec: "
                            + gpu.addressingFailure().get().sentence(),
                    "it is in the main spec");
            return Optional.empty();
        }
        boolean coherent = gpu.addressingMode().equals(Optional.of(AddressingMode.ATS));
        return Optional.of(coherent ? Coherence.COHERENT : Coherence.NONCOHERENT);
    }

    private AssembleException nothingSelected() {
        if (nvml.gpus().isEmpty()) {
            return DriverHealth.gone(
                    "the driver reports no GPU",
                    "see lspci -d 10de: and dmesg; is the GPU bound to another driver (vfio-pci, nouveau)?");
        }
        boolean allPartitioned = true;
        boolean failing = false;
        for (Gpu gpu : nvml.gpus()) {
            failing |= gpu.failure().isPresent();
            allPartitioned &= gpu.migEnabled() && gpu.failure().isEmpty();
        }
        String what;
        String hint;
        if (allPartitioned) {
            what = "all " + nvml.gpus().size() + " GPUs are in MIG mode and have no MIG device";
            hint = "create MIG devices (nvidia-smi mig -cgi … -C) or switch MIG mode off";
        } else {
            what = "no GPU or MIG device can be offered" + notices.reasons();
            hint = "gpu-cdi devices shows what the driver reports";
        }
        return new AssembleException(
                failing ? AssembleException.Reason.FAILING : AssembleException.Reason.NOTHING_TO_OFFER, what, hint);
    }
}
