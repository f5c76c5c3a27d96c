package io.github.gpucdi.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart's Pod as it is, but for its network, run by Podman on a fake node. */
class KubePlayIT {
    private static final String NO_DRIVER =
            "not ready: no libnvidia-ml.so.1 below driver root /: there is no NVIDIA driver; ";

    @TempDir
    private static Path storage;

    private static Podman podman;

    @TempDir
    private Path own;

    private FakeNode node;

    @BeforeAll
    static void load() throws Exception {
        podman = Podman.withImage(storage);
    }

    @BeforeEach
    void make() throws Exception {
        node = FakeNode.withoutDriver(own);
    }

    @AfterEach
    void end() throws Exception {
        podman.run("", "pod", "rm", "--all", "--force", "--time=0");
    }

    private Pod pod(String name, Map<String, Object> values) {
        Map<String, Object> all = new HashMap<>(values);
        all.put("hostRoot", own.toString());
        all.put("extraArgs[0]", "--interval=0.1");
        PodTemplateSpec template = ((DaemonSet)
                        Manifests.read(Chart.rendered(all)).get(0))
                .getSpec()
                .getTemplate();
        Container container = template.getSpec().getContainers().get(0);
        // Podman publishes ports, and a Pod without a network has none.
        container.setPorts(List.of());
        container.setEnv(List.of(new EnvVarBuilder()
                .withName("NVML_DOUBLE_CONFIG")
                .withValue("/host/nvml.conf")
                .build()));
        return new PodBuilder()
                .withNewMetadataLike(template.getMetadata())
                .withName(name)
                .endMetadata()
                .withSpec(template.getSpec())
                .build();
    }

    private static void play(Pod pod) throws Exception {
        Path file = Files.writeString(storage.resolve("pod.yaml"), Manifests.write(pod));
        Packaged.Result result = podman.run("", "kube", "play", "--network=none", file.toString());
        assertThat(result.status()).as(result.err()).isZero();
    }

    /** A property of the container in a Pod. */
    private static String show(String pod, String property) throws Exception {
        return podman.run("", "inspect", "--format={{.State." + property + "}}", pod + "-gpu-cdi")
                .out()
                .strip();
    }

    private static String said(String pod) throws Exception {
        Packaged.Result logs = podman.run("", "logs", pod + "-gpu-cdi");
        return logs.out() + logs.err();
    }

    /** What it answers from within its network. */
    private static String ask(String pod, String path) throws Exception {
        String request =
                "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET " + path + " HTTP/1.0\\r\\n\\r\\n' >&3 && cat <&3";
        List<String> command = new ArrayList<>(List.of("nsenter", "-t", show(pod, "Pid"), "-n"));
        command.addAll(List.of("bash", "-c", request));
        return Packaged.execute(command).out();
    }

    private static void awaitAnswer(String pod, String text) throws Exception {
        Booted.until(
                text + " as " + pod + "'s answer", () -> ask(pod, "/readyz").contains(text));
    }

    /** Waits for its driver without being restarted; follows the driver. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theDriverIsFollowed(boolean privileged) throws Exception {
        play(pod("node", Map.of("privileged", privileged, "nodeLabels.enabled", true)));
        awaitAnswer("node", NO_DRIVER);
        assertThat(ask("node", "/readyz")).startsWith("HTTP/1.1 503 ");
        assertThat(ask("node", "/livez")).startsWith("HTTP/1.1 200 ");
        String begun = show("node", "StartedAt");

        node.installDriver();
        awaitAnswer("node", "\nready\n");
        assertThat(node.spec()).content().contains("path: /dev/nvidia0", "kind: nvidia.com/gpu");
        assertThat(node.labels()).content().contains("gpu-cdi.count=1\n", "gpu-cdi.product=NVIDIA-L40S\n");
        assertThat(ask("node", "/metrics")).contains("\ngpu_cdi_devices{kind=\"gpu\"} 1\n");
        assertThat(podman.run("", "exec", "node-gpu-cdi", "/usr/bin/gpu-cdi", "list", "--spec-dir=/host/run/cdi")
                        .out())
                .contains("nvidia.com/gpu=0 ");

        node.unloadModule();
        awaitAnswer("node", "not ready: ");
        assertThat(node.spec()).doesNotExist();
        Booted.until("no labels", () -> !Files.exists(node.labels()));
        node.loadModule();
        awaitAnswer("node", "\nready\n");
        assertThat(show("node", "StartedAt")).isEqualTo(begun);
    }

    /** What the page says of the container without privileges is what the kernel says. */
    @Test
    void withoutPrivilegesItHasNone() throws Exception {
        play(pod("node", Map.of("privileged", false)));
        assertThat(Files.readString(Path.of("/proc", show("node", "Pid"), "status")))
                .contains("\nCapEff:\t0000000000000000\n", "\nCapBnd:\t0000000000000000\n", "\nNoNewPrivs:\t1\n");
    }

