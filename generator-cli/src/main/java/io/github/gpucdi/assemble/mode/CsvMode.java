package io.github.gpucdi.assemble.mode;

import io.github.gpucdi.assemble.inject.CsvFiles;
import io.github.gpucdi.assemble.inject.Injection;
import io.github.gpucdi.assemble.inject.WrittenPaths;
import io.github.gpucdi.assemble.model.AssembleException;
import io.github.gpucdi.assemble.model.AssembleOptions;
import io.github.gpucdi.assemble.model.Feature;
import io.github.gpucdi.assemble.model.Notices;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.host.CharNode;
import io.github.gpucdi.host.Gpu;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.NvmlCode;
import io.github.gpucdi.host.NvmlFacts;
import io.github.gpucdi.host.NvmlFailure;
import io.github.gpucdi.host.Section;
import io.github.gpucdi.host.SectionKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * GPUs of a Tegra system: the one of its processor, which gets the nodes that CSV files name, and those on cards beside it,
 * which NVML knows. All have the files that CSV files name.
 */
public final class CsvMode {
    /** Parts of the names of GPUs that are in a processor; nvidia-ctk knows no others. */
    private static final List<String> INTEGRATED = List.of("(nvgpu)", "NVIDIA Thor");

    private static final String ORIN = "Orin (nvgpu)";
    private static final String ORIN_COMPAT = "/usr/local/cuda/compat_orin";
    private static final String GPU_NODE = "/dev/nvidia";
    /** A processor's GPU has it besides on some boards. */
    private static final String SECOND_NODE = GPU_NODE + "2";

    private static final Gpu UNKNOWN = new Gpu(
            0,
            Optional.empty(),
            "",
            "",
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Section.notProbed());

    private final HostSnapshot snapshot;
    private final AssembleOptions options;
    private final Notices notices;
    private final CsvContent content;
    private final NodeTable nodes;
    private final Optional<NvmlFacts> nvml;
    private final List<Gpu> gpus;

    private CsvMode(HostSnapshot snapshot, AssembleOptions options, Notices notices) throws AssembleException {
        this.snapshot = snapshot;
        this.options = options;
        this.notices = notices;
        this.content = CsvContent.of(snapshot, options, notices);
        this.nodes = new NodeTable(DriverHealth.nodes(snapshot));
        this.nvml = answering();
        this.gpus = gpus();
    }

    /**
     * The mode on a Tegra system.
     *
     * @throws AssembleException if it is none, or a CSV file cannot be used
     */
    public static CsvMode on(HostSnapshot snapshot, AssembleOptions options, Notices notices) throws AssembleException {
        return new CsvMode(snapshot, options, notices);
    }

    /** NVML's answers, if it gives any: a Tegra system need not have NVML. */
    private Optional<NvmlFacts> answering() throws AssembleException {
        Section<NvmlFacts> section = DriverHealth.required(snapshot, SectionKey.NVML);
        if (section instanceof Section.Absent<NvmlFacts> absent) {
            notices.info("without NVML there is one GPU, which has no UUID: " + absent.reason());
        }
        Optional<NvmlFacts> facts = section.data();
        if (facts.isPresent() && facts.get().failure().isPresent()) {
            NvmlFailure failure = facts.get().failure().get();
            DriverHealth.failIfSilent(snapshot);
            DriverHealth.failIfMismatched(failure);
            notices.leftOut(
                    "NVML does not work, so only GPU 0 is offered: " + failure.sentence(),
                    "nvidia-smi must work first, where there is one");
            return Optional.empty();
        }
        return facts;
    }

    private List<Gpu> gpus() {
        List<Gpu> known = new ArrayList<>();
        for (Gpu gpu : nvml.map(NvmlFacts::gpus).orElse(List.of())) {
            known.add(whole(gpu));
        }
        if (known.size() == 1) {
            Optional<NvmlFailure> failure = known.get(0).failure();
            failure.ifPresent(cause -> notices.warning(
                    "nothing but its index is known of GPU 0: " + cause.sentence(), "dmesg may say what is wrong"));
            // A card that is alone in NVML has not the nodes that the files name for the processor's GPU.
            return failure.isPresent() || !isIntegrated(known.get(0)) ? List.of(UNKNOWN) : known;
        }
        if (known.isEmpty()) {
            return List.of(UNKNOWN);
        }
        if (options.features().contains(Feature.NO_MULTIPLE_CSV_DEVICES)) {
            notices.info("all " + known.size() + " GPUs are device 0, as " + Feature.NO_MULTIPLE_CSV_DEVICES.flag()
                    + " asks");
            return List.of(UNKNOWN);
        }
        return known;
    }

    /** A processor's GPU need not answer all that NVML asks of cards. */
    private static boolean lacksOnlyNumbers(Gpu gpu) {
        return isIntegrated(gpu)
                && gpu.failure().isPresent()
                && gpu.failure().get().meaning() == NvmlCode.NOT_SUPPORTED;
    }

    /** Without parts, and without a failure that is none. */
    private static Gpu whole(Gpu gpu) {
        return new Gpu(
                gpu.index(),
                lacksOnlyNumbers(gpu) ? Optional.empty() : gpu.failure(),
                gpu.name(),
                gpu.uuid(),
                gpu.minor(),
                gpu.pciBusId(),
                gpu.pciFailure(),
                gpu.drm(),
                Optional.empty(),
                gpu.addressingMode(),
                gpu.addressingFailure(),
                List.of(),
                gpu.details());
    }

