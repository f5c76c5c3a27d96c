package io.github.gpucdi.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.assemble.inject.DriverMounts;
import io.github.gpucdi.assemble.model.DeviceNumbers;
import io.github.gpucdi.assemble.model.Feature;
import io.github.gpucdi.assemble.model.HooksPolicy;
import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.cdi.spec.DeviceNode;
import io.github.gpucdi.cdi.spec.Mount;
import io.github.gpucdi.host.FoundFile;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Device nodes, their groups and numbers, and what roots do to paths. */
class NodesAndRootsTest {
    private static final Wanted NONE = Wanted.hooks(HooksPolicy.NONE);

    private static ContainerEdits gpu(CdiSpec spec) {
        return DataHost.device(spec, "0").containerEdits();
    }

    @ParameterizedTest
    @CsvSource({
        "0646, 44, false",
        "0666, 44, false",
        "0777, 44, false",
        "0660, 44, true",
        "0662, 44, true",
        "0664, 44, true",
        "0600, 44, true",
        "0001, 44, true",
        "0660, 0, false",
        "0, 44, false",
    })
    void aGroupIsNeededUnlessOthersReadAndWrite(String octal, long gid, boolean needed) throws Exception {
        int mode = Integer.parseInt(octal, 8);
        CdiSpec spec = DataHost.with(1).drm(0, mode, gid).spec(NONE);
        assertThat(gpu(spec).additionalGids()).isEqualTo(needed ? List.of(gid) : List.of());
        assertThat(DataHost.device(spec, "all").containerEdits().additionalGids())
                .isEqualTo(gpu(spec).additionalGids());
        DeviceNode card = gpu(spec).deviceNodes().stream()
                .filter(node -> node.path().equals("/dev/dri/card0"))
                .findFirst()
                .orElseThrow();
        assertThat(card.gid()).isEqualTo(gid == 0 ? OptionalLong.empty() : OptionalLong.of(gid));
        assertThat(card.fileMode()).isEqualTo(mode == 0 ? OptionalLong.empty() : OptionalLong.of(mode));
        assertThat(card.permissions()).isEqualTo("rwm");
        assertThat(card.uid()).isEmpty();
    }

    @Test
    void groupsAreUnitedAscendingAndTheDevicesKeepThem() throws Exception {
        DataHost host = DataHost.with(2).drm(0, 0660, 989).drm(1, 0660, 44);
        host.nodes.removeIf(node -> node.path().equals("/dev/nvidiactl"));
        host.node("/dev/nvidiactl", 255, 0660, 44);
        CdiSpec spec = host.spec(NONE);
        assertThat(DataHost.device(spec, "all").containerEdits().additionalGids())
                .containsExactly(44L, 989L);
        assertThat(DataHost.device(spec, "1").containerEdits().additionalGids()).containsExactly(44L);
        assertThat(spec.containerEdits().additionalGids()).containsExactly(44L);
    }

