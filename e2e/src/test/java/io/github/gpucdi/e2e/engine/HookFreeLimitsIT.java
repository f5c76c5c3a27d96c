package io.github.gpucdi.e2e.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a hook-free spec cannot do, and what helps: a row that proves each. The README lists them. */
@ExtendWith(RowPerTest.class)
class HookFreeLimitsIT {
    private static final String CUDA = HostTables.LIBRARIES + "/libcuda.so.1";

    private final HostTables tables = HostTables.read();
    private final EngineHost host = EngineHost.shared();
    private final String hostsCuda = tables.library("libcuda.so.").says(tables.version());

    @ParameterizedTest(name = "{0}  ldconfig -p does not list the driver, dlopen finds it")
    @EnumSource
    void cacheIsBlind(OciRuntime runtime) {
        Container container = gpu("debian", runtime);
        Outcome listing = container.run(host, List.of("/sbin/ldconfig", "-p")).orFail(container);
        assertThat(listing.out()).contains("libc.so.6").doesNotContain("libcuda", "libnvidia");
        assertThat(cuda(container)).isEqualTo(hostsCuda);
    }

    @ParameterizedTest(name = "{0}  supplementary groups: Podman 4.3.1 reads no such spec, and one written for it")
    @EnumSource
    void groupsAreTooNew(OciRuntime runtime) {
        host.generate("nvidia.com/untargeted", "untargeted", "--hooks=none", "--engine=any");
        Outcome untargeted = Container.of("debian", runtime)
                .device("nvidia.com/untargeted", "0")
                .run(host, List.of(Container.PROBE));
        assertThat(untargeted.status()).isNotZero();
        assertThat(untargeted.err()).contains("unresolvable CDI devices nvidia.com/untargeted=0");
        host.generate("nvidia.com/targeted", "targeted", "--hooks=none", "--engine=podman-4.3.1");
        Container targeted = Container.of("debian", runtime).device("nvidia.com/targeted", "0");
        assertThat(cuda(targeted)).isEqualTo(hostsCuda);
    }

    @ParameterizedTest(name = "{0}  a stub in the image''s cache wins, LD_LIBRARY_PATH beats it")
    @EnumSource
    void staleCacheWins(OciRuntime runtime) {
        Container container = gpu("stale-stub", runtime);
        assertThat(cuda(container)).isEqualTo("libcuda.so of stub");
        assertThat(cuda(searching(container, HostTables.LIBRARIES))).isEqualTo(hostsCuda);
    }

    @ParameterizedTest(
            name = "{0}  the image''s newer CUDA compatibility library is not chosen, LD_LIBRARY_PATH chooses it")
    @EnumSource
    void compatibilityIsNotChosen(OciRuntime runtime) {
        Container container = gpu("compat", runtime);
        assertThat(cuda(container)).isEqualTo(hostsCuda);
        assertThat(cuda(searching(container, "/usr/local/cuda/compat"))).isEqualTo("libcuda.so.590.44.01 of 590.44.01");
    }

    @ParameterizedTest(name = "{0}  a dangling libcuda.so.1 in the image: crun 1.8.1 does not start it, runc does")
    @EnumSource
    void danglingLink(OciRuntime runtime) {
        Container container = gpu("dangling", runtime);
        if (runtime == OciRuntime.CRUN) {
            Outcome outcome = container.run(host, List.of(Container.PROBE));
            assertThat(outcome.status()).isNotZero();
            assertThat(outcome.err()).contains("libcuda.so").contains("No such file");
        } else {
            assertThat(cuda(container)).isEqualTo(hostsCuda);
        }
    }

    @ParameterizedTest(name = "{0}  a committed image has empty files where the driver was")
    @EnumSource
    void committedImageHasEmptyFiles(OciRuntime runtime) {
        Container container = gpu("debian", runtime).with("--name=to-commit");
        container.ask(host, "who");
        host.podman(List.of("commit", "-q", "to-commit", "localhost/committed")).orFail("podman commit");
        host.podman(List.of("rm", "to-commit")).orFail("podman rm");
        Inside without = Container.of("committed", runtime).ask(host, "file=" + CUDA, "load=libcuda.so.1");
        assertThat(without.all("file")).containsExactly(CUDA + " file 0 OK");
        assertThat(without.answer("failed", "libcuda.so.1")).contains("file too short");
        assertThat(cuda(gpu("committed", runtime))).isEqualTo(hostsCuda);
    }

    @ParameterizedTest(name = "{0}  a package''s upgrade of a mounted name fails")
    @EnumSource
    void mountedNamesCannotBeReplaced(OciRuntime runtime) {
        Inside inside = gpu("debian", runtime).ask(host, "rename=" + CUDA, "rename=/usr/lib/other");
        assertThat(inside.answer("rename", CUDA)).isEqualTo("EBUSY");
        assertThat(inside.answer("rename", "/usr/lib/other")).isEqualTo("OK");
    }

