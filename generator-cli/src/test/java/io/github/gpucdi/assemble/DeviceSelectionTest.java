package io.github.gpucdi.assemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.gpucdi.assemble.model.AssembleException;
import io.github.gpucdi.assemble.model.AssembleException.Reason;
import io.github.gpucdi.assemble.model.HooksPolicy;
import io.github.gpucdi.assemble.model.Notice;
import io.github.gpucdi.host.Gpu;
import io.github.gpucdi.host.MigDevice;
import io.github.gpucdi.host.MigMode;
import io.github.gpucdi.host.NvmlFailure;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a device id means, and what is said of those that cannot be offered. */
class DeviceSelectionTest {
    private static final Wanted BY_INDEX = Wanted.hooks(HooksPolicy.NONE);
    private static final NvmlFailure LOST = new NvmlFailure("nvmlDeviceGetMinorNumber", 15, "GPU_IS_LOST");
    private static final String MIG_UUID = "MIG-00000000-0000-0000-0000-000000000001";

    /** GPU 0 whole, GPU 1 with the MIG device 1:2. */
    private static DataHost mixed() {
        return DataHost.with(1).partitioned(1, "1g.5gb");
    }

    private static Gpu failing(Gpu gpu, Optional<NvmlFailure> failure, List<MigDevice> migs) {
        return new Gpu(
                gpu.index(),
                failure,
                gpu.name(),
                gpu.uuid(),
                gpu.minor(),
                gpu.pciBusId(),
                gpu.pciFailure(),
                gpu.drm(),
                gpu.mig(),
                gpu.addressingMode(),
                gpu.addressingFailure(),
                migs,
                gpu.details());
    }

    private static MigDevice failing(MigDevice mig, int index) {
        return new MigDevice(
                index, Optional.of(LOST), "", 0, 0, Optional.empty(), mig.gpuInstanceCap(), mig.computeInstanceCap());
    }

    private static List<String> names(Assembly assembly) {
        return DataHost.names(assembly.specs().get(0).spec());
    }

