package io.github.gpucdi.assemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.gpucdi.assemble.model.AssembleException;
import io.github.gpucdi.assemble.model.DeviceNaming;
import io.github.gpucdi.assemble.model.Feature;
import io.github.gpucdi.assemble.model.HooksPolicy;
import io.github.gpucdi.assemble.model.Notice;
import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.DeviceNode;
import io.github.gpucdi.host.CharNode;
import io.github.gpucdi.host.CsvEntry;
import io.github.gpucdi.host.CsvFacts;
import io.github.gpucdi.host.CsvFile;
import io.github.gpucdi.host.Gpu;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.MigMode;
import io.github.gpucdi.host.Mode;
import io.github.gpucdi.host.NvmlFacts;
import io.github.gpucdi.host.NvmlFailure;
import io.github.gpucdi.host.Section;
import io.github.gpucdi.host.SectionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which GPUs a Tegra system has, and which nodes each gets. GPU N of these hosts has the node nvidia(N + 4). */
class CsvModeTest {
    private static final Wanted WANTED = Wanted.hooks(HooksPolicy.NONE);

    private final DataHost host = DataHost.with(0);

    private CsvModeTest gpu(String name) {
        int index = host.gpus.size();
        host.gpu(index, name, Optional.of("0000:01:00.0"), Optional.empty(), List.of());
        return this;
    }

    private HostSnapshot snapshot(String... nodes) {
        List<CharNode> found = new ArrayList<>();
        for (String node : nodes) {
            found.add(host.nodes.stream()
                    .filter(known -> known.path().equals("/dev/" + node))
                    .findFirst()
                    .orElseGet(() -> new CharNode("/dev/" + node, 10, 120, 0666, 0, 0)));
        }
        CsvEntry entry =
                new CsvEntry(CsvEntry.Type.DEV, 1, "/dev/*", found, List.of(), List.of(), List.of(), List.of());
        CsvFile file = new CsvFile("/devices.csv", CsvFile.State.READ, List.of(entry), List.of(), 0);
        return host.snapshot()
                .with(SectionKey.CSV, Section.of(new CsvFacts(Optional.empty(), Optional.empty(), List.of(file))));
    }

    private static Assembly assemble(HostSnapshot snapshot, Wanted wanted) throws AssembleException {
        return SpecAssembler.assemble(Mode.CSV, snapshot, wanted.options());
    }

    private static CdiSpec spec(HostSnapshot snapshot) throws AssembleException {
        return assemble(snapshot, WANTED).specs().get(0).spec();
    }

    private static String nodes(CdiSpec spec, String device) {
        List<String> names = new ArrayList<>();
        for (DeviceNode node : DataHost.device(spec, device).containerEdits().deviceNodes()) {
            names.add(node.path().substring("/dev/".length()));
        }
        return String.join(" ", names);
    }

    private HostSnapshot withNvml(Section<NvmlFacts> nvml) {
        return snapshot("nvidia0", "nvmap").with(SectionKey.NVML, nvml);
    }

    @Test
    void aProcessorsGpuAndACard() throws Exception {
        gpu("NVIDIA Thor").gpu("NVIDIA RTX 6000").host.node("/dev/nvidia2", 2, 0666, 0);
        CdiSpec spec = spec(snapshot("nvidia4", "nvidia5", "nvidiactl", "nvidia-uvm", "nvmap"));
        assertThat(nodes(spec, "0")).isEqualTo("nvidia-uvm nvidia2 nvidia4 nvidiactl nvmap");
        assertThat(nodes(spec, "1")).isEqualTo("nvidia-uvm nvidia5 nvidiactl nvmap");
        assertThat(nodes(spec, "all")).isEqualTo("nvidia-uvm nvidia2 nvidia4 nvidia5 nvidiactl nvmap");
    }