    @ParameterizedTest(name = "{0}  musl searches /usr/lib only")
    @EnumSource
    void muslSearchesElsewhere(OciRuntime runtime) {
        Container container = gpu("musl", runtime);
        assertThat(container.ask(host, "load=libcuda.so.1").answer("failed", "libcuda.so.1"))
                .contains("No such file");
        String library = HostTables.LIBRARIES + "/libcuda.so." + tables.version();
        assertThat(cuda(container.with("--volume=" + library + ":/usr/lib/libcuda.so.1:ro")))
                .isEqualTo(hostsCuda);
    }

    @ParameterizedTest(name = "{0}  CAP_MKNOD makes the node of another GPU, which the device cgroup keeps closed")
    @EnumSource
    void nodesOfOtherGpus(OciRuntime runtime) {
        Container container = gpu("debian", runtime);
        assertThat(container
                        .with("--cap-add=MKNOD")
                        .ask(host, "mknod=/dev/nvidia1,195,1")
                        .all("mknod"))
                .containsExactly("/dev/nvidia1 OK EPERM");
        assertThat(container
                        .with("--cap-drop=MKNOD")
                        .ask(host, "mknod=/dev/nvidia1,195,1")
                        .all("mknod"))
                .containsExactly("/dev/nvidia1 EPERM -");
    }

    @ParameterizedTest(
            name = "{0}  a spec cannot hide the driver''s parameters: runc mounts nothing below /proc, crun does")
    @EnumSource
    void nothingIsMountedBelowProc(OciRuntime runtime) {
        // The kernel here has no such parameters; any file will do.
        host.write("/etc/cdi/params.yaml", spec("params", """
                mounts: [{hostPath: /run/gpu-cdi/nvml, containerPath: /proc/version, options: [ro, bind]}]"""));
        Outcome outcome = Container.of("debian", runtime)
                .device("nvidia.com/params", "all")
                .run(host, List.of("/bin/sh", "-c", "read -r line </proc/version; echo \"$line\""));
        if (runtime == OciRuntime.CRUN) {
            assertThat(outcome.orFail("crun").out()).startsWith("driver = ");
        } else {
            assertThat(outcome.status()).isNotZero();
            assertThat(outcome.err()).contains("inside /proc");
        }
    }

    @ParameterizedTest(name = "{0}  EGL and Vulkan are not told which GPUs are the container''s")
    @EnumSource
    void noApplicationProfile(OciRuntime runtime) {
        String profile = "/etc/nvidia/nvidia-application-profiles-rc.d/10-container.conf";
        assertThat(gpu("debian", runtime).ask(host, "file=" + profile).answer("failed", profile))
                .isEqualTo("ENOENT");
    }

    @ParameterizedTest(name = "{0}  LD_LIBRARY_PATH in a spec would replace the user''s own")
    @EnumSource
    void specsVariablesWin(OciRuntime runtime) {
        host.write("/etc/cdi/search.yaml", spec("search", "env: [LD_LIBRARY_PATH=/of/the/spec]"));
        Container container = Container.of("debian", runtime).with("--env=LD_LIBRARY_PATH=/of/the/user");
        assertThat(container.ask(host, "env").all("env")).contains("LD_LIBRARY_PATH=/of/the/user");
        assertThat(container.device("nvidia.com/search", "all").ask(host, "env").all("env"))
                .contains("LD_LIBRARY_PATH=/of/the/spec")
                .doesNotContain("LD_LIBRARY_PATH=/of/the/user");
    }

    @ParameterizedTest(name = "{0}  a spec for Podman 4.3.1 has no groups: the user gives them")
    @EnumSource
    void groupsAreTheUsers(OciRuntime runtime) {
        Container other = Container.of("debian", runtime)
                .with("--user=2000:2000", "--group-add=44")
                .device(EngineHost.HOOK_FREE, "0");
        List<String> nodes = other.ask(host, "nodes").all("node");
        assertThat(nodes).contains("/dev/dri/card1 226 1 660 2000 44 ENXIO");
    }

    private static Container gpu(String image, OciRuntime runtime) {
        return Container.of(image, runtime).device(EngineHost.HOOK_FREE, "0");
    }

    private static Container searching(Container container, String directory) {
        return container.with("--env=LD_LIBRARY_PATH=" + directory);
    }

    private String cuda(Container container) {
        return container.ask(host, "load=libcuda.so.1").answer("load", "libcuda.so.1");
    }

    private static String spec(String kind, String edits) {
        return "cdiVersion: 0.5.0\nkind: nvidia.com/" + kind + "\ndevices:\n- name: all\n  containerEdits:\n    "
                + edits.strip() + "\n";
    }
}