    /**
     * The GPUs that the options mean.
     *
     * @throws AssembleException if an id means none, or a MIG device
     */
    public List<Selected> devices() throws AssembleException {
        for (String id : options.deviceIds()) {
            if (id.startsWith("MIG-") || id.indexOf(':') >= 0) {
                throw new AssembleException(
                        AssembleException.Reason.USAGE,
                        "mode csv offers no MIG device: '" + id + "'",
                        "name GPUs, or use --mode=nvml");
            }
        }
        Set<Integer> partitioned = new HashSet<>();
        for (Gpu gpu : nvml.map(NvmlFacts::gpus).orElse(List.of())) {
            if (gpu.migEnabled()) {
                partitioned.add(gpu.index());
            }
        }
        List<Selected> whole = new ArrayList<>();
        for (Selected selected : new DeviceSelection(gpus, notices).select(options.deviceIds())) {
            if (!partitioned.contains(selected.gpu().index())) {
                whole.add(selected);
            } else {
                notices.leftOut(
                        selected.label() + " left out: it is in MIG mode, and mode csv offers no MIG devices",
                        "offer them with --mode=nvml, or switch MIG mode off");
            }
        }
        return whole;
    }

    /** What containers get besides device nodes. */
    public CsvFiles files() {
        return content.files();
    }

    /** Arguments of the hook {@code enable-cuda-compat}; none if nobody tells which CUDA the driver has. */
    public List<String> compat() {
        OptionalInt cuda = nvml.map(NvmlFacts::cudaDriverVersion).orElse(OptionalInt.empty());
        if (cuda.isEmpty()) {
            return List.of();
        }
        List<String> arguments = new ArrayList<>();
        arguments.add("--host-cuda-version=" + cuda.getAsInt() / 1000 + "." + cuda.getAsInt() % 1000 / 10);
        for (Gpu gpu : nvml.orElseThrow().gpus()) {
            if (gpu.name().contains(ORIN) && arguments.size() == 1) {
                arguments.add("--cuda-compat-container-root="
                        + options.csv().compatContainerRoot().orElse(ORIN_COMPAT));
            }
        }
        return arguments;
    }

    /** What a container with {@code device} needs besides; empty if it lacks what it cannot work without. */
    public Optional<ContainerEdits> edits(Selected device, Injection injection) {
        if (gpus.size() == 1) {
            return Optional.of(injection.device(content.nodes(), Map.of(), true));
        }
        if (isIntegrated(device.gpu())) {
            return Optional.of(injection.device(integrated(device.gpu()), Map.of(), true));
        }
        Optional<ContainerEdits> own = new DeviceEdits(nodes, injection, notices).of(device);
        return own.map(edits -> ContainerEdits.builder()
                .addAll(edits)
                .addAll(injection.device(shared(), Map.of(), false))
                .build());
    }

    static boolean isIntegrated(Gpu gpu) {
        for (String part : INTEGRATED) {
            if (gpu.name().contains(part)) {
                return true;
            }
        }
        return false;
    }

    /** All nodes but those of other GPUs; if one of them does not tell its own, no GPU's but this one's. */
    private List<CharNode> integrated(Gpu gpu) {
        Set<String> others = new HashSet<>();
        boolean allTold = true;
        for (Gpu other : gpus) {
            if (other.index() != gpu.index()) {
                other.minor().ifPresent(minor -> others.add(GPU_NODE + minor));
                allTold &= other.minor().isPresent();
            }
        }
        Map<String, CharNode> own = byPath(content.nodes());
        nodes.at(SECOND_NODE).ifPresent(node -> own.put(node.path(), node));
        own.keySet().removeAll(others);
        if (!allTold) {
            Set<String> surely = new HashSet<>(List.of(SECOND_NODE));
            gpu.minor().ifPresent(minor -> surely.add(GPU_NODE + minor));
            own.keySet().removeIf(path -> isGpuNode(path) && !surely.contains(path));
        }
        return new ArrayList<>(own.values());
    }

    /** What a GPU on a card needs besides its own nodes: none that is a GPU's. */
    private List<CharNode> shared() {
        Map<String, CharNode> shared = byPath(content.nodes());
        shared.keySet().removeIf(CsvMode::isGpuNode);
        shared.putAll(byPath(nodes.controlNodes(WrittenPaths.of(snapshot.options(), options), notices)));
        return new ArrayList<>(shared.values());
    }

    private static Map<String, CharNode> byPath(List<CharNode> nodes) {
        Map<String, CharNode> byPath = new LinkedHashMap<>();
        for (CharNode node : nodes) {
            byPath.put(node.path(), node);
        }
        return byPath;
    }

    private static boolean isGpuNode(String path) {
        boolean digits = path.startsWith(GPU_NODE) && path.length() > GPU_NODE.length();
        for (int i = GPU_NODE.length(); digits && i < path.length(); i++) {
            digits = path.charAt(i) >= '0' && path.charAt(i) <= '9';
        }
        return digits;
    }
}