    @ParameterizedTest
    @EnumSource(value = HooksPolicy.class, names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void noAdditionalGidsOnRequest(HooksPolicy hooks) throws Exception {
        CdiSpec spec =
                DataHost.with(1).drm(0, 0660, 44).spec(Wanted.hooks(hooks).features(Feature.NO_ADDITIONAL_GIDS));
        assertThat(spec.devices())
                .allMatch(device -> device.containerEdits().additionalGids().isEmpty());
        assertThat(gpu(spec).deviceNodes()).anyMatch(node -> node.gid().equals(OptionalLong.of(44)));
    }

    @ParameterizedTest
    @EnumSource(value = HooksPolicy.class, names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void numbersCanBeLeftToTheEngine(HooksPolicy hooks) throws Exception {
        DataHost host = DataHost.with(1).drm(0, 0660, 44);
        List<DeviceNode> written = nodes(host.spec(Wanted.hooks(hooks)));
        List<DeviceNode> resolved = nodes(host.spec(Wanted.hooks(hooks).numbers(DeviceNumbers.RESOLVE)));
        assertThat(written).allMatch(node -> node.major() == 195);
        assertThat(written).anyMatch(node -> node.minor() != 0);
        assertThat(resolved).allMatch(node -> node.major() == 0 && node.minor() == 0);
        assertThat(resolved)
                .extracting(DeviceNode::path)
                .isEqualTo(written.stream().map(DeviceNode::path).toList());
        assertThat(resolved)
                .extracting(DeviceNode::fileMode)
                .isEqualTo(written.stream().map(DeviceNode::fileMode).toList());
    }

    private static List<DeviceNode> nodes(CdiSpec spec) {
        List<DeviceNode> nodes = new ArrayList<>(spec.containerEdits().deviceNodes());
        spec.devices().forEach(device -> nodes.addAll(device.containerEdits().deviceNodes()));
        return nodes;
    }

    @Test
    void graphicsNodesAreForGraphicsProfilesOnly() throws Exception {
        for (String profile : List.of("1g.5gb", "1g.24gb+me", "1g.gfx", "1g.24gb+gfx", "2g.48gb+me,gfx")) {
            DataHost host = DataHost.with(0).partitioned(0, profile).drm(0, 0660, 44);
            List<String> paths = DataHost.device(host.spec(NONE), "0:2").containerEdits().deviceNodes().stream()
                    .map(DeviceNode::path)
                    .toList();
            assertThat(paths)
                    .contains("/dev/nvidia4", "/dev/nvidia-caps/nvidia-cap30", "/dev/nvidia-caps/nvidia-cap31");
            assertThat(paths.contains("/dev/dri/card0")).as(profile).isEqualTo(profile.matches(".*[+,]gfx"));
        }
    }

    @Test
    void ipcSocketsAreLeftOutOnRequest() throws Exception {
        DataHost host = DataHost.with(1)
                .file(FoundFile.Role.IPC, "nvidia-persistenced/socket", "/run/nvidia-persistenced/socket");
        assertThat(host.spec(NONE).containerEdits().mounts())
                .filteredOn(mount -> mount.containerPath().equals("/run/nvidia-persistenced/socket"))
                .singleElement()
                .satisfies(mount ->
                        assertThat(mount.options()).containsExactly("nosuid", "nodev", "rbind", "rprivate", "noexec"));
        assertThat(host.spec(NONE.features(Feature.NO_IPC)))
                .isEqualTo(DataHost.with(1).spec(NONE));
    }

    @ParameterizedTest
    @EnumSource(value = HooksPolicy.class, names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void rootsAreInHostPathsOnly(HooksPolicy hooks) throws Exception {
        DataHost host = rooted();
        CdiSpec spec = host.spec(Wanted.hooks(hooks));
        assertThat(spec.containerEdits().mounts()).allSatisfy(mount -> {
            assertThat(mount.hostPath()).startsWith("/drv/usr/");
            assertThat(mount.containerPath()).startsWith("/usr/");
        });
        assertThat(nodes(spec)).allSatisfy(node -> {
            assertThat(node.path()).startsWith("/dev/");
            assertThat(node.hostPath()).startsWith("/devs/dev/");
        });
    }

    @ParameterizedTest
    @EnumSource(value = HooksPolicy.class, names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void targetRootsStandForTheRootsThatWereLookedInto(HooksPolicy hooks) throws Exception {
        CdiSpec found = rooted().spec(Wanted.hooks(hooks));
        CdiSpec moved = rooted().spec(Wanted.hooks(hooks).targets("/on/host", "/"));
        assertThat(moved.containerEdits().mounts())
                .extracting(Mount::hostPath)
                .isEqualTo(found.containerEdits().mounts().stream()
                        .map(mount -> mount.hostPath().replace("/drv/", "/on/host/"))
                        .toList());
        assertThat(moved.containerEdits().mounts())
                .extracting(Mount::containerPath)
                .isEqualTo(found.containerEdits().mounts().stream()
                        .map(Mount::containerPath)
                        .toList());
        assertThat(nodes(moved))
                .filteredOn(node -> !node.path().contains("by-path"))
                .isNotEmpty()
                .allMatch(node -> node.hostPath().isEmpty());
        CdiSpec toRoot = rooted().spec(Wanted.hooks(hooks).targets("/", "/"));
        assertThat(toRoot)
                .isEqualTo(DataHost.with(1)
                        .drm(0, 0660, 44)
                        .file(FoundFile.Role.BINARY, "nvidia-smi", "/usr/bin/nvidia-smi")
                        .spec(Wanted.hooks(hooks)));
    }

    private static DataHost rooted() {
        return DataHost.below("/drv", "/devs", 1)
                .drm(0, 0660, 44)
                .file(FoundFile.Role.BINARY, "nvidia-smi", "/drv/usr/bin/nvidia-smi");
    }

    @Test
    void aRootIsNoPartOfAName() throws Exception {
        DataHost host =
                DataHost.below("/drv", "/drv", 1).file(FoundFile.Role.BINARY, "nvidia-smi", "/drv2/usr/bin/nvidia-smi");
        assertThat(host.spec(NONE.targets("/t", "/t")).containerEdits().mounts())
                .filteredOn(mount -> mount.hostPath().endsWith("nvidia-smi"))
                .containsExactlyInAnyOrder(
                        DriverMounts.file("/drv2/usr/bin/nvidia-smi", "/drv2/usr/bin/nvidia-smi"),
                        DriverMounts.file("/drv2/usr/bin/nvidia-smi", "/usr/bin/nvidia-smi"));
    }
}