    /** Needs neither NVML nor privileges. */
    @Test
    void itsOwnDevicesCanBeWrittenFirst() throws Exception {
        node.installDriver();
        play(pod(
                "management",
                Map.of(
                        "privileged",
                        false,
                        "specFile",
                        "gpu-cdi-management.yaml",
                        "extraArgs[1]",
                        "--mode=management")));
        awaitAnswer("management", "\nready\n");
        assertThat(node.spec().resolveSibling("gpu-cdi-management.yaml"))
                .content()
                .contains("kind: management.nvidia.com/gpu", "path: /dev/nvidiactl");
    }

    @Test
    void aSecondOneForTheSameFileSaysSo() throws Exception {
        node.installDriver();
        play(pod("first", Map.of()));
        awaitAnswer("first", "\nready\n");
        Pod second = pod("second", Map.of());
        second.getSpec().setRestartPolicy("Never");
        play(second);
        Booted.until("its end", () -> show("second", "Status").equals("exited"));
        assertThat(show("second", "ExitCode")).isEqualTo("6");
        assertThat(said("second"))
                .contains("error: another gpu-cdi watch keeps /host/run/cdi/gpu-cdi.yaml up to date\n");
        assertThat(ask("first", "/readyz")).endsWith("\nready\n");
    }

    /** Else engines would drop the devices of both. */
    @Test
    void aFileOfNvidiasToolkitIsNotContradicted() throws Exception {
        node.installDriver();
        Path theirs = node.spec().resolveSibling("nvidia.yaml");
        Files.createDirectories(theirs.getParent());
        Files.writeString(
                theirs,
                "cdiVersion: 0.5.0\nkind: nvidia.com/gpu\ndevices: [{name: all, containerEdits: {env: [A=b]}}]\n");
        play(pod("node", Map.of()));
        awaitAnswer("node", "/run/cdi/nvidia.yaml");
        assertThat(node.spec()).doesNotExist();
        Files.delete(theirs);
        awaitAnswer("node", "\nready\n");
    }

    @Test
    void aNodeThatIsNotMountedIsTold() throws Exception {
        Pod pod = pod("node", Map.of());
        pod.getSpec().setRestartPolicy("Never");
        pod.getSpec()
                .getContainers()
                .get(0)
                .getVolumeMounts()
                .removeIf(mount -> mount.getName().equals("host"));
        play(pod);
        Booted.until("its end", () -> show("node", "Status").equals("exited"));
        assertThat(said("node"))
                .contains("error: there is no host below --host-root /host: ", "hint: mount the node's root");
        assertThat(node.spec()).doesNotExist();
    }

    @Test
    void aNodeThatIsMountedWritableIsLeftAsItIs() throws Exception {
        node.installDriver();
        Pod pod = pod("node", Map.of());
        pod.getSpec().getContainers().get(0).getVolumeMounts().forEach(mount -> mount.setReadOnly(false));
        List<Path> before = files();
        play(pod);
        awaitAnswer("node", "\nready\n");
        assertThat(files())
                .filteredOn(file -> !before.contains(file))
                .containsExactlyInAnyOrder(
                        node.spec().getParent(), node.spec(), node.spec().resolveSibling(".gpu-cdi.yaml.watch"));
    }

    private List<Path> files() throws Exception {
        try (var all = Files.walk(own)) {
            return all.toList();
        }
    }
}
