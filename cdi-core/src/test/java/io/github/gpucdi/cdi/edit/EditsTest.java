package io.github.gpucdi.cdi.edit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.cdi.spec.Device;
import io.github.gpucdi.cdi.spec.DeviceNode;
import io.github.gpucdi.cdi.spec.Hook;
import io.github.gpucdi.cdi.spec.Mount;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditsTest {
    private static final DeviceNode CTL = DeviceNode.resolvedAtStart("/dev/nvidiactl", "", "rwm");
    private static final DeviceNode GPU0 = DeviceNode.resolvedAtStart("/dev/nvidia0", "", "rwm");
    private static final DeviceNode GPU1 = DeviceNode.resolvedAtStart("/dev/nvidia1", "", "rwm");
    private static final DeviceNode GPU1_HOST = DeviceNode.resolvedAtStart("/dev/nvidia1", "/x/dev/nvidia1", "rwm");

    @Test
    void keepsFirstOccurrencesByAllFields() {
        ContainerEdits edits = ContainerEdits.builder()
                .env("B=1")
                .env("A=1")
                .env("B=1")
                .env("B=2")
                .deviceNode(GPU1)
                .deviceNode(GPU1_HOST)
                .deviceNode(GPU1)
                .hook(hook("z"))
                .hook(hook("a"))
                .hook(hook("z"))
                .mount(mount("/h1", "/c"))
                .mount(mount("/h2", "/c"))
                .mount(mount("/h1", "/c"))
                .additionalGids(List.of(44L, 10L, 44L))
                .build();
        ContainerEdits expected = ContainerEdits.builder()
                .env("B=1")
                .env("A=1")
                .env("B=2")
                .deviceNode(GPU1)
                .deviceNode(GPU1_HOST)
                .hook(hook("z"))
                .hook(hook("a"))
                .mount(mount("/h1", "/c"))
                .mount(mount("/h2", "/c"))
                .additionalGids(List.of(10L, 44L))
                .build();
        CdiSpec simple = Edits.simplify(spec(edits, Device.of("0", edits)));
        assertThat(simple.containerEdits()).isEqualTo(expected);
    }

    @Test
    void takesFromDevicesWhatTheCommonEditsHold() {
        ContainerEdits common = ContainerEdits.builder()
                .env("A=1")
                .deviceNode(CTL)
                .hook(hook("h"))
                .mount(mount("/m", "/m"))
                .additionalGids(List.of(44L))
                .build();
        ContainerEdits own = ContainerEdits.builder()
                .addAll(common)
                .env("B=1")
                .deviceNode(GPU0)
                .build();
        CdiSpec simple = Edits.simplify(spec(common, Device.of("0", own)));
        assertThat(simple.devices().get(0).containerEdits())
                .isEqualTo(ContainerEdits.builder()
                        .env("B=1")
                        .deviceNode(GPU0)
                        .additionalGids(List.of(44L))
                        .build());
        assertThat(simple.containerEdits()).isEqualTo(common);
    }

    @Test
    void doesNotEmptyADevice() {
        ContainerEdits common =
                ContainerEdits.builder().deviceNode(CTL).env("A=1").build();
        CdiSpec simple = Edits.simplify(spec(common, Device.of("0", common)));
        assertThat(simple.devices().get(0).containerEdits()).isEqualTo(common);
    }

    @Test
    void sortsDevicesByBytesOfTheName() {
        CdiSpec spec = spec(
                ContainerEdits.EMPTY,
                device("all"),
                device("2"),
                device("gpu0"),
                device("GPU-1"),
                device("10"),
                device("0:1"),
                device("1"),
                device("0"),
                device("mig0:1"),
                device("MIG-1"));
        assertThat(Edits.simplify(spec).devices())
                .extracting(Device::name)
                .containsExactly("0", "0:1", "1", "10", "2", "GPU-1", "MIG-1", "all", "gpu0", "mig0:1");
    }

    @Test
    void sortsNodesAndMountsByDepthThenBytes() {
        ContainerEdits.Builder edits = ContainerEdits.builder();
        for (String path :
                List.of("/dev/dri/card1", "/dev/nvidia2", "/dev/nvidia10", "/etc/vulkan/icd.d/y", "/usr/bin/x")) {
            edits.deviceNode(DeviceNode.resolvedAtStart(path, "", "")).mount(mount("/h", path));
        }
        ContainerEdits simple = Edits.simplify(spec(edits.build(), device("0"))).containerEdits();
        List<String> order =
                List.of("/dev/nvidia10", "/dev/nvidia2", "/dev/dri/card1", "/usr/bin/x", "/etc/vulkan/icd.d/y");
        assertThat(simple.deviceNodes()).extracting(DeviceNode::path).containsExactlyElementsOf(order);
        assertThat(simple.mounts()).extracting(Mount::containerPath).containsExactlyElementsOf(order);
    }

    @Test
    void mergesAllDevicesInOrderOfTheirNames() {
        Device zero = Device.of(
                "0",
                ContainerEdits.builder()
                        .deviceNode(GPU0)
                        .env("N=0")
                        .additionalGids(List.of(44L))
                        .build());
        Device one = Device.of(
                "1",
                ContainerEdits.builder()
                        .deviceNode(GPU1)
                        .env("N=1")
                        .env("N=0")
                        .additionalGids(List.of(10L))
                        .build());
        CdiSpec merged = Edits.withMergedDevice(spec(ContainerEdits.EMPTY, one, zero), "all");
        assertThat(merged.devices()).extracting(Device::name).containsExactly("1", "0", "all");
        assertThat(Edits.simplify(merged).devices().get(2))
                .isEqualTo(Device.of(
                        "all",
                        ContainerEdits.builder()
                                .deviceNode(GPU0)
                                .deviceNode(GPU1)
                                .env("N=0")
                                .env("N=1")
                                .additionalGids(List.of(10L, 44L))
                                .build()));
    }

    @Test
    void anExistingMergedDeviceStays() {
        CdiSpec spec = spec(ContainerEdits.EMPTY, device("0"), device("all"));
        assertThat(Edits.withMergedDevice(spec, "all")).isSameAs(spec);
    }

    @Test
    void mergingNoDevicesGivesAnEmptyOne() {
        CdiSpec merged = Edits.withMergedDevice(spec(ContainerEdits.EMPTY), "all");
        assertThat(merged.devices()).containsExactly(Device.of("all", ContainerEdits.EMPTY));
    }

    @Test
    void theOrderOfDevicesAndPathsDoesNotMatterAndTwiceIsOnce() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            List<Device> devices = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                ContainerEdits.Builder edits = ContainerEdits.builder();
                for (int k = 0; k < 4; k++) {
                    edits.deviceNode(DeviceNode.resolvedAtStart("/dev/" + "d/".repeat(random.nextInt(3)) + k, "", ""));
                }
                devices.add(Device.of("d" + i, edits.build()));
            }
            ContainerEdits common = devices.get(0).containerEdits();
            CdiSpec once = Edits.simplify(spec(common, devices.toArray(Device[]::new)));
            Collections.shuffle(devices, random);
            CdiSpec shuffled = Edits.simplify(spec(common, devices.toArray(Device[]::new)));
            assertThat(shuffled).as("seed %d", seed).isEqualTo(once);
            assertThat(Edits.simplify(once)).as("seed %d", seed).isEqualTo(once);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/, 1",
        "/a, 1",
        "/a/, 1",
        "//a, 1",
        "/a/b, 2",
        "/a/./b, 2",
        "/a/../b, 1",
        "/.., 1",
        "/../../a, 1",
        "a, 0",
        "a/b, 1",
        "./a, 0",
        "../a, 1",
        "../../a, 2",
        "a/../../b, 1",
        "'', 0",
        "/a/..b, 2",
        "/a/.b, 2",
        "a/.., 0"
    })
    void countsSlashesOfTheCleanedPath(String path, int depth) {
        assertThat(PathOrder.depth(path)).isEqualTo(depth);
    }

    @Test
    void comparesAsUtf8Does() {
        List<String> texts =
                List.of("", "a", "ab", "b", "\u00e9", "\uffee", "\ud83d\ude00", "a\uffee", "a\ud83d\ude00", "A");
        for (String one : texts) {
            for (String other : texts) {
                int expected = Arrays.compareUnsigned(
                        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
                assertThat(Integer.signum(PathOrder.compareBytes(one, other)))
                        .as("%s, %s", one, other)
                        .isEqualTo(Integer.signum(expected));
            }
        }
    }

    private static CdiSpec spec(ContainerEdits common, Device... devices) {
        return new CdiSpec("0.5.0", "acme.example/widget", Map.of(), List.of(devices), common);
    }

    private static Device device(String name) {
        return Device.of(name, ContainerEdits.builder().env("N=" + name).build());
    }

    private static Hook hook(String name) {
        return new Hook(
                "createContainer", "/usr/bin/hook", List.of("hook", name), List.of("A=b"), OptionalLong.empty());
    }

    private static Mount mount(String host, String container) {
        return Mount.bind(host, container, List.of("ro"));
    }
}
