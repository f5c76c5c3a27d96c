package io.github.gpucdi.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The chart and the manifests beside it, by the tools that a cluster's administrator has. */
class ChartIT {
    private static final Map<String, Object> LEAST =
            Map.of("privileged", false, "nodeLabels.enabled", true, "onlyLabelledNodes", true);

    private static final Path EVERY_VALUE = Path.of("src/test/resources/every-value.yaml");

    private static DaemonSet daemonSet(Map<String, ?> values) {
        return (DaemonSet) Manifests.read(Chart.rendered(values)).get(0);
    }

    private static PodSpec pod(Map<String, ?> values) {
        return daemonSet(values).getSpec().getTemplate().getSpec();
    }

    private static ObjectMeta podMetadata(Map<String, ?> values) {
        return daemonSet(values).getSpec().getTemplate().getMetadata();
    }

    private static Container container(Map<String, ?> values) {
        return pod(values).getContainers().get(0);
    }

    @Test
    void helmFindsNothingWrong() {
        LintResult result = Chart.HELM.lint().strict().call();
        assertThat(result.getMessages()).containsOnly("[INFO] Chart.yaml: icon is recommended");
        assertThat(result.isFailed()).isFalse();
    }

    /** Made by {@code helm template gpu-cdi examples/kubernetes/chart}; what a test says is missing is to be copied there. */
    @Test
    void thePlainManifestsAreThoseOfTheChart() {
        assertThat(Chart.EXAMPLES.resolve("gpu-cdi.yaml")).hasContent(Chart.rendered(Map.of()));
    }

    @Test
    void itIsForTheImageOfThisVersion() {
        assertThat(container(Map.of()).getImage()).isEqualTo("gpu-cdi:" + Packaged.VERSION);
    }

    @ParameterizedTest
    @CsvSource({
        "privileged, yes",
        "priviledged, true",
        "cdiDirectory, etc/cdi",
        "cdiDirectory, /etc/cdi/",
        "cdiDirectory, /etc/../cdi",
        "cdiDirectory, '/etc\ncdi'",
        "cdiDirectory, '/etc/\"cdi\"'",
        "hostRoot, '/node #1'",
        "hostRoot, null",
        "specFile, ../nvidia.yaml",
        "specFile, nvidia.txt",
        "onDriverLoss, burn",
        "nodeLabels.enable, true",
        "nodeLabels, null",
        "nodeLabels.directory, null",
        "podMonitor, null",
        "privileged, null",
        "port, 0",
    })
    void valuesThatAreWrongAreRefused(String name, String value) {
        assertThatIllegalStateException()
                .isThrownBy(() -> Chart.rendered(Map.of(name, value)))
                .withMessageContaining("values don't meet the specifications of the schema");
    }