    @Test
    void anyNumberInAnyOrder() throws Exception {
        gpu("NVIDIA L4").gpu("Orin (nvgpu)").gpu("NVIDIA L4");
        CdiSpec spec = spec(snapshot("nvidia4", "nvidia5", "nvidia6", "nvmap"));
        assertThat(nodes(spec, "0")).isEqualTo("nvidia-uvm nvidia4 nvidiactl nvmap");
        assertThat(nodes(spec, "1")).isEqualTo("nvidia5 nvmap");
        assertThat(nodes(spec, "2")).isEqualTo("nvidia-uvm nvidia6 nvidiactl nvmap");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Thor", "NVIDIA GB10", "nvidia thor", "Orin"})
    void otherNamesAreThoseOfCards(String name) throws Exception {
        gpu(name).gpu("NVIDIA L4");
        CdiSpec spec = spec(snapshot("nvidia0", "nvmap"));
        assertThat(nodes(spec, "0")).isEqualTo("nvidia-uvm nvidia4 nvidiactl nvmap");
        assertThat(nodes(spec, "1")).isEqualTo("nvidia-uvm nvidia5 nvidiactl nvmap");
    }

    @Test
    void theOnlyGpuGetsEveryNodeAndItsUuid() throws Exception {
        gpu("NVIDIA Thor");
        CdiSpec spec = assemble(snapshot("nvidia0", "nvidia1"), WANTED.namings(DeviceNaming.INDEX, DeviceNaming.UUID))
                .specs()
                .get(0)
                .spec();
        assertThat(DataHost.names(spec)).containsExactly("0", DataHost.uuid(0), "all");
        assertThat(nodes(spec, "0")).isEqualTo("nvidia0 nvidia1");
    }

    /** The files name the nodes of the processor's GPU, which NVML does not know. */
    @Test
    void aCardThatIsAloneInNvmlGivesItsUuidToNobody() throws Exception {
        gpu("NVIDIA L4");
        CdiSpec spec = assemble(snapshot("nvidia0"), WANTED.namings(DeviceNaming.INDEX, DeviceNaming.UUID))
                .specs()
                .get(0)
                .spec();
        assertThat(DataHost.names(spec)).containsExactly("0", "all");
        assertThat(nodes(spec, "0")).isEqualTo("nvidia0");
    }

    @Test
    void aLostCardsNodeIsNotTheProcessors() throws Exception {
        gpu("NVIDIA Thor").gpu("NVIDIA L4");
        fail(1, 15);
        assertThat(nodes(spec(snapshot("nvidia4", "nvidia5", "nvmap")), "0")).isEqualTo("nvidia4 nvmap");
    }

    @Test
    void aHalfUpgradedDriverKeepsTheOldSpec() {
        assertThatExceptionOfType(AssembleException.class)
                .isThrownBy(() -> assemble(withNvml(Section.of(failing(18))), WANTED))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(AssembleException.Reason.HALF_UPGRADED));
    }

    @Test
    void aPartitionedGpuWithoutPartsIsLeftOutToo() {
        host.gpu(0, "NVIDIA Thor", Optional.empty(), Optional.of(new MigMode(true, true)), List.of());
        assertThatExceptionOfType(AssembleException.class)
                .isThrownBy(() -> assemble(snapshot("nvidia4"), WANTED))
                .withMessageContaining("it is in MIG mode");
    }

    @Test
    void onRequestAllAreOne() throws Exception {
        gpu("NVIDIA Thor").gpu("NVIDIA L4");
        CdiSpec spec = assemble(snapshot("nvidia0", "nvidia1"), WANTED.features(Feature.NO_MULTIPLE_CSV_DEVICES))
                .specs()
                .get(0)
                .spec();
        assertThat(DataHost.names(spec)).containsExactly("0", "all");
        assertThat(nodes(spec, "0")).isEqualTo("nvidia0 nvidia1");
    }

    @Test
    void withoutNvmlThereIsOne() throws Exception {
        Assembly assembly = assemble(withNvml(Section.absent("no library")), WANTED);
        assertThat(DataHost.names(assembly.specs().get(0).spec())).containsExactly("0", "all");
        assertThat(assembly.notices())
                .contains(Notice.info("without NVML there is one GPU, which has no UUID: no library"));
    }

    @Test
    void anNvmlThatFailsIsTold() throws Exception {
        Assembly assembly = assemble(withNvml(Section.of(failing(999))), WANTED);
        assertThat(DataHost.names(assembly.specs().get(0).spec())).containsExactly("0", "all");
        assertThat(assembly.notices())
                .filteredOn(Notice::isIncomplete)
                .extracting(Notice::what)
                .containsExactly("NVML does not work, so only GPU 0 is offered: nvmlInit_v2 answered X (999)");
    }

