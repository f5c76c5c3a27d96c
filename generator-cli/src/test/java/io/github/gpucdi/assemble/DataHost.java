package io.github.gpucdi.assemble;

import io.github.gpucdi.assemble.model.AssembleException;
import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.Device;
import io.github.gpucdi.host.AddressingMode;
import io.github.gpucdi.host.CharNode;
import io.github.gpucdi.host.DeviceNodes;
import io.github.gpucdi.host.DriverFiles;
import io.github.gpucdi.host.DriverVersion;
import io.github.gpucdi.host.FoundFile;
import io.github.gpucdi.host.Gpu;
import io.github.gpucdi.host.HookProgram;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.Library;
import io.github.gpucdi.host.MigDevice;
import io.github.gpucdi.host.MigMode;
import io.github.gpucdi.host.Mode;
import io.github.gpucdi.host.NodeLink;
import io.github.gpucdi.host.NvmlFacts;
import io.github.gpucdi.host.NvmlFailure;
import io.github.gpucdi.host.Platform;
import io.github.gpucdi.host.ProbeOptions;
import io.github.gpucdi.host.Section;
import io.github.gpucdi.host.SectionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A small healthy host as data, to be changed; its driver is below {@code driverRoot}. */
final class DataHost {
    static final String VERSION = "580.95.05";
    static final int MODE_666 = 0666;

    final String driverRoot;
    final String devRoot;
    final String lib;
    final List<Gpu> gpus = new ArrayList<>();
    final List<Library> libraries = new ArrayList<>();
    final List<FoundFile> files = new ArrayList<>();
    final List<CharNode> nodes = new ArrayList<>();
    final List<NodeLink> links = new ArrayList<>();
    Optional<String> askedHook = Optional.empty();
    Optional<String> foundHook = Optional.empty();

    private DataHost(String driverRoot, String devRoot) {
        this.driverRoot = driverRoot;
        this.devRoot = devRoot;
        this.lib = (driverRoot.equals("/") ? "" : driverRoot) + "/usr/lib/x86_64-linux-gnu";
        for (String name : List.of("libcuda", "libnvidia-ml", "libnvidia-ptxjitcompiler")) {
            library(Library.Role.DRIVER, name + ".so." + VERSION, name + ".so.1", name + ".so.1");
        }
        node("/dev/nvidiactl", 255, MODE_666, 0);
        node("/dev/nvidia-uvm", 0, MODE_666, 0);
    }

    /** A host with full GPUs 0 to {@code gpus} - 1. */
    static DataHost with(int gpus) {
        return below("/", "/", gpus);
    }

    static DataHost below(String driverRoot, String devRoot, int gpus) {
        DataHost host = new DataHost(driverRoot, devRoot);
        for (int i = 0; i < gpus; i++) {
            host.gpu(i, "NVIDIA L4", Optional.of("0000000" + i + ":65:00.0"), Optional.empty(), List.of());
        }
        return host;
    }

    static String uuid(int gpu) {
        return "GPU-00000000-0000-0000-0000-00000000000" + gpu;
    }

    /** Adds a GPU with its node; its minor number is not its index. */
    DataHost gpu(int index, String name, Optional<String> pci, Optional<MigMode> mig, List<MigDevice> migDevices) {
        gpus.add(new Gpu(
                index,
                Optional.empty(),
                name,
                uuid(index),
                OptionalInt.of(index + 4),
                pci,
                Optional.empty(),
                List.of(),
                mig,
                Optional.empty(),
                Optional.empty(),
                migDevices,
                Section.notProbed()));
        return node("/dev/nvidia" + (index + 4), index + 4, MODE_666, 0);
    }

    /** Adds a partitioned GPU with one MIG device, of MIG index 2, GPU instance 9, compute instance 1. */
    DataHost partitioned(int index, String profile) {
        MigDevice mig = new MigDevice(
                2,
                Optional.empty(),
                "MIG-" + uuid(index).substring(4),
                9,
                1,
                Optional.of(profile),
                OptionalInt.of(30),
                OptionalInt.of(31));
        node("/dev/nvidia-caps/nvidia-cap30", 30, 0444, 0);
        node("/dev/nvidia-caps/nvidia-cap31", 31, 0444, 0);
        Optional<String> pci = Optional.of("0000000" + index + ":65:00.0");
        return gpu(index, "NVIDIA A100", pci, Optional.of(new MigMode(true, true)), List.of(mig));
    }

