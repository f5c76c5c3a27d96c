package io.github.gpucdi.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.gpucdi.host.CharNode;
import io.github.gpucdi.host.DriverFiles;
import io.github.gpucdi.host.DriverVersion;
import io.github.gpucdi.host.FailedLookup;
import io.github.gpucdi.host.FoundFile;
import io.github.gpucdi.host.Gpu;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.Library;
import io.github.gpucdi.host.MigDevice;
import io.github.gpucdi.host.NodeLink;
import io.github.gpucdi.host.NvmlFacts;
import io.github.gpucdi.host.ProbeOptions;
import io.github.gpucdi.host.SectionKey;
import io.github.gpucdi.nvmldouble.CallLog;
import io.github.gpucdi.nvmldouble.DoubleConfig;
import io.github.gpucdi.nvmldouble.NvmlDouble;
import io.github.gpucdi.testhost.HostTree;
import io.github.gpucdi.testhost.ParityNvml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each host of the parity cases, laid out below a directory and looked at with the NVML double. */
class ParityProbeTest {
    private static final Pattern HOST_PATH = Pattern.compile("\"hostPath\": ?\"([^\"]*)\"");
    private static final Pattern NODE = Pattern.compile("\"path\": ?\"(/dev/[^\"]*)\"");

    @TempDir
    Path temp;

    private Path host;
    private Path log;

    @BeforeEach
    void needsNodes() throws IOException {
        assumeTrue(HostTree.canMakeNodes(), "device nodes can be made by root only");
        host = Files.createDirectory(temp.resolve("host"));
        log = temp.resolve("calls");
    }

    private HostSnapshot probe(String name, ProbeOptions options) {
        Path folder = HostTree.resource("parity/" + name);
        DoubleConfig config = ParityNvml.read(folder.resolve("nvml")).log(log);
        NvmlDouble.configure(config);
        HostTree.layOut(host, folder, NvmlDouble.buildIn(temp.resolve("double"), NvmlDouble.DEFAULT_VERSION));
        return HostProbe.probe(ProbeRequests.of(host, options));
    }