    private static List<String> said(Assembly assembly, Notice.Level level) {
        return assembly.notices().stream()
                .filter(notice -> notice.level() == level)
                .map(Notice::what)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "00, 0",
        "000, 0",
        "01, 1",
        "1:2, 1:2",
        "01:02, 1:2",
        MIG_UUID + ", 1:2",
        "GPU-00000000-0000-0000-0000-000000000000, 0",
        "GPU-00000000-0000-0000-0000-000000000001, 1",
        "minor4, 0",
        "minor5, 1",
        "minor5:9:1, 1:2"
    })
    void anIdMeansOneDevice(String id, String name) throws AssembleException {
        assertThat(names(mixed().assemble(BY_INDEX.ids(id)))).containsExactly(name, "all");
    }

    @Test
    void idsOfOneDeviceGiveItOnce() throws AssembleException {
        assertThat(names(mixed().assemble(BY_INDEX.ids("1:2", MIG_UUID, "0", "00"))))
                .containsExactlyInAnyOrder("0", "1:2", "all");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2", "10", "-1", "+0", " 0", "", ":", ":2", "1:", "1:0", "0:2", "1:2:0", "1:12", "GPU-0", "ALL"})
    void anIdOfNobodyIsTheUsersMistakeAndThoseThatAreAreNamed(String id) {
        assertThatExceptionOfType(AssembleException.class)
                .isThrownBy(() -> mixed().assemble(BY_INDEX.ids("0", id)))
                .withMessage("no GPU or MIG device has the id '" + id + "'")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.USAGE))
                .satisfies(e -> assertThat(e.hint())
                        .isEqualTo("this host has all, none, 0, 1, 1:2 and their UUIDs; see: gpu-cdi devices"));
    }

    @Test
    void ofTwoThatHaveAnIdNeitherIsTaken() {
        DataHost host = mixed();
        Gpu gpu = host.gpus.get(1);
        host.gpus.set(
                1,
                failing(
                        gpu,
                        Optional.empty(),
                        List.of(gpu.migDevices().get(0), gpu.migDevices().get(0))));
        assertThatExceptionOfType(AssembleException.class)
                .isThrownBy(() -> host.assemble(BY_INDEX.ids(MIG_UUID)))
                .withMessage("2 devices have the id '%s': MIG device 1:2 (%1$s) and MIG device 1:2 (%1$s)", MIG_UUID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"all", "0"})
    void aGpuThatFailsIsLeftOutWithItsFailure(String ids) {
        DataHost host = DataHost.with(1);
        host.gpus.set(0, failing(host.gpus.get(0), Optional.of(LOST), List.of()));
        assertThatExceptionOfType(AssembleException.class)
                .isThrownBy(() -> host.assemble(BY_INDEX.ids(ids)))
                .withMessage("no GPU or MIG device can be offered: GPU 0 (" + DataHost.uuid(0)
                        + ") left out: nvmlDeviceGetMinorNumber answered GPU_IS_LOST (15)")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.FAILING));
    }

    @ParameterizedTest
    @ValueSource(strings = {"all", "0 1:2 1:3"})
    void aMigDeviceThatFailsIsLeftOutWithItsFailure(String ids) throws AssembleException {
        DataHost host = mixed();
        Gpu gpu = host.gpus.get(1);
        MigDevice mig = gpu.migDevices().get(0);
        host.gpus.set(1, failing(gpu, Optional.empty(), List.of(mig, failing(mig, 3))));
        Assembly assembly = host.assemble(BY_INDEX.ids(ids.split(" ")));
        assertThat(names(assembly)).containsExactly("0", "1:2", "all");
        assertThat(assembly.notices())
                .filteredOn(notice -> notice.level() == Notice.Level.LEFT_OUT)
                .singleElement()
                .satisfies(notice -> assertThat(notice.what())
                        .isEqualTo("MIG device 1:3 left out: nvmlDeviceGetMinorNumber answered GPU_IS_LOST (15)"))
                .satisfies(notice -> assertThat(notice.hint()).contains("dmesg"));
    }

    /** Which MIG devices it has is not known then: what was read of them is no offer. */
    @Test
    void aPartitionedGpuThatFailsIsLeftOutWithAllItsParts() throws AssembleException {
        DataHost host = mixed();
        Gpu gpu = host.gpus.get(1);
        host.gpus.set(1, failing(gpu, Optional.of(LOST), gpu.migDevices()));
        for (Wanted wanted : List.of(BY_INDEX, BY_INDEX.ids("0", "1:2"))) {
            Assembly assembly = host.assemble(wanted);
            assertThat(names(assembly)).containsExactly("0", "all");
            assertThat(said(assembly, Notice.Level.LEFT_OUT))
                    .singleElement()
                    .asString()
                    .contains("GPU_IS_LOST");
        }
    }

    @Test
    void aPartitionedGpuWithoutPartsIsWarnedOf() throws AssembleException {
        DataHost host = DataHost.with(1)
                .gpu(1, "NVIDIA A100", Optional.empty(), Optional.of(new MigMode(true, true)), List.of());
        Assembly assembly = host.assemble(BY_INDEX);
        assertThat(names(assembly)).containsExactly("0", "all");
        assertThat(assembly.notices())
                .filteredOn(Notice::isIncomplete)
                .containsExactly(new Notice(
                        Notice.Level.WARNING,
                        "GPU 1 (" + DataHost.uuid(1)
                                + ") is in MIG mode and has no MIG device: it has nothing to offer",
                        "create MIG devices (nvidia-smi mig -cgi … -C) or switch MIG mode off (nvidia-smi -i 1"
                                + " -mig 0)"));
    }

    @Test
    void whereAllGpusArePartitionedAndEmptyThatIsTheReason() {
        DataHost host = DataHost.with(0);
        Optional<MigMode> mig = Optional.of(new MigMode(true, true));
        host.gpu(0, "NVIDIA A100", Optional.empty(), mig, List.of())
                .gpu(1, "NVIDIA A100", Optional.empty(), mig, List.of());
        assertThatExceptionOfType(AssembleException.class)
                .isThrownBy(() -> host.assemble(BY_INDEX))
                .withMessage("all 2 GPUs are in MIG mode and have no MIG device")
                .satisfies(e -> assertThat(e.hint()).contains("nvidia-smi mig"));

        host.gpus.set(1, failing(host.gpus.get(1), Optional.of(LOST), List.of()));
        assertThatExceptionOfType(AssembleException.class)
                .isThrownBy(() -> host.assemble(BY_INDEX))
                .withMessageStartingWith("no GPU or MIG device can be offered: GPU 1 ")
                .satisfies(e -> assertThat(e.hint()).isEqualTo("gpu-cdi devices shows what the driver reports"));
    }

    @Test
    void withoutAGpuTheDriverReportsNone() {
        assertThatExceptionOfType(AssembleException.class)
                .isThrownBy(() -> DataHost.with(0).assemble(BY_INDEX))
                .withMessage("the driver reports no GPU")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.GONE))
                .satisfies(e -> assertThat(e.hint()).contains("vfio-pci"));
    }

    @Test
    void aDisplayThatIsNotOfferedIsSaidOnRequest() throws AssembleException {
        DataHost host = DataHost.with(1).gpu(1, "DGX Display", Optional.empty(), Optional.empty(), List.of());
        assertThat(said(host.assemble(BY_INDEX), Notice.Level.DEBUG))
                .contains("GPU 1 (" + DataHost.uuid(1) + ") only drives a display: left out");
        assertThat(said(host.assemble(BY_INDEX.ids("0")), Notice.Level.DEBUG))
                .noneMatch(what -> what.contains("display"));
    }
}
