package io.github.gpucdi.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.assemble.inject.DriverMounts;
import io.github.gpucdi.assemble.model.HookName;
import io.github.gpucdi.assemble.model.HooksPolicy;
import io.github.gpucdi.assemble.model.Notice;
import io.github.gpucdi.cdi.spec.Mount;
import io.github.gpucdi.host.FoundFile.Role;
import io.github.gpucdi.host.Library;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What mounted manifests name is in the container under exactly that name or path, or it is said. */
class ManifestsTest {
    private static final String ICD = "vulkan/icd.d/nvidia_icd.json";
    private static final String GLX = "libGLX_nvidia.so." + DataHost.VERSION;

    private static DataHost graphics(String named) {
        return DataHost.with(1)
                .library(Library.Role.DRIVER, GLX, "libGLX_nvidia.so.0")
                .manifest(Role.ETC_CONFIG, ICD, named);
    }

    private static List<String> warnings(Assembly assembly) {
        return assembly.notices().stream()
                .filter(Notice::isIncomplete)
                .map(Notice::what)
                .toList();
    }

    private static List<Mount> mounts(Assembly assembly) {
        return assembly.specs().get(0).spec().containerEdits().mounts();
    }

    @ParameterizedTest
    @EnumSource(names = {"NVIDIA", "NONE"})
    void aSonameIsFoundWithAndWithoutHooks(HooksPolicy hooks) throws Exception {
        Assembly assembly = graphics("libGLX_nvidia.so.0").askedHook("/h").assemble(Wanted.hooks(hooks));

        assertThat(warnings(assembly)).isEmpty();
        assertThat(mounts(assembly))
                .isEqualTo(mounts(graphics(GLX).askedHook("/h").assemble(Wanted.hooks(hooks))));
    }

    @ParameterizedTest
    @EnumSource(names = {"NVIDIA", "NONE"})
    void aLibraryThatNobodyHasIsAWarning(HooksPolicy hooks) throws Exception {
        Assembly assembly = DataHost.with(1)
                .manifest(Role.ETC_CONFIG, ICD, "libGLX_nvidia.so.0", "/opt/libnvidia-vksc-core.so.1")
                .askedHook("/h")
                .assemble(Wanted.hooks(hooks));

        assertThat(warnings(assembly))
                .containsExactly("/usr/share/vulkan/icd.d/nvidia_icd.json names what is not among the driver's files:"
                        + " libGLX_nvidia.so.0, /opt/libnvidia-vksc-core.so.1");
        assertThat(mounts(assembly)).noneMatch(mount -> mount.containerPath().contains("vksc-core"));
    }

    @ParameterizedTest
    @EnumSource(names = {"NVIDIA", "NONE"})
    void aPathIsMountedAsWritten(HooksPolicy hooks) throws Exception {
        DataHost host = graphics("/nix/store/abc/lib/libGLX_nvidia.so.0").askedHook("/h");
        Assembly assembly = host.assemble(Wanted.hooks(hooks));

        assertThat(warnings(assembly)).isEmpty();
        assertThat(mounts(assembly))
                .contains(DriverMounts.file(host.lib + "/" + GLX, "/nix/store/abc/lib/libGLX_nvidia.so.0"));
    }

    /** The hooks make the link; a mount there would be in their way. */
    @Test
    void aPathThatHooksMakeIsNotMounted() throws Exception {
        DataHost host = graphics("/usr/lib/x86_64-linux-gnu/libGLX_nvidia.so.0").askedHook("/h");
        Assembly assembly = host.assemble(Wanted.hooks(HooksPolicy.NVIDIA));

        assertThat(warnings(assembly)).isEmpty();
        assertThat(mounts(assembly)).noneMatch(mount -> mount.containerPath().endsWith("libGLX_nvidia.so.0"));
        Assembly elsewhere =
                graphics("/usr/lib64/libGLX_nvidia.so.0").askedHook("/h").assemble(Wanted.hooks(HooksPolicy.NVIDIA));
        assertThat(mounts(elsewhere))
                .contains(DriverMounts.file(host.lib + "/" + GLX, "/usr/lib64/libGLX_nvidia.so.0"));
    }

    /** A relative path starts at the manifest, which has another directory in the container. */
    @ParameterizedTest
    @ValueSource(strings = {"../../../opt/gl/libGLX_nvidia.so.0", "./../../../opt//gl/./libGLX_nvidia.so.0"})
    void aRelativePathStartsAtTheManifest(String path) throws Exception {
        DataHost host = graphics(path);

        assertThat(mounts(host.assemble(Wanted.hooks(HooksPolicy.NONE))))
                .contains(DriverMounts.file(host.lib + "/" + GLX, "/opt/gl/libGLX_nvidia.so.0"));
    }