    /** Else the tests of manifests would prove nothing. */
    @ParameterizedTest
    @CsvSource({
        "automountServiceAccountToken: false, automountServiceAccountTokens: false",
        "readOnly: true, readonly: true",
        "periodSeconds: 10, periodSeconds: often",
        "privileged: true, privileged: 'true'",
        "prometheus.io/path: /metrics, prometheus.io/path: 8080",
        "matchLabels:, matchLabel:",
        "enableServiceLinks: false, automountServiceAccountToken: false",
    })
    void aManifestWithAMistakeIsRefused(String right, String wrong) {
        String rendered = Chart.rendered(Map.of());
        assertThat(rendered).contains(right);
        String mistaken = rendered.replace(right, wrong.replace("'", "\""));
        assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> Manifests.read(mistaken));
    }

    static Stream<Path> pods() throws IOException {
        return Files.list(Chart.EXAMPLES.resolve("pods"));
    }

    @ParameterizedTest
    @MethodSource("pods")
    void theExamplesOfPodsAreSuch(Path file) throws IOException {
        assertThat(Manifests.read(Files.readString(file))).isNotEmpty();
    }

    /** Whoever lets something else give it the device nodes has a Pod without a privilege, but for its mounts. */
    @Test
    void noPrivilegeIsLeftWhereNoneIsNeeded() {
        PodSpec pod = pod(LEAST);
        SecurityContext context = pod.getContainers().get(0).getSecurityContext();
        assertThat(context.getPrivileged()).isFalse();
        assertThat(context.getAllowPrivilegeEscalation()).isFalse();
        assertThat(pod.getVolumes()).extracting(Volume::getName).containsExactly("host", "cdi", "features");
    }

    @Test
    void onlyWhatItWritesIsMountedWritable() {
        for (Map<String, Object> values : List.of(Map.<String, Object>of(), LEAST)) {
            PodSpec pod = pod(values);
            SecurityContext context = pod.getContainers().get(0).getSecurityContext();
            assertThat(context.getReadOnlyRootFilesystem()).isTrue();
            assertThat(context.getCapabilities().getDrop()).containsExactly("ALL");
            assertThat(context.getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
            assertThat(pod.getAutomountServiceAccountToken()).isFalse();
            assertThat(pod.getHostNetwork()).isNull();
            assertThat(pod.getHostPID()).isNull();
            assertThat(pod.getContainers().get(0).getVolumeMounts())
                    .filteredOn(mount -> !Boolean.TRUE.equals(mount.getReadOnly()))
                    .extracting(mount -> mount.getMountPath())
                    .isSubsetOf("/host/run/cdi", "/features.d");
        }
    }

    /** By annotations, or by an object of Prometheus' operator. */
    @Test
    void metricsAreScrapedOnce() {
        assertThat(podMetadata(Map.of("port", 9841)).getAnnotations())
                .containsEntry("prometheus.io/scrape", "true")
                .containsEntry("prometheus.io/path", "/metrics")
                .containsEntry("prometheus.io/port", "9841");
        assertThat(podMetadata(Map.of("podMonitor.enabled", true)).getAnnotations())
                .isEmpty();
    }

    /** A label stays, since its DaemonSet finds the Pod by it; an annotation is replaced. */
    @Test
    void noKeyIsThereTwice() {
        ObjectMeta metadata = podMetadata(
                Map.of("podLabels.app\\.kubernetes\\.io/name", "mine", "podAnnotations.prometheus\\.io/path", "/mine"));
        assertThat(metadata.getLabels()).containsEntry("app.kubernetes.io/name", "gpu-cdi");
        assertThat(metadata.getAnnotations()).containsEntry("prometheus.io/path", "/mine");
        assertThat(Manifests.read(Chart.rendered(
                        Map.of("podMonitor.enabled", true, "podMonitor.labels.app\\.kubernetes\\.io/name", "mine"))))
                .hasSize(2);
    }

    /** Helm drops a value that is null. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "resources",
                "podLabels",
                "podAnnotations",
                "tolerations",
                "image.tag",
                "priorityClassName",
                "env"
            })
    void whatIsNullIsLeftOut(String name) {
        String rendered = Chart.rendered(Map.of(name, "null"));
        assertThat(rendered).doesNotContain("null");
        assertThat(Manifests.read(rendered)).hasSize(1);
    }

    @Test
    void theTestOfEveryValueHasAll() throws IOException {
        YAMLMapper mapper = new YAMLMapper();
        JsonNode schema = mapper.readTree(Chart.EXAMPLES.resolve("chart/values.schema.json"))
                .get("properties");
        assertThat(mapper.readTree(EVERY_VALUE).propertyNames())
                .containsExactlyInAnyOrderElementsOf(schema.propertyNames());
    }

    /** With names and words that are numbers and truths to YAML. */
    @Test
    void everyValueCounts() {
        List<Object> objects = Manifests.read(Chart.rendered("1234", EVERY_VALUE));
        DaemonSet daemonSet = (DaemonSet) objects.get(0);
        assertThat(daemonSet.getMetadata().getName()).isEqualTo("1234");
        assertThat(daemonSet.getSpec().getSelector().getMatchLabels())
                .containsEntry("app.kubernetes.io/instance", "1234");
        ObjectMeta metadata = daemonSet.getSpec().getTemplate().getMetadata();
        assertThat(metadata.getLabels())
                .containsEntry("app.kubernetes.io/instance", "1234")
                .containsEntry("example.com/team", "2");
        assertThat(metadata.getAnnotations()).isEqualTo(Map.of("example.com/cost", "1e3"));

        PodSpec pod = daemonSet.getSpec().getTemplate().getSpec();
        assertThat(pod.getImagePullSecrets()).containsExactly(new LocalObjectReference("registry"));
        assertThat(pod.getNodeSelector()).isEqualTo(Map.of("gpu", "yes"));
        assertThat(pod.getTolerations())
                .containsExactly(new TolerationBuilder()
                        .withKey("dedicated")
                        .withOperator("Exists")
                        .build());
        assertThat(pod.getPriorityClassName()).isEqualTo("true");
        assertThat(pod.getAffinity()
                        .getNodeAffinity()
                        .getRequiredDuringSchedulingIgnoredDuringExecution()
                        .getNodeSelectorTerms())
                .flatExtracting(NodeSelectorTerm::getMatchExpressions)
                .extracting(NodeSelectorRequirement::getKey)
                .containsExactly(
                        "feature.node.kubernetes.io/pci-10de.present",
                        "feature.node.kubernetes.io/pci-0300_10de.present",
                        "feature.node.kubernetes.io/pci-0302_10de.present");
        assertThat(pod.getVolumes())
                .extracting(volume -> volume.getHostPath().getPath())
                .containsExactly("/node", "/node/etc/cdi", "/node/var/lib/features.d");

        Container container = pod.getContainers().get(0);
        assertThat(container.getImage()).isEqualTo("registry.example:5000/gpu-cdi:1.0");
        assertThat(container.getImagePullPolicy()).isEqualTo("Always");
        assertThat(container.getArgs())
                .contains(
                        "--output=/host/etc/cdi/gpus.json",
                        "--on-driver-loss=keep",
                        "--http=:9841",
                        "--nfd-file=/features.d/gpu-cdi",
                        "--driver-root=/run/nvidia/driver");
        assertThat(container.getEnv()).containsExactly(new EnvVar("TZ", "UTC", null));
        assertThat(container.getPorts().get(0).getContainerPort()).isEqualTo(9841);
        assertThat(container.getResources().getRequests()).containsEntry("memory", new Quantity("1Gi"));
        assertThat(container.getResources().getLimits()).containsEntry("memory", new Quantity("2Gi"));

        Manifests.PodMonitor monitor = (Manifests.PodMonitor) objects.get(1);
        assertThat(monitor.metadata().getName()).isEqualTo("1234");
        assertThat(monitor.metadata().getLabels()).containsEntry("release", "prometheus");
        assertThat(monitor.spec().selector()).isEqualTo(daemonSet.getSpec().getSelector());
        assertThat(monitor.spec().podMetricsEndpoints())
                .containsExactly(new Manifests.PodMonitor.Endpoint("http", "/metrics", "1m"));
    }
}