    private static ProbeOptions optionsOf(String name) {
        return name.equals("driver-root") ? ProbeRequests.driverRoot("/opt/gpu-driver") : ProbeOptions.DEFAULT;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "compute-only",
                "driver-root",
                "rhel-mig",
                "rhel-mig-device-id",
                "rhel-mig-hooks-off",
                "ubuntu-535",
                "workstation",
                "workstation-vendor-class"
            })
    void findsAllThatNvidiasToolFoundThere(String name) throws IOException {
        HostSnapshot snapshot = probe(name, optionsOf(name));
        String expected = Files.readString(HostTree.resource("parity/" + name).resolve("expected.json"));
        String root = snapshot.options().driverRoot();
        String prefix = root.equals("/") ? "" : root;

        Set<String> nodes = new TreeSet<>();
        for (CharNode node : snapshot.get(SectionKey.NODES).data().orElseThrow().nodes()) {
            nodes.add(node.path());
        }
        Set<String> nodesMounted = matches(NODE, expected);
        assertThat(nodesMounted).isNotEmpty();
        assertThat(nodes).containsAll(nodesMounted);

        DriverFiles files = snapshot.get(SectionKey.FILES).data().orElseThrow();
        Set<String> found = new TreeSet<>();
        for (Library library : files.libraries()) {
            if (library.role() != Library.Role.EXPLICIT && library.role() != Library.Role.ALLOCATOR) {
                found.add(library.path());
            }
        }
        for (FoundFile file : files.files()) {
            assertThat(file.resolved()).as(file.path()).isEmpty();
            found.add(file.path());
        }
        Set<String> mounted = new TreeSet<>(matches(HOST_PATH, expected));
        mounted.removeIf(path -> path.startsWith(prefix + "/dev/"));
        assertThat(found).isEqualTo(mounted);
    }

    private static Set<String> matches(Pattern pattern, String text) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    @Test
    void aDesktop() {
        HostSnapshot snapshot = probe("workstation", ProbeOptions.DEFAULT);
        NvmlFacts nvml = snapshot.get(SectionKey.NVML).data().orElseThrow();

        assertThat(nvml.library()).isEqualTo("/usr/lib/x86_64-linux-gnu/libnvidia-ml.so.570.86.16");
        assertThat(nvml.failure()).isEmpty();
        assertThat(nvml.driverVersion()).contains("570.86.16");
        assertThat(nvml.gpus()).extracting(Gpu::index).containsExactly(0, 1);
        Gpu first = nvml.gpus().get(0);
        assertThat(first.failure()).isEmpty();
        assertThat(first.pciAddress()).contains("0000:0a:00.0");
        assertThat(first.drm()).containsExactly("card0", "renderD128");
        assertThat(first.mig()).isEmpty();

        assertThat(snapshot.get(SectionKey.DRIVER).data().orElseThrow())
                .isEqualTo(new DriverVersion(
                        java.util.Optional.of("570.86.16"),
                        DriverVersion.Source.NVML,
                        java.util.Optional.empty(),
                        List.of("570.86.16")));
        assertThat(snapshot.get(SectionKey.NODES).data().orElseThrow().nodes())
                .contains(
                        new CharNode("/dev/dri/card0", 226, 0, 0660, 0, 44),
                        new CharNode("/dev/nvidiactl", 195, 255, 0666, 0, 0))
                .isSortedAccordingTo(java.util.Comparator.comparing(CharNode::path));
        assertThat(snapshot.get(SectionKey.NODES).data().orElseThrow().byPath())
                .containsExactly(
                        new NodeLink("/dev/dri/by-path/pci-0000:0a:00.0-card", "../card0"),
                        new NodeLink("/dev/dri/by-path/pci-0000:0a:00.0-render", "../renderD128"),
                        new NodeLink("/dev/dri/by-path/pci-0000:0b:00.0-card", "../card1"),
                        new NodeLink("/dev/dri/by-path/pci-0000:0b:00.0-render", "../renderD129"));
        DriverFiles files = snapshot.get(SectionKey.FILES).data().orElseThrow();
        assertThat(files.libraryDirectories()).containsExactly("/usr/lib/x86_64-linux-gnu");
        assertThat(files.libraries())
                .contains(new Library(
                        Library.Role.DRIVER,
                        "/usr/lib/x86_64-linux-gnu/libcuda.so.570.86.16",
                        java.util.Optional.of("libcuda.so.1"),
                        List.of("libcuda.so.1", "libcuda.so")));
        assertThat(files.failed()).contains(new FailedLookup("nvidia-persistenced", "", FailedLookup.Reason.NOT_FOUND));
    }

    @Test
    void migDevicesWithHolesAndSwappedMinors() {
        HostSnapshot snapshot = probe("rhel-mig", ProbeOptions.DEFAULT);
        List<Gpu> gpus = snapshot.get(SectionKey.NVML).data().orElseThrow().gpus();

        assertThat(gpus).extracting(gpu -> gpu.minor().orElseThrow()).containsExactly(1, 0);
        assertThat(gpus).extracting(Gpu::migEnabled).containsExactly(true, false);
        assertThat(gpus.get(1).mig()).isPresent();
        List<MigDevice> devices = gpus.get(0).migDevices();
        assertThat(devices).extracting(MigDevice::index).containsExactly(0, 1, 4);
        assertThat(devices).extracting(MigDevice::failure).containsOnly(java.util.Optional.empty());
        assertThat(devices)
                .extracting(device -> device.profile().orElse("none"))
                .containsExactly("1c.3g.40gb", "2c.3g.40gb", "1g.10gb");
        assertThat(devices)
                .extracting(device -> device.gpuInstanceCap().orElse(-1))
                .containsExactly(156, 156, 219);
        assertThat(devices)
                .extracting(device -> device.computeInstanceCap().orElse(-1))
                .containsExactly(157, 158, 220);
    }

    @Test
    void aDriverRoot() {
        HostSnapshot snapshot = probe("driver-root", ProbeRequests.driverRoot("/opt/gpu-driver"));

        assertThat(snapshot.get(SectionKey.NVML).data().orElseThrow().library())
                .isEqualTo("/opt/gpu-driver/usr/lib64/libnvidia-ml.so.560.35.03");
        assertThat(snapshot.get(SectionKey.FILES).data().orElseThrow().libraryDirectories())
                .containsExactly("/opt/gpu-driver/usr/lib64");
        assertThat(snapshot.get(SectionKey.NODES).data().orElseThrow().nodes())
                .extracting(CharNode::path)
                .contains("/dev/nvidia0", "/dev/nvidia-uvm-tools");
    }

    @Test
    void oneSessionAndFewCalls() {
        probe("workstation", ProbeOptions.DEFAULT);

        CallLog calls = CallLog.read(log);
        assertThat(calls.badLines()).isEmpty();
        assertThat(calls.open()).isZero();
        assertThat(calls.totals()).hasSize(1);
        // init, driver version, count, shutdown; seven for a GPU without MIG.
        assertThat(calls.calls()).hasSize(4 + 2 * 7);
    }
}
