package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.gpucdi.assemble.Assembly;
import io.github.gpucdi.assemble.SpecAssembler;
import io.github.gpucdi.assemble.mode.AutoMode;
import io.github.gpucdi.assemble.model.AssembleOptions;
import io.github.gpucdi.assemble.model.CsvOptions;
import io.github.gpucdi.assemble.model.DeviceNaming;
import io.github.gpucdi.assemble.model.DeviceNumbers;
import io.github.gpucdi.assemble.model.Feature;
import io.github.gpucdi.assemble.model.HookSwitches;
import io.github.gpucdi.assemble.model.HooksPolicy;
import io.github.gpucdi.assemble.model.Notice;
import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.Device;
import io.github.gpucdi.cdi.validate.SpecValidator;
import io.github.gpucdi.host.Gpu;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.Mode;
import io.github.gpucdi.host.SectionKey;
import io.github.gpucdi.host.json.SnapshotJson;
import io.github.gpucdi.option.SimulatedHosts;
import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.testhost.GoldenHost;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The hosts that are shipped with the program. */
class SimulatedHostsTest {
    private static final Path SHIPPED = Path.of("src/main/resources/io/github/gpucdi/hosts");

    static Set<String> names() {
        return SimulatedHosts.descriptions().keySet();
    }

    @Test
    void allThatAreShippedAreListedWithADescription() throws Exception {
        List<String> shipped = new ArrayList<>();
        try (var files = Files.list(SHIPPED)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .forEach(name -> shipped.add(name.substring(0, name.length() - ".json".length())));
        }
        assertThat(names())
                .containsExactlyInAnyOrderElementsOf(shipped)
                .contains("dgx-a100", "dgx-a100-mig", "hgx-h100", "gb200-nvl4", "rtx4090-desktop", "debian-l4");
        assertThat(SimulatedHosts.descriptions().values())
                .allSatisfy(text -> assertThat(text).isNotBlank());
    }

    @Test
    void eachHasATreeThatItIsProbedFrom() {
        assertThat(GoldenHost.all().stream().map(GoldenHost::toString)).containsAll(names());
    }

    @Test
    void anUnknownNameIsAnsweredWithTheNearest() {
        assertThatThrownBy(() -> SimulatedHosts.open("dgx-a10"))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("dgx-a10");
    }

    @ParameterizedTest
    @MethodSource("names")
    void theSchemaAllowsIt(String name) throws Exception {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(Path.of("../schemas/host-snapshot-1.schema.json")), InputFormat.JSON);

        try (InputStream in = SimulatedHosts.open(name)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(schema.validate(text, InputFormat.JSON)).isEmpty();
            assertThat(schema.validate(text.replace("\"platform\"", "\"plattform\""), InputFormat.JSON))
                    .isNotEmpty();
        }
    }

    /** Those whose GPUs have nodes of their own. */
    static List<String> withNodes() {
        return names().stream().filter(name -> !name.startsWith("wsl")).toList();
    }

    @ParameterizedTest
    @MethodSource("withNodes")
    void everyPolicyAndNamingGivesAValidSpecWithEveryDevice(String name) throws Exception {
        HostSnapshot snapshot = snapshot(name);
        int devices = 0;
        for (Gpu gpu : snapshot.get(SectionKey.NVML).data().orElseThrow().gpus()) {
            devices += gpu.migEnabled() ? gpu.migDevices().size() : 1;
        }
        Mode mode = AutoMode.of(snapshot);
        for (HooksPolicy hooks : HooksPolicy.values()) {
            for (DeviceNaming naming : namings(mode)) {
                Assembly assembly = SpecAssembler.assemble(mode, snapshot, options(hooks, List.of(naming), Set.of()));

                CdiSpec spec = assembly.specs().get(0).spec();
                assertThat(SpecValidator.validate(spec))
                        .as("%s, %s", hooks, naming)
                        .isEmpty();
                assertThat(spec.devices()).as("%s, %s", hooks, naming).hasSize(devices + 1);
                assertThat(assembly.notices()).extracting(Notice::level).doesNotContain(Notice.Level.LEFT_OUT);
            }
        }
    }

    /** The GPU of a processor need not have an address or a minor number. */
    private static List<DeviceNaming> namings(Mode mode) {
        return mode == Mode.CSV
                ? List.of(DeviceNaming.INDEX, DeviceNaming.UUID, DeviceNaming.TYPE_INDEX)
                : List.of(DeviceNaming.values());
    }

    @ParameterizedTest
    @MethodSource("names")
    void theDoctorSeesAnEngineThatGetsItsGpus(String name) {
        Run run = Run.of("doctor", "--simulate=" + name);

        assertThat(run.out()).containsPattern("(?m)^podman-5[.]4[.]2 +works +/etc/cdi/nvidia[.]yaml$");
        assertThat(run.out()).doesNotContain("error ", "mode-not-offered");
        assertThat(run.messages("info")).hasSize(1);
    }

    @Test
    void coherentGpusHaveASpecOfTheirOwn() throws Exception {
        Assembly assembly = SpecAssembler.assemble(
                Mode.NVML,
                snapshot("gb200-nvl4"),
                options(HooksPolicy.NONE, List.of(DeviceNaming.PCI), Set.of(Feature.COHERENT_ANNOTATIONS)));

        assertThat(assembly.specs()).extracting(Assembly.Part::infix).containsExactly("", ".coherent");
        assertThat(assembly.specs().get(1).spec().devices())
                .extracting(Device::name)
                .containsExactly("0008:01:00.0", "0009:01:00.0", "0018:01:00.0", "0019:01:00.0", "all");
    }

    private static HostSnapshot snapshot(String name) throws Exception {
        try (InputStream in = SimulatedHosts.open(name)) {
            return SnapshotJson.read(in);
        }
    }

    private static AssembleOptions options(HooksPolicy hooks, List<DeviceNaming> namings, Set<Feature> features) {
        return new AssembleOptions(
                Optional.empty(),
                Optional.empty(),
                namings,
                List.of("all"),
                true,
                hooks,
                HookSwitches.DEFAULT,
                Optional.empty(),
                features,
                DeviceNumbers.WRITE,
                Optional.empty(),
                Optional.empty(),
                CsvOptions.NONE);
    }
}
