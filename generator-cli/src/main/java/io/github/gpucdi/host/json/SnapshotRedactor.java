package io.github.gpucdi.host.json;

import io.github.gpucdi.host.CdiDirectory;
import io.github.gpucdi.host.CdiFacts;
import io.github.gpucdi.host.CdiFile;
import io.github.gpucdi.host.DriverFiles;
import io.github.gpucdi.host.DriverVersion;
import io.github.gpucdi.host.FailedLookup;
import io.github.gpucdi.host.FileContent;
import io.github.gpucdi.host.Gpu;
import io.github.gpucdi.host.GpuDetails;
import io.github.gpucdi.host.HookProgram;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.MigDevice;
import io.github.gpucdi.host.NvmlFacts;
import io.github.gpucdi.host.NvmlFailure;
import io.github.gpucdi.host.Section;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Takes out of a snapshot what tells one machine from another of its make: board serial numbers and UUIDs.
 *
 * <p>Each distinct UUID becomes a numbered one of the same form, each serial {@code serial-<n>}, numbered in the order
 * of the GPUs: what was the same stays the same, and a spec made from the result keeps its shape. They are replaced
 * in reasons, messages and recorded spec files too. Paths, versions, PCI addresses and the kernel release stay, since a spec or a diagnosis
 * needs them; a path that names a person or a host is the user's to edit. Redacting twice changes nothing more.
 */
public final class SnapshotRedactor {
    private final Pseudonyms pseudonyms = new Pseudonyms();

    private SnapshotRedactor() {}

    /** The snapshot without serial numbers and with numbered UUIDs. */
    public static HostSnapshot redact(HostSnapshot snapshot) {
        return new SnapshotRedactor().snapshot(snapshot);
    }

    private HostSnapshot snapshot(HostSnapshot snapshot) {
        // Serials first: a message anywhere may quote them.
        Section<NvmlFacts> known = data(snapshot.nvml(), this::numbered);
        return new HostSnapshot(
                snapshot.options(),
                snapshot.platform(),
                section(snapshot.driver(), UnaryOperator.<DriverVersion>identity()),
                section(known, this::messages),
                section(snapshot.files(), this::files),
                section(snapshot.nodes(), UnaryOperator.identity()),
                section(snapshot.hook(), this::hook),
                section(snapshot.engines(), UnaryOperator.identity()),
                section(snapshot.cdi(), this::cdi),
                section(snapshot.environment(), UnaryOperator.identity()));
    }

    private NvmlFacts numbered(NvmlFacts facts) {
        return withGpus(facts, this::numbered);
    }

    private Gpu numbered(Gpu gpu) {
        String uuid = pseudonyms.uuid(gpu.uuid(), "GPU-");
        List<MigDevice> migDevices = new ArrayList<>();
        for (MigDevice device : gpu.migDevices()) {
            migDevices.add(withUuid(device, pseudonyms.uuid(device.uuid(), "MIG-")));
        }
        return new Gpu(
                gpu.index(),
                gpu.failure(),
                gpu.name(),
                uuid,
                gpu.minor(),
                gpu.pciBusId(),
                gpu.pciFailure(),
                gpu.drm(),
                gpu.mig(),
                gpu.addressingMode(),
                gpu.addressingFailure(),
                migDevices,
                data(gpu.details(), this::details));
    }

    private GpuDetails details(GpuDetails details) {
        return new GpuDetails(
                details.architecture(),
                details.computeCapability(),
                details.memoryBytes(),
                details.serial().map(pseudonyms::serial),
                details.persistenceMode(),
                details.displayActive(),
                details.numaNode());
    }

    private NvmlFacts messages(NvmlFacts facts) {
        NvmlFacts gpus = withGpus(facts, this::messages);
        return new NvmlFacts(
                gpus.library(),
                gpus.failure().map(this::failure),
                gpus.driverVersion(),
                gpus.nvmlVersion(),
                gpus.cudaDriverVersion(),
                gpus.gpus());
    }

