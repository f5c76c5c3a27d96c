package io.github.gpucdi.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
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
import tools.jackson.core.JacksonException;

/** The chart and the manifests beside it, by the tools that a cluster's administrator has. */
class ChartIT {
    private static final Map<String, Object> LEAST =
            Map.of("privileged", false, "nodeLabels.enabled", true, "onlyLabelledNodes", true);

    private static DaemonSet daemonSet(Map<String, ?> values) {
        return (DaemonSet) Manifests.read(Chart.rendered(values)).get(0);
    }

    private static PodSpec pod(Map<String, ?> values) {
        return daemonSet(values).getSpec().getTemplate().getSpec();
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
        "specFile, ../nvidia.yaml",
        "specFile, nvidia.txt",
        "onDriverLoss, burn",
        "nodeLabels.enable, true",
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

    /** As annotations and as an object of Prometheus' operator. */
    @Test
    void metricsAreScraped() {
        assertThat(daemonSet(Map.of("port", 9841))
                        .getSpec()
                        .getTemplate()
                        .getMetadata()
                        .getAnnotations())
                .containsEntry("prometheus.io/scrape", "true")
                .containsEntry("prometheus.io/port", "9841");
        assertThat(container(Map.of("port", 9841)).getPorts().get(0).getContainerPort())
                .isEqualTo(9841);
        assertThat(Chart.rendered(Map.of("podMonitor.enabled", true)))
                .contains("kind: PodMonitor\n", "    - port: http\n      path: /metrics\n      interval: 30s\n");
    }
}
