package io.github.gpucdi.assemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.gpucdi.assemble.model.AssembleException;
import io.github.gpucdi.assemble.model.DeviceNaming;
import io.github.gpucdi.assemble.model.Feature;
import io.github.gpucdi.assemble.model.HooksPolicy;
import io.github.gpucdi.assemble.model.Notice;
import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.Device;
import io.github.gpucdi.host.Gpu;
import io.github.gpucdi.host.NvmlFailure;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which devices a spec has, and what they are called. */
class DeviceNamesTest {
    private static final Wanted BY_INDEX = Wanted.hooks(HooksPolicy.NONE);

    @ParameterizedTest
    @CsvSource({
        "INDEX, 0, 1:2",
        "UUID, GPU-00000000-0000-0000-0000-000000000000, MIG-00000000-0000-0000-0000-000000000001",
        "TYPE_INDEX, gpu0, mig1:2",
        "PCI, 0000:65:00.0, 0001:65:00.0:2",
        "MINOR, minor4, minor5:9:1",
    })
    void eachStrategyNamesBothKinds(DeviceNaming naming, String full, String mig) throws Exception {
        DataHost host = DataHost.with(1).partitioned(1, "1g.5gb");
        assertThat(DataHost.names(host.spec(BY_INDEX.namings(naming)))).containsExactlyInAnyOrder(full, mig, "all");
    }

    @Test
    void aGpuHasADeviceForEachStrategy() throws Exception {
        CdiSpec spec = DataHost.with(1).spec(BY_INDEX.namings(DeviceNaming.PCI, DeviceNaming.MINOR));
        assertThat(DataHost.names(spec)).containsExactly("0000:65:00.0", "all", "minor4");
        assertThat(DataHost.device(spec, "minor4").containerEdits())
                .isEqualTo(DataHost.device(spec, "0000:65:00.0").containerEdits());
    }

    @Test
    void noPciAddressNoPciName() throws Exception {
        DataHost host = DataHost.with(1).gpu(1, "NVIDIA L4", Optional.empty(), Optional.empty(), List.of());
        Assembly both = host.assemble(BY_INDEX.namings(DeviceNaming.PCI, DeviceNaming.INDEX));
        assertThat(DataHost.names(both.specs().get(0).spec())).containsExactly("0", "0000:65:00.0", "1", "all");
        assertThat(levels(both)).containsExactly(Notice.Level.WARNING);

        Assembly pci = host.assemble(BY_INDEX.namings(DeviceNaming.PCI));
        assertThat(DataHost.names(pci.specs().get(0).spec())).containsExactly("0000:65:00.0", "all");
        assertThat(levels(pci)).containsExactly(Notice.Level.WARNING, Notice.Level.LEFT_OUT);
    }