    private Gpu messages(Gpu gpu) {
        List<MigDevice> migDevices = new ArrayList<>();
        for (MigDevice device : gpu.migDevices()) {
            migDevices.add(messages(device));
        }
        return new Gpu(
                gpu.index(),
                gpu.failure().map(this::failure),
                pseudonyms.in(gpu.name()),
                gpu.uuid(),
                gpu.minor(),
                gpu.pciBusId(),
                gpu.pciFailure().map(this::failure),
                gpu.drm(),
                gpu.mig(),
                gpu.addressingMode(),
                gpu.addressingFailure().map(this::failure),
                migDevices,
                section(gpu.details(), UnaryOperator.identity()));
    }

    private MigDevice messages(MigDevice device) {
        return new MigDevice(
                device.index(),
                device.failure().map(this::failure),
                device.uuid(),
                device.gpuInstance(),
                device.computeInstance(),
                device.profile().map(pseudonyms::in),
                device.gpuInstanceCap(),
                device.computeInstanceCap());
    }

    private NvmlFailure failure(NvmlFailure failure) {
        return new NvmlFailure(failure.call(), failure.code(), pseudonyms.in(failure.text()));
    }

    private DriverFiles files(DriverFiles files) {
        List<FailedLookup> failed = new ArrayList<>();
        for (FailedLookup lookup : files.failed()) {
            failed.add(new FailedLookup(pseudonyms.in(lookup.name()), pseudonyms.in(lookup.path()), lookup.reason()));
        }
        return new DriverFiles(files.libraryDirectories(), files.libraries(), files.files(), failed);
    }

    private HookProgram hook(HookProgram hook) {
        List<String> rejected = new ArrayList<>();
        for (String line : hook.rejected()) {
            rejected.add(pseudonyms.in(line));
        }
        return new HookProgram(hook.path(), rejected);
    }

    /** Specs name devices by UUID. */
    private CdiFacts cdi(CdiFacts facts) {
        List<CdiDirectory> directories = new ArrayList<>();
        for (CdiDirectory directory : facts.directories()) {
            List<CdiFile> files = new ArrayList<>();
            for (CdiFile file : directory.files()) {
                files.add(new CdiFile(
                        file.name(),
                        file.problem(),
                        file.closedAt(),
                        file.content().map(this::content)));
            }
            directories.add(new CdiDirectory(
                    directory.path(),
                    directory.present(),
                    directory.link(),
                    directory.problem(),
                    directory.closedAt(),
                    files));
        }
        return new CdiFacts(facts.configHome(), facts.runtimeDir(), directories, facts.paths(), facts.hooks());
    }

    /** Byte by byte, so that nothing else changes: what is looked for is ASCII. */
    private FileContent content(FileContent content) {
        String bytes = new String(content.bytes(), StandardCharsets.ISO_8859_1);
        return FileContent.of(pseudonyms.in(bytes).getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Changes the data, and the reason if there is none. */
    private <T> Section<T> section(Section<T> section, UnaryOperator<T> change) {
        return section instanceof Section.Absent<T> absent
                ? Section.absent(pseudonyms.in(absent.reason()))
                : data(section, change);
    }

    private static <T> Section<T> data(Section<T> section, UnaryOperator<T> change) {
        return section instanceof Section.Present<T> present ? Section.of(change.apply(present.value())) : section;
    }

    private static NvmlFacts withGpus(NvmlFacts facts, UnaryOperator<Gpu> change) {
        List<Gpu> gpus = new ArrayList<>();
        for (Gpu gpu : facts.gpus()) {
            gpus.add(change.apply(gpu));
        }
        return new NvmlFacts(
                facts.library(),
                facts.failure(),
                facts.driverVersion(),
                facts.nvmlVersion(),
                facts.cudaDriverVersion(),
                gpus);
    }

    private static MigDevice withUuid(MigDevice device, String uuid) {
        return new MigDevice(
                device.index(),
                device.failure(),
                uuid,
                device.gpuInstance(),
                device.computeInstance(),
                device.profile(),
                device.gpuInstanceCap(),
                device.computeInstanceCap());
    }
}