    /** Gives GPU {@code index} DRM nodes of this mode and group, and their links. */
    DataHost drm(int index, int mode, long gid) {
        Gpu gpu = gpus.get(index);
        List<String> names = List.of("card" + index, "renderD12" + index);
        gpus.set(
                index,
                new Gpu(
                        gpu.index(),
                        gpu.failure(),
                        gpu.name(),
                        gpu.uuid(),
                        gpu.minor(),
                        gpu.pciBusId(),
                        gpu.pciFailure(),
                        names,
                        gpu.mig(),
                        gpu.addressingMode(),
                        gpu.addressingFailure(),
                        gpu.migDevices(),
                        gpu.details()));
        for (String name : names) {
            node("/dev/dri/" + name, 10 + index, mode, gid);
        }
        String link = "/dev/dri/by-path/pci-000" + index + ":65:00.0-";
        links.add(new NodeLink(link + "card", "../card" + index));
        links.add(new NodeLink(link + "render", "../renderD12" + index));
        return this;
    }

    /** What GPU {@code index} answers when asked for its addressing mode. */
    DataHost addressing(int index, OptionalInt mode, Optional<NvmlFailure> failure) {
        Gpu gpu = gpus.get(index);
        gpus.set(
                index,
                new Gpu(
                        gpu.index(),
                        gpu.failure(),
                        gpu.name(),
                        gpu.uuid(),
                        gpu.minor(),
                        gpu.pciBusId(),
                        gpu.pciFailure(),
                        gpu.drm(),
                        gpu.mig(),
                        AddressingMode.of(mode),
                        failure,
                        gpu.migDevices(),
                        gpu.details()));
        return this;
    }

    DataHost node(String path, long minor, int mode, long gid) {
        nodes.add(new CharNode(path, 195, minor, mode, 0, gid));
        return this;
    }

    /** Adds a library of the library directory, {@code name} relative to it. */
    DataHost library(Library.Role role, String name, String soname, String... besides) {
        libraries.add(new Library(
                role, lib + "/" + name, soname.isEmpty() ? Optional.empty() : Optional.of(soname), List.of(besides)));
        return this;
    }

    DataHost file(FoundFile.Role role, String name, String path) {
        files.add(new FoundFile(role, name, path, Optional.empty(), List.of()));
        return this;
    }

    /** Adds a manifest that names libraries. */
    DataHost manifest(FoundFile.Role role, String name, String... names) {
        String root = driverRoot.equals("/") ? "" : driverRoot;
        files.add(new FoundFile(role, name, root + "/usr/share/" + name, Optional.empty(), List.of(names)));
        return this;
    }

    DataHost askedHook(String path) {
        askedHook = Optional.of(path);
        return this;
    }

    HostSnapshot snapshot() {
        return HostSnapshot.of(
                        new ProbeOptions(driverRoot, devRoot, List.of(), List.of(), askedHook),
                        new Platform("x86_64", "6.1.0"))
                .with(
                        SectionKey.DRIVER,
                        Section.of(new DriverVersion(
                                Optional.of(VERSION), DriverVersion.Source.NVML, Optional.empty(), List.of(VERSION))))
                .with(
                        SectionKey.NVML,
                        Section.of(new NvmlFacts(
                                lib + "/libnvidia-ml.so.1",
                                Optional.empty(),
                                Optional.of(VERSION),
                                Optional.empty(),
                                OptionalInt.empty(),
                                gpus)))
                .with(SectionKey.FILES, Section.of(new DriverFiles(List.of(lib), libraries, files, List.of())))
                .with(SectionKey.NODES, Section.of(new DeviceNodes(nodes, links)))
                .with(SectionKey.HOOK, Section.of(new HookProgram(foundHook, List.of())));
    }

    Assembly assemble(Wanted wanted) throws AssembleException {
        return SpecAssembler.assemble(Mode.NVML, snapshot(), wanted.options());
    }

    CdiSpec spec(Wanted wanted) throws AssembleException {
        return assemble(wanted).specs().get(0).spec();
    }

    /** The device of this name. */
    static Device device(CdiSpec spec, String name) {
        return spec.devices().stream()
                .filter(device -> device.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static List<String> names(CdiSpec spec) {
        return spec.devices().stream().map(Device::name).toList();
    }
}
