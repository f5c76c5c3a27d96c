package io.github.gpucdi.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.assemble.model.Feature;
import io.github.gpucdi.assemble.model.HookName;
import io.github.gpucdi.assemble.model.HooksPolicy;
import io.github.gpucdi.assemble.model.Notice;
import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.cdi.spec.Hook;
import io.github.gpucdi.cdi.spec.Mount;
import io.github.gpucdi.host.FoundFile;
import io.github.gpucdi.host.Library;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Specs that name the hook program: which hooks, and with what arguments. */
class NvidiaHooksTest {
    private static final Wanted NVIDIA = Wanted.hooks(HooksPolicy.NVIDIA);
    private static final String DEFAULT_PROGRAM = "/usr/bin/nvidia-cdi-hook";

    private static List<String> subcommands(ContainerEdits edits) {
        return edits.hooks().stream().map(hook -> hook.args().get(1)).toList();
    }

    private static Hook hook(ContainerEdits edits, String name) {
        return edits.hooks().stream()
                .filter(hook -> hook.args().contains(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void hooksComeInNvidiaCtksOrder() throws Exception {
        ContainerEdits common = DataHost.with(1).spec(NVIDIA).containerEdits();
        assertThat(subcommands(common))
                .containsExactly(
                        "create-symlinks",
                        "enable-cuda-compat",
                        "update-ldcache",
                        "disable-device-node-modification",
                        "update-application-profile");
        assertThat(common.hooks()).allSatisfy(hook -> {
            assertThat(hook.hookName()).isEqualTo("createContainer");
            assertThat(hook.path()).isEqualTo(DEFAULT_PROGRAM);
            assertThat(hook.args().get(0)).isEqualTo("nvidia-cdi-hook");
            assertThat(hook.env()).containsExactly("NVIDIA_CTK_DEBUG=false");
            assertThat(hook.timeout()).isEmpty();
        });
        assertThat(hook(common, "enable-cuda-compat").args()).endsWith("--host-driver-version=" + DataHost.VERSION);
        assertThat(common.env())
                .containsExactly("NVIDIA_CTK_LIBCUDA_DIR=/usr/lib/x86_64-linux-gnu", "NVIDIA_VISIBLE_DEVICES=void");
    }

    @Test
    void aMissingProgramIsWarnedOf() throws Exception {
        assertThat(DataHost.with(1).assemble(NVIDIA).notices())
                .filteredOn(notice -> notice.level() == Notice.Level.WARNING)
                .singleElement()
                .satisfies(notice -> assertThat(notice.what()).contains(DEFAULT_PROGRAM));
        DataHost host = DataHost.with(1);
        host.foundHook = Optional.of("/usr/local/bin/nvidia-cdi-hook");
        Assembly assembly = host.assemble(NVIDIA);
        assertThat(assembly.notices()).noneMatch(notice -> notice.level() == Notice.Level.WARNING);
        assertThat(assembly.specs().get(0).spec().containerEdits().hooks())
                .allMatch(hook -> hook.path().equals("/usr/local/bin/nvidia-cdi-hook"));
    }

    @Test
    void nvidiaCtkTakesItsHooksAsSubcommandsOfHook() throws Exception {
        for (Hook hook : DataHost.with(1)
                .drm(0, 0660, 44)
                .askedHook("/opt/bin/nvidia-ctk")
                .spec(NVIDIA)
                .containerEdits()
                .hooks()) {
            assertThat(hook.path()).isEqualTo("/opt/bin/nvidia-ctk");
            assertThat(hook.args()).startsWith("nvidia-ctk", "hook");
        }
        ContainerEdits other = DataHost.with(1)
                .askedHook("/opt/nvidia-ctk/my-hook")
                .spec(NVIDIA)
                .containerEdits();
        assertThat(hook(other, "update-ldcache").args()).startsWith("my-hook", "update-ldcache");
    }

    @Test
    void theAskedProgramWinsOverTheFoundOne() throws Exception {
        DataHost host = DataHost.with(1).askedHook("/asked");
        host.foundHook = Optional.of("/found");
        assertThat(host.spec(Wanted.hooks(HooksPolicy.AUTO)).containerEdits().hooks())
                .isNotEmpty()
                .allMatch(hook -> hook.path().equals("/asked"));
    }

    @Test
    void autoNamesHooksOnlyIfThereIsAProgram() throws Exception {
        Wanted auto = Wanted.hooks(HooksPolicy.AUTO);
        assertThat(DataHost.with(1).spec(auto)).isEqualTo(DataHost.with(1).spec(Wanted.hooks(HooksPolicy.NONE)));
        DataHost host = DataHost.with(1);
        host.foundHook = Optional.of(DEFAULT_PROGRAM);
        assertThat(host.spec(auto)).isEqualTo(DataHost.with(1).spec(NVIDIA));
    }

    @Test
    void chmodIsForDirectoriesOfFullGpus() throws Exception {
        DataHost host = DataHost.with(1).drm(0, 0660, 44).partitioned(1, "1g.5gb");
        CdiSpec spec = host.spec(NVIDIA.switches(false, Set.of(), Set.of(HookName.CHMOD)));
        ContainerEdits full = DataHost.device(spec, "0").containerEdits();
        assertThat(subcommands(full)).containsExactly("create-symlinks", "chmod");
        assertThat(full.hooks().get(1).args())
                .containsExactly("nvidia-cdi-hook", "chmod", "--mode", "755", "--path", "/dev/dri");
        assertThat(DataHost.device(spec, "1:2").containerEdits().hooks()).isEmpty();
        assertThat(subcommands(spec.containerEdits())).doesNotContain("chmod");
    }

    @Test
    void chmodWithoutADirectoryIsWrittenAllTheSame() throws Exception {
        CdiSpec spec = DataHost.with(1).spec(NVIDIA.switches(false, Set.of(), Set.of(HookName.CHMOD)));
        assertThat(DataHost.device(spec, "0").containerEdits().hooks())
                .singleElement()
                .satisfies(hook -> assertThat(hook.args()).endsWith("chmod", "--mode", "755"));
    }

    @ParameterizedTest
    @EnumSource(HookName.class)
    void enablingWinsOverEveryDisabling(HookName only) throws Exception {
        DataHost host = DataHost.with(1).drm(0, 0660, 44);
        CdiSpec all = host.spec(NVIDIA.switches(true, Set.of(only), Set.of(only)));
        Set<String> left = new TreeSet<>(subcommands(all.containerEdits()));
        left.addAll(subcommands(DataHost.device(all, "0").containerEdits()));
        assertThat(left).containsExactly(only.subcommand());
    }

    @ParameterizedTest
    @EnumSource(HookName.class)
    void disablingOneLeavesTheOthersAndTheMounts(HookName off) throws Exception {
        DataHost host = DataHost.with(1).drm(0, 0660, 44);
        CdiSpec whole = host.spec(NVIDIA);
        CdiSpec spec = host.spec(NVIDIA.switches(false, Set.of(off), Set.of()));
        List<String> expected = new ArrayList<>(subcommands(whole.containerEdits()));
        expected.remove(off.subcommand());
        assertThat(subcommands(spec.containerEdits())).isEqualTo(expected);
        assertThat(DataHost.device(spec, "0").containerEdits().hooks())
                .hasSize(off == HookName.CREATE_SYMLINKS ? 0 : 1);
        assertThat(spec.containerEdits().mounts())
                .isEqualTo(whole.containerEdits().mounts());
        assertThat(spec.containerEdits().env()).isEqualTo(whole.containerEdits().env());
    }

    @Test
    void allHooksOffIsSaid() throws Exception {
        Assembly assembly = DataHost.with(1).assemble(NVIDIA.switches(true, Set.of(), Set.of()));
        assertThat(assembly.specs().get(0).spec().containerEdits().hooks()).isEmpty();
        assertThat(assembly.notices()).anyMatch(notice -> notice.what().contains("--hooks=none"));
    }

    @Test
    void ldconfigIsAnArgumentBeforeTheFolders() throws Exception {
        Hook hook = hook(DataHost.with(1).spec(NVIDIA.ldconfig("/sbin/ld")).containerEdits(), "update-ldcache");
        assertThat(hook.args().subList(2, 6))
                .containsExactly("--ldconfig-path", "/sbin/ld", "--folder", "/usr/lib/x86_64-linux-gnu");
    }

    @Test
    void foldersAreThoseOfLibraryNamesInTheOrderSeen() throws Exception {
        DataHost host = DataHost.with(1)
                .library(Library.Role.DRIVER, "vdpau/libvdpau_nvidia.so." + DataHost.VERSION, "libvdpau_nvidia.so.1")
                .library(Library.Role.DRIVER, "odd/nolib.so." + DataHost.VERSION, "")
                .library(Library.Role.DRIVER, "odder/libx.sox", "");
        assertThat(hook(host.spec(NVIDIA).containerEdits(), "update-ldcache").args())
                .endsWith("update-ldcache", "--folder", host.lib, "--folder", host.lib + "/vdpau");
    }

    @Test
    void explicitLibrariesAreMountedOnDemandAndNotAFolder() throws Exception {
        DataHost host =
                DataHost.with(1).library(Library.Role.EXPLICIT, "glvnd/libEGL.so.1.1.0", "libEGL.so.1", "libEGL.so.1");
        assertThat(mounted(host.spec(NVIDIA))).noneMatch(path -> path.contains("libEGL"));
        CdiSpec spec = host.spec(NVIDIA.features(Feature.EXPLICIT_DRIVER_LIBRARIES));
        assertThat(mounted(spec)).contains(host.lib + "/glvnd/libEGL.so.1.1.0");
        assertThat(hook(spec.containerEdits(), "create-symlinks").args())
                .contains("libEGL.so.1.1.0::" + host.lib + "/glvnd/libEGL.so.1");
        assertThat(hook(spec.containerEdits(), "update-ldcache").args()).doesNotContain(host.lib + "/glvnd");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,b", "a::b", ",", "x::"})
    void pathsThatTheHookProgramCannotTakeAreLeftOutWithAWarning(String folder) throws Exception {
        String module = "/usr/lib/" + folder + "/nvidia_drv.so";
        DataHost host = DataHost.with(1)
                .library(Library.Role.DRIVER, folder + "/libx.so." + DataHost.VERSION, "libx.so.1", "libx.so.1")
                .file(FoundFile.Role.XORG, "nvidia_drv.so", module);
        host.foundHook = Optional.of(DEFAULT_PROGRAM);
        Assembly assembly = host.assemble(NVIDIA);
        assertThat(assembly.specs().get(0).spec()).asString().doesNotContain("/" + folder + "/");
        assertThat(assembly.notices())
                .filteredOn(notice -> notice.level() == Notice.Level.WARNING)
                .extracting(Notice::what)
                .satisfiesExactlyInAnyOrder(
                        what -> assertThat(what).startsWith(host.lib + "/" + folder + "/libx.so"),
                        what -> assertThat(what).startsWith(module + " left out"));
        Assembly free = host.assemble(Wanted.hooks(HooksPolicy.NONE));
        assertThat(mounted(free.specs().get(0).spec()))
                .contains(host.lib + "/" + folder + "/libx.so." + DataHost.VERSION);
        assertThat(free.notices()).noneMatch(notice -> notice.level() == Notice.Level.WARNING);
    }

    @Test
    void aSingleColonIsFine() throws Exception {
        DataHost host = DataHost.with(1).library(Library.Role.DRIVER, "a:b/libx.so." + DataHost.VERSION, "");
        assertThat(mounted(host.spec(NVIDIA))).contains(host.lib + "/a:b/libx.so." + DataHost.VERSION);
    }

    private static List<String> mounted(CdiSpec spec) {
        return spec.containerEdits().mounts().stream().map(Mount::containerPath).toList();
    }
}
