package io.github.gpucdi.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.assemble.Assembly;
import io.github.gpucdi.assemble.SpecAssembler;
import io.github.gpucdi.assemble.model.AssembleException;
import io.github.gpucdi.assemble.model.AssembleOptions;
import io.github.gpucdi.assemble.model.CsvOptions;
import io.github.gpucdi.assemble.model.DeviceNaming;
import io.github.gpucdi.assemble.model.DeviceNumbers;
import io.github.gpucdi.assemble.model.Feature;
import io.github.gpucdi.assemble.model.HookSwitches;
import io.github.gpucdi.assemble.model.HooksPolicy;
import io.github.gpucdi.assemble.model.Notice;
import io.github.gpucdi.cdi.spec.Device;
import io.github.gpucdi.host.CharNode;
import io.github.gpucdi.host.DeviceNodes;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.Mode;
import io.github.gpucdi.host.Section;
import io.github.gpucdi.host.SectionKey;
import io.github.gpucdi.host.json.SnapshotJson;
import io.github.gpucdi.nvml.NvmlFunction;
import io.github.gpucdi.nvml.jna.JnaNvmlLibrary;
import io.github.gpucdi.nvmldouble.DoubleConfig;
import io.github.gpucdi.nvmldouble.NvmlDouble;
import io.github.gpucdi.probe.FailingNvml.Call;
import io.github.gpucdi.testhost.GoldenHost;
import io.github.gpucdi.testhost.HostTree;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every NVML call that the probe makes, times every return code, up to the spec: what it costs is in a table that is written by
 * hand. The host has a GPU 0, a partitioned GPU 1 with the MIG devices 0 (of a name that tells no profile) and 1, and a GPU 2.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NvmlCodesTest {
    /** What a code that answers one call does to the spec. */
    private enum Outcome {
        /** Nothing. */
        UNHARMED,
        /** All devices, and a warning. */
        WARNED,
        /** The GPU, its MIG devices or the MIG device is not in it, with a notice; the others are. */
        LEFT_OUT,
        /** The place of a MIG device is empty. */
        HOLE,
        /** The partitioned GPU is a whole one: the driver says that it has no MIG. */
        WHOLE,
        /** There is no spec. */
        NO_SPEC
    }

    /** Of each call: what any code does but those that follow; {@code 3,13=WHOLE}. ENDING are 1, 9, 18 and 20. */
    private static final String TABLE = """
            nvmlInit_v2 NO_SPEC
            nvmlShutdown UNHARMED
            nvmlSystemGetDriverVersion UNHARMED ENDING=NO_SPEC
            nvmlSystemGetNVMLVersion UNHARMED
            nvmlSystemGetCudaDriverVersion_v2 UNHARMED
            nvmlDeviceGetCount_v2 NO_SPEC
            nvmlDeviceGetHandleByIndex_v2 LEFT_OUT ENDING=NO_SPEC
            nvmlDeviceGetUUID LEFT_OUT ENDING=NO_SPEC
            nvmlDeviceGetMigMode@1 LEFT_OUT 3,13=WHOLE ENDING=NO_SPEC
            nvmlDeviceGetMigMode@2 LEFT_OUT 3,13=UNHARMED ENDING=NO_SPEC
            nvmlDeviceGetMinorNumber LEFT_OUT ENDING=NO_SPEC
            nvmlDeviceGetMaxMigDeviceCount LEFT_OUT ENDING=NO_SPEC
            nvmlDeviceGetMigDeviceHandleByIndex LEFT_OUT 2,6=HOLE ENDING=NO_SPEC
            nvmlDeviceGetGpuInstanceId LEFT_OUT ENDING=NO_SPEC
            nvmlDeviceGetComputeInstanceId LEFT_OUT ENDING=NO_SPEC
            nvmlDeviceGetPciInfo_v3@1 UNHARMED
            nvmlDeviceGetPciInfo_v3@2 WARNED 3,13=UNHARMED
            nvmlDeviceGetAddressingMode@1 UNHARMED
            nvmlDeviceGetAddressingMode@2 WARNED 3,13,25=UNHARMED
            nvmlDeviceGetName UNHARMED
            nvmlDeviceGetArchitecture UNHARMED
            nvmlDeviceGetCudaComputeCapability UNHARMED
            nvmlDeviceGetMemoryInfo_v2 UNHARMED
            nvmlDeviceGetSerial UNHARMED
            nvmlDeviceGetPersistenceMode UNHARMED
            nvmlDeviceGetDisplayActive UNHARMED
            nvmlDeviceGetNumaNodeId UNHARMED
            nvmlDeviceGetMemoryInfo WARNED
            nvmlDeviceGetAttributes_v2 WARNED
            nvmlDeviceGetGpuInstanceById WARNED
            nvmlGpuInstanceGetInfo WARNED
            nvmlGpuInstanceGetComputeInstanceById WARNED
            nvmlComputeInstanceGetInfo_v2 WARNED
            nvmlDeviceGetGpuInstanceProfileInfo WARNED
            nvmlGpuInstanceGetComputeInstanceProfileInfo WARNED
            """;

    /** The codes of {@code nvmlReturn_t}, and one that it does not have. */
    private static final int[] CODES = IntStream.concat(IntStream.rangeClosed(1, 30), IntStream.of(31, 999))
            .toArray();

    private static final Set<Integer> ENDING = Set.of(1, 9, 18, 20);
    private static final Set<String> ALL = Set.of("0", "1:0", "1:1", "2");

    @TempDir
    static Path temp;

    private Path host;
    private Path library;
    private List<CharNode> nodes;
    private List<Notice> wellNotices;

    @BeforeAll
    void makeHost() throws AssembleException {
        host = temp.resolve("host");
        NvmlDouble.configure(DoubleConfig.of(3, "a100-40")
                .layout(1, "1g.5gb", "2g.10gb")
                .mig(1, 0, "name", "NVIDIA A100 with an unheard-of name"));
        library = NvmlDouble.buildIn(host.resolve("usr/lib64"), "550.1");
        HostTree.layOut(host, """
                link /usr/lib64/libnvidia-ml.so.1 libnvidia-ml.so.550.1
                lib /usr/lib64/libcuda.so.550.1 libcuda.so.1
                lib /usr/lib64/libnvidia-ptxjitcompiler.so.550.1 libnvidia-ptxjitcompiler.so.1
                mig-table
                """);
        nodes = new ArrayList<>(List.of(
                new CharNode("/dev/nvidiactl", 195, 255, 0666, 0, 0),
                new CharNode("/dev/nvidia-uvm", 240, 0, 0666, 0, 0),
                new CharNode("/dev/nvidia-uvm-tools", 240, 1, 0666, 0, 0),
                new CharNode("/dev/nvidia-modeset", 195, 254, 0666, 0, 0)));
        for (int gpu = 0; gpu < 3; gpu++) {
            nodes.add(new CharNode("/dev/nvidia" + gpu, 195, gpu, 0666, 0, 0));
        }
        for (int cap = 100; cap < 300; cap++) {
            nodes.add(new CharNode("/dev/nvidia-caps/nvidia-cap" + cap, 236, cap, 0444, 0, 0));
        }
        Assembly well = SpecAssembler.assemble(Mode.NVML, snapshot(none()), options());
        assertThat(devices(well)).isEqualTo(ALL);
        wellNotices = well.notices();
    }

    private FailingNvml none() {
        return FailingNvml.recording(JnaNvmlLibrary.load(library));
    }

    private HostSnapshot snapshot(FailingNvml nvml) {
        HostSnapshot probed = HostProbe.probe(ProbeRequests.nvml(host, nvml, true));
        // Nodes in the tree would need root.
        return probed.with(SectionKey.NODES, Section.of(new DeviceNodes(nodes, List.of())));
    }

    private static AssembleOptions options() {
        return new AssembleOptions(
                Optional.empty(),
                Optional.empty(),
                List.of(DeviceNaming.INDEX),
                List.of("all"),
                false,
                HooksPolicy.NONE,
                HookSwitches.DEFAULT,
                Optional.empty(),
                Set.of(Feature.COHERENT_ANNOTATIONS),
                DeviceNumbers.WRITE,
                Optional.empty(),
                Optional.empty(),
                CsvOptions.NONE);
    }

    private static Set<String> devices(Assembly assembly) {
        Set<String> names = new TreeSet<>();
        for (Device device : assembly.specs().get(0).spec().devices()) {
            names.add(device.name());
        }
        return names;
    }

    /** Calls about GPU 0 and the MIG device 1:1 are as those about GPU 2 and 1:0. */
    private Set<Call> calls() {
        FailingNvml recording = none();
        snapshot(recording);
        Set<Call> calls = new LinkedHashSet<>();
        for (Call call : recording.calls()) {
            if (Set.of("", "1", "1:0", "2", FailingNvml.INSTANCE).contains(call.subject())) {
                calls.add(call);
            }
        }
        return calls;
    }

    @ParameterizedTest
    @MethodSource("calls")
    void everyCodeOfOneCall(Call call) throws Exception {
        String line = table().get(key(call));
        assertThat(line).as("the table knows " + call).isNotNull();
        for (int code : CODES) {
            Outcome expected = expected(line, code);
            assertThat(outcome(call, code, expected))
                    .as(call + " answers " + code + ", which is to be " + expected)
                    .isEmpty();
        }
    }

    @Test
    void everyLineOfTheTableIsOfACallThatIsMade() {
        Set<String> made = new LinkedHashSet<>();
        calls().forEach(call -> made.add(key(call)));
        assertThat(made).isEqualTo(table().keySet());
    }

    private static Map<String, String> table() {
        Map<String, String> table = new LinkedHashMap<>();
        TABLE.lines().forEach(line -> table.put(line.substring(0, line.indexOf(' ')), line));
        return table;
    }

    private static String key(Call call) {
        String ofSubject = call.function().symbol() + "@" + call.subject();
        return table().containsKey(ofSubject) ? ofSubject : call.function().symbol();
    }

    private static Outcome expected(String line, int code) {
        String[] words = line.split(" ");
        for (String word : Stream.of(words).skip(2).toList()) {
            int equals = word.indexOf('=');
            String codes = word.substring(0, equals);
            boolean meant = codes.equals("ENDING")
                    ? ENDING.contains(code)
                    : List.of(codes.split(",")).contains(Integer.toString(code));
            if (meant) {
                return Outcome.valueOf(word.substring(equals + 1));
            }
        }
        return Outcome.valueOf(words[1]);
    }

    /** What is not as expected; empty if all is. */
    private String outcome(Call call, int code, Outcome expected) throws Exception {
        HostSnapshot snapshot = snapshot(FailingNvml.failing(JnaNvmlLibrary.load(library), call, code));
        HostSnapshot read = SnapshotJson.read(new ByteArrayInputStream(GoldenHost.text(snapshot)));
        if (!read.equals(snapshot)) {
            return "the snapshot reads back as another";
        }
        Assembly assembly;
        try {
            assembly = SpecAssembler.assemble(Mode.NVML, snapshot, options());
        } catch (AssembleException e) {
            return expected == Outcome.NO_SPEC && e.reason() != AssembleException.Reason.USAGE ? "" : e.toString();
        }
        List<Notice> notices = new ArrayList<>(assembly.notices());
        notices.removeAll(wellNotices);
        boolean warned = notices.stream().anyMatch(notice -> notice.level() == Notice.Level.WARNING);
        boolean leftOut = notices.stream()
                .anyMatch(notice -> notice.level() == Notice.Level.LEFT_OUT
                        && notice.what().contains(call.function().symbol()));
        Set<String> without = new TreeSet<>(ALL);
        without.removeIf(name -> name.equals(call.subject()) || name.startsWith(call.subject() + ":"));
        Set<String> whole = new TreeSet<>(without);
        whole.add("1");
        boolean right = switch (expected) {
            case UNHARMED -> devices(assembly).equals(ALL) && notices.isEmpty();
            case WARNED -> devices(assembly).equals(ALL) && warned && !leftOut;
            case LEFT_OUT -> devices(assembly).equals(without) && leftOut;
            case HOLE -> devices(assembly).equals(without) && notices.isEmpty();
            case WHOLE -> devices(assembly).equals(whole) && notices.isEmpty();
            case NO_SPEC -> false;
        };
        return right ? "" : devices(assembly) + " " + notices;
    }

    @Test
    void aFailedMigModeNeverMakesAWholeGpu() throws Exception {
        Call migMode = new Call(NvmlFunction.DEVICE_GET_MIG_MODE, "1");
        for (int code : CODES) {
            if (code != 3 && code != 13) {
                HostSnapshot snapshot = snapshot(FailingNvml.failing(JnaNvmlLibrary.load(library), migMode, code));
                try {
                    assertThat(devices(SpecAssembler.assemble(Mode.NVML, snapshot, options())))
                            .as("code " + code)
                            .doesNotContain("1")
                            .contains("0");
                } catch (AssembleException e) {
                    assertThat(ENDING).contains(code);
                }
            }
        }
    }
}