    @Test
    void aDriverRootIsNoPartOfWhatAManifestNames() throws Exception {
        DataHost host = DataHost.below("/drv", "/", 1)
                .library(Library.Role.DRIVER, GLX, "libGLX_nvidia.so.0")
                .manifest(Role.SHARE_CONFIG, "glvnd/egl_vendor.d/10_nvidia.json", "/usr/lib64/nv/libGLX_nvidia.so.0");

        assertThat(mounts(host.assemble(Wanted.hooks(HooksPolicy.NONE).targets("/t", "/"))))
                .contains(DriverMounts.file("/t/usr/lib/x86_64-linux-gnu/" + GLX, "/usr/lib64/nv/libGLX_nvidia.so.0"));
    }

    /** Without the cache, a library has only the name that it is mounted by. */
    @Test
    void withoutItsHooksALibraryIsNotFoundByItsSoname() throws Exception {
        Wanted noCache = Wanted.hooks(HooksPolicy.NVIDIA).switches(false, Set.of(HookName.UPDATE_LDCACHE), Set.of());

        assertThat(warnings(graphics("libGLX_nvidia.so.0").askedHook("/h").assemble(noCache)))
                .singleElement()
                .asString()
                .isEqualTo("manifests name libraries that the loader in a container does not find: libGLX_nvidia.so.0");
        assertThat(warnings(graphics(GLX).askedHook("/h").assemble(noCache))).isEmpty();
        assertThat(warnings(DataHost.with(1)
                        .library(Library.Role.DRIVER, GLX, "libGLX_nvidia.so.0", "libGLX_nvidia.so.0")
                        .manifest(Role.ETC_CONFIG, ICD, "libGLX_nvidia.so.0")
                        .askedHook("/h")
                        .assemble(noCache)))
                .as("the other hook makes the link")
                .isEmpty();
    }

    /** The image may have its own: nothing covers it that nobody asked for. */
    @Test
    void aVendorNeutralLibraryIsNotMountedWhereAManifestNamesIt() throws Exception {
        Assembly assembly = graphics("/usr/lib64/libOpenCL.so.1")
                .library(Library.Role.EXPLICIT, "libOpenCL.so.1.0.0", "libOpenCL.so.1")
                .assemble(Wanted.hooks(HooksPolicy.NONE));

        assertThat(mounts(assembly)).noneMatch(mount -> mount.hostPath().contains("libOpenCL"));
        assertThat(warnings(assembly)).hasSize(1);
    }

    /** A directory that no loader searches has to be among the folders of the hook. */
    @Test
    void aLibraryOfAFolderThatNobodySearchesIsNotFound() throws Exception {
        DataHost host = DataHost.with(1)
                .library(Library.Role.EGL_PLATFORM, "sub/libnvidia-egl-gbm.so.1.1.2", "libnvidia-egl-gbm.so.1")
                .manifest(Role.SHARE_CONFIG, "egl/egl_external_platform.d/15_nvidia_gbm.json", "libnvidia-egl-gbm.so.1")
                .askedHook("/h");

        assertThat(warnings(host.assemble(Wanted.hooks(HooksPolicy.NVIDIA)))).hasSize(1);
        assertThat(warnings(host.assemble(Wanted.hooks(HooksPolicy.NONE)))).hasSize(1);
    }

    /** Debian has the driver in a directory of its own, and the EGL platforms in the usual one. */
    @Test
    void theCacheHoldsTheUsualDirectoriesToo() throws Exception {
        DataHost host = DataHost.with(1)
                .library(Library.Role.EGL_PLATFORM, "libnvidia-egl-gbm.so.1.1.2", "libnvidia-egl-gbm.so.1")
                .manifest(Role.SHARE_CONFIG, "egl/egl_external_platform.d/15_nvidia_gbm.json", "libnvidia-egl-gbm.so.1")
                .askedHook("/h");
        host.libraries.removeIf(library -> library.role() == Library.Role.DRIVER);
        for (String name : List.of("libcuda", "libnvidia-ml", "libnvidia-ptxjitcompiler")) {
            host.library(Library.Role.DRIVER, "nvidia/current/" + name + ".so." + DataHost.VERSION, name + ".so.1");
        }

        assertThat(warnings(host.assemble(Wanted.hooks(HooksPolicy.NVIDIA)))).isEmpty();
        assertThat(warnings(host.assemble(
                        Wanted.hooks(HooksPolicy.NVIDIA).switches(false, Set.of(HookName.UPDATE_LDCACHE), Set.of()))))
                .hasSize(1);
    }
}