    @Test
    void nothingNamedIsNothingToOffer() {
        DataHost host = DataHost.with(0).gpu(0, "NVIDIA L4", Optional.empty(), Optional.empty(), List.of());
        assertThatExceptionOfType(AssembleException.class)
                .isThrownBy(() -> host.assemble(BY_INDEX.namings(DeviceNaming.PCI)))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(AssembleException.Reason.NOTHING_TO_OFFER))
                .withMessageContaining("it has no name");
    }

    @Test
    void aUuidOfTwoGpusIsNeithersName() throws Exception {
        DataHost host = withTwin();

        Assembly both = host.assemble(BY_INDEX.namings(DeviceNaming.INDEX, DeviceNaming.UUID));
        assertThat(DataHost.names(both.specs().get(0).spec()))
                .containsExactlyInAnyOrder("0", "1", "2", DataHost.uuid(1), "all");
        assertThat(levels(both)).containsExactly(Notice.Level.WARNING, Notice.Level.WARNING);

        Assembly uuid = host.assemble(BY_INDEX.namings(DeviceNaming.UUID));
        assertThat(DataHost.names(uuid.specs().get(0).spec())).containsExactlyInAnyOrder(DataHost.uuid(1), "all");
        assertThat(levels(uuid)).contains(Notice.Level.LEFT_OUT);
    }

    @Test
    void aUuidOfTwoGpusMeansNeither() {
        DataHost host = withTwin();

        assertThatExceptionOfType(AssembleException.class)
                .isThrownBy(() -> host.assemble(BY_INDEX.ids(DataHost.uuid(0))))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(AssembleException.Reason.USAGE))
                .withMessageStartingWith("2 devices have the id 'GPU-");
    }

    @Test
    void anIdThatASilentGpuMayHaveIsNotSaidToBeNowhere() {
        DataHost host = DataHost.with(2);
        Gpu gpu = host.gpus.get(1);
        NvmlFailure failure = new NvmlFailure("nvmlDeviceGetMigMode", 25, "ARGUMENT_VERSION_MISMATCH");
        host.gpus.set(1, copy(gpu, 1, 5, Optional.of(failure)));

        assertThatExceptionOfType(AssembleException.class)
                .isThrownBy(() -> host.assemble(BY_INDEX.ids("1:0")))
                .withMessageContaining("of GPU 1 ")
                .withMessageContaining("nvmlDeviceGetMigMode answered ARGUMENT_VERSION_MISMATCH (25)");
    }

    @Test
    void gpusOfOneMinorNumberAreLeftOut() throws Exception {
        DataHost host = DataHost.with(2).gpu(0, "NVIDIA L4", Optional.empty(), Optional.empty(), List.of());
        host.gpus.set(2, copy(host.gpus.get(2), 2, 4, Optional.empty()));

        Assembly assembly = host.assemble(BY_INDEX.namings(DeviceNaming.INDEX));
        assertThat(DataHost.names(assembly.specs().get(0).spec())).containsExactly("1", "all");
        assertThat(levels(assembly)).containsExactly(Notice.Level.LEFT_OUT, Notice.Level.LEFT_OUT);
    }

    /** A third GPU, with the first one's UUID and an index and minor number of its own. */
    private static DataHost withTwin() {
        DataHost host = DataHost.with(2).gpu(0, "NVIDIA L4", Optional.empty(), Optional.empty(), List.of());
        host.gpus.set(2, copy(host.gpus.get(2), 2, 6, Optional.empty()));
        return host.node("/dev/nvidia6", 6, DataHost.MODE_666, 0);
    }

    private static Gpu copy(Gpu gpu, int index, int minor, Optional<NvmlFailure> failure) {
        return new Gpu(
                index,
                failure,
                gpu.name(),
                gpu.uuid(),
                OptionalInt.of(minor),
                gpu.pciBusId(),
                gpu.pciFailure(),
                gpu.drm(),
                gpu.mig(),
                gpu.addressingMode(),
                gpu.addressingFailure(),
                gpu.migDevices(),
                gpu.details());
    }

    @Test
    void oneStrategyTwice() {
        assertDuplicate(DataHost.with(1), "'0'", DeviceNaming.INDEX, DeviceNaming.UUID, DeviceNaming.INDEX);
    }

    @Test
    void twoStrategiesWithOneName() {
        DataHost host = DataHost.with(2);
        Gpu gpu = host.gpus.get(1);
        host.gpus.set(
                1,
                new Gpu(
                        1,
                        gpu.failure(),
                        gpu.name(),
                        "minor4",
                        gpu.minor(),
                        gpu.pciBusId(),
                        gpu.pciFailure(),
                        gpu.drm(),
                        gpu.mig(),
                        gpu.addressingMode(),
                        gpu.addressingFailure(),
                        gpu.migDevices(),
                        gpu.details()));
        assertDuplicate(host, "'minor4'", DeviceNaming.UUID, DeviceNaming.MINOR);
    }

    private static void assertDuplicate(DataHost host, String name, DeviceNaming... namings) {
        assertThatExceptionOfType(AssembleException.class)
                .isThrownBy(() -> host.assemble(BY_INDEX.namings(namings)))
                .withMessageContaining("two devices would have the name " + name)
                .satisfies(e -> assertThat(e.getMessage()).contains("'" + namings[0].option() + "' of GPU"))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(AssembleException.Reason.USAGE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"DGX Display", "NVIDIA DGX Display"})
    void aDisplayIsOfferedByIdOnly(String name) throws Exception {
        DataHost host = DataHost.with(1)
                .gpu(1, name, Optional.empty(), Optional.empty(), List.of())
                .gpu(2, name + " 2", Optional.empty(), Optional.empty(), List.of());
        assertThat(DataHost.names(host.spec(BY_INDEX))).containsExactly("0", "2", "all");
        assertThat(DataHost.names(host.spec(BY_INDEX.ids("1")))).containsExactly("1", "all");
    }

    @Test
    void noneIsADeviceWithoutAGpu() throws Exception {
        CdiSpec spec = DataHost.with(2).spec(BY_INDEX.ids("0", "none", "all"));
        Device none = spec.devices().get(0);
        assertThat(DataHost.names(spec)).containsExactly("none");
        assertThat(none.containerEdits().env()).containsExactly("NVCT_EMPTY_DEVICE=");
        assertThat(none.containerEdits().deviceNodes()).isEmpty();
        assertThat(spec.containerEdits().mounts()).isNotEmpty();
        assertThat(spec.containerEdits())
                .isEqualTo(DataHost.with(2).spec(BY_INDEX).containerEdits());
    }

    @Test
    void noneAfterAllTakesTheDeviceAllAway() throws Exception {
        Assembly assembly = DataHost.with(2).assemble(BY_INDEX.ids("all", "none"));
        assertThat(DataHost.names(assembly.specs().get(0).spec())).containsExactly("0", "1");
        assertThat(assembly.notices()).anyMatch(notice -> notice.what().contains("no device 'all'"));
    }

    @Test
    void withAllOtherIdsAreNotLookedAt() throws Exception {
        assertThat(DataHost.names(DataHost.with(2).spec(BY_INDEX.ids("nonsense", "all"))))
                .containsExactly("0", "1", "all");
    }

    @Test
    void coherentGpusAreSplitOffAndUnansweredOnesAreInTheMainSpecOnly() throws Exception {
        DataHost host = DataHost.with(4)
                .partitioned(4, "1g.5gb")
                .addressing(0, OptionalInt.of(2), Optional.empty())
                .addressing(1, OptionalInt.of(1), Optional.empty())
                .addressing(2, OptionalInt.empty(), Optional.of(new NvmlFailure("nvmlAsk", 999, "UNKNOWN")));
        Assembly assembly = host.assemble(BY_INDEX.features(Feature.COHERENT_ANNOTATIONS));

        assertThat(assembly.specs()).extracting(Assembly.Part::infix).containsExactly("", ".coherent", ".noncoherent");
        List<CdiSpec> specs = assembly.specs().stream().map(Assembly.Part::spec).toList();
        assertThat(DataHost.names(specs.get(0))).containsExactly("0", "1", "2", "3", "4:2", "all");
        assertThat(DataHost.names(specs.get(1))).containsExactly("0", "all");
        assertThat(DataHost.names(specs.get(2))).containsExactly("1", "3", "all");
        assertThat(specs)
                .extracting(CdiSpec::kind)
                .containsExactly("nvidia.com/gpu", "nvidia.com/gpu.coherent", "nvidia.com/gpu.noncoherent");
        assertThat(specs)
                .allMatch(spec -> spec.containerEdits().equals(specs.get(0).containerEdits()));
        assertThat(specs.get(1).cdiVersion()).isEqualTo("0.6.0");
        assertThat(specs).allMatch(spec -> spec.annotations().isEmpty());
        assertThat(assembly.notices())
                .filteredOn(notice -> notice.level() == Notice.Level.WARNING)
                .singleElement()
                .satisfies(notice -> assertThat(notice.what()).contains("GPU 2", "nvmlAsk answered UNKNOWN"));
        assertThat(host.assemble(BY_INDEX).specs()).hasSize(1);
    }

    @Test
    void noneAloneIsADeviceWithoutAGpuToo() throws Exception {
        assertThat(DataHost.names(DataHost.with(1).spec(BY_INDEX.ids("none")))).containsExactly("none");
        assertThat(DataHost.names(DataHost.with(1).spec(BY_INDEX.ids("none", "all"))))
                .containsExactly("none");
    }

    @Test
    void aNameThatCdiForbidsIsNotWrittenAndThatIsSaid() throws Exception {
        DataHost host = DataHost.with(1);
        Gpu gpu = host.gpus.get(0);
        host.gpus.set(
                0,
                new Gpu(
                        gpu.index(),
                        gpu.failure(),
                        gpu.name(),
                        "GPU/0",
                        gpu.minor(),
                        gpu.pciBusId(),
                        gpu.pciFailure(),
                        gpu.drm(),
                        gpu.mig(),
                        gpu.addressingMode(),
                        gpu.addressingFailure(),
                        gpu.migDevices(),
                        gpu.details()));
        Assembly assembly = host.assemble(BY_INDEX.namings(DeviceNaming.INDEX, DeviceNaming.UUID));
        assertThat(DataHost.names(assembly.specs().get(0).spec())).containsExactly("0", "all");
        assertThat(assembly.notices())
                .filteredOn(Notice::isIncomplete)
                .extracting(Notice::what)
                .containsExactly("GPU 0 (GPU/0) has no name by strategy 'uuid': CDI forbids 'GPU/0'");
    }

    private static List<Notice.Level> levels(Assembly assembly) {
        return assembly.notices().stream()
                .map(Notice::level)
                .filter(level -> level.compareTo(Notice.Level.WARNING) >= 0)
                .toList();
    }
}