    @Test
    void anNvmlThatHangsIsNoAnswer() {
        assertThatExceptionOfType(AssembleException.class)
                .isThrownBy(() -> assemble(withNvml(Section.of(failing(10))), WANTED))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(AssembleException.Reason.NO_ANSWER));
    }

    private static NvmlFacts failing(int code) {
        return new NvmlFacts(
                "x",
                Optional.of(new NvmlFailure("nvmlInit_v2", code, "X")),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                List.of());
    }

    private void fail(int index, int code) {
        Gpu gpu = host.gpus.get(index);
        NvmlFailure failure = new NvmlFailure("nvmlDeviceGetMinorNumber", code, "X");
        host.gpus.set(
                index,
                new Gpu(
                        gpu.index(),
                        Optional.of(failure),
                        gpu.name(),
                        gpu.uuid(),
                        OptionalInt.empty(),
                        gpu.pciBusId(),
                        gpu.pciFailure(),
                        gpu.drm(),
                        gpu.mig(),
                        gpu.addressingMode(),
                        gpu.addressingFailure(),
                        gpu.migDevices(),
                        gpu.details()));
    }

    @Test
    void aProcessorsGpuNeedNotAnswerWhatIsForCards() throws Exception {
        gpu("Orin (nvgpu)").gpu("NVIDIA L4");
        fail(0, 3);
        CdiSpec spec = spec(snapshot("nvidia0", "nvidia5"));
        assertThat(nodes(spec, "0")).isEqualTo("nvidia0");
        assertThat(nodes(spec, "1")).isEqualTo("nvidia-uvm nvidia5 nvidiactl");
    }

    @ParameterizedTest
    @CsvSource({"0,15", "1,15", "1,3"})
    void aLostGpuIsNamed(int index, int code) throws Exception {
        gpu("Orin (nvgpu)").gpu("NVIDIA L4");
        fail(index, code);
        Assembly assembly = assemble(snapshot("nvidia0"), WANTED);
        assertThat(DataHost.names(assembly.specs().get(0).spec())).containsExactly(Integer.toString(1 - index), "all");
        assertThat(assembly.notices())
                .filteredOn(notice -> notice.level() == Notice.Level.LEFT_OUT)
                .singleElement()
                .satisfies(notice -> assertThat(notice.what()).startsWith("GPU " + index + " "));
    }

    @Test
    void theOnlyGpuIsThereThoughItAnswersNothing() throws Exception {
        gpu("");
        fail(0, 15);
        Assembly assembly = assemble(snapshot("nvidia0"), WANTED.namings(DeviceNaming.INDEX, DeviceNaming.UUID));
        assertThat(DataHost.names(assembly.specs().get(0).spec())).containsExactly("0", "all");
        assertThat(assembly.notices()).anyMatch(Notice::isIncomplete);
    }

    @Test
    void aPartitionedCardIsLeftOut() throws Exception {
        gpu("NVIDIA Thor").host.partitioned(1, "1g.5gb");
        Assembly assembly = assemble(snapshot("nvidia4", "nvidia5"), WANTED);
        assertThat(DataHost.names(assembly.specs().get(0).spec())).containsExactly("0", "all");
        assertThat(assembly.notices())
                .filteredOn(notice -> notice.level() == Notice.Level.LEFT_OUT)
                .extracting(Notice::what)
                .containsExactly("GPU 1 (" + DataHost.uuid(1)
                        + ") left out: it is in MIG mode, and mode csv offers no MIG devices");
        host.gpus.clear();
        gpu("NVIDIA Thor");
        host.gpu(1, "NVIDIA L4", Optional.empty(), Optional.of(new MigMode(false, false)), List.of());
        assertThat(DataHost.names(spec(snapshot("nvidia4")))).containsExactly("0", "1", "all");
    }

    @ParameterizedTest
    @CsvSource({"0,0 all", "001,1 all", "'1,0',0 1 all", "all,0 1 all", "GPU-00000000-0000-0000-0000-000000000001,1 all"
    })
    void ids(String ids, String names) throws Exception {
        gpu("NVIDIA Thor").gpu("NVIDIA L4");
        CdiSpec spec = assemble(snapshot("nvidia4"), WANTED.ids(ids.split(",")))
                .specs()
                .get(0)
                .spec();
        assertThat(String.join(" ", DataHost.names(spec))).isEqualTo(names);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "x", "GPU-1", "0:0", "MIG-00000000-0000-0000-0000-000000000001"})
    void otherIdsAreTheUsersMistake(String id) {
        gpu("NVIDIA Thor").gpu("NVIDIA L4");
        assertThatExceptionOfType(AssembleException.class)
                .isThrownBy(() -> assemble(snapshot("nvidia4"), WANTED.ids(id)))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(AssembleException.Reason.USAGE))
                .withMessageContaining("'" + id + "'");
    }
}
