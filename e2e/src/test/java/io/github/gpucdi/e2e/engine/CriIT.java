package io.github.gpucdi.e2e.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * containerd as a kubelet asks it, by CRI, with the settings of its page in the examples. A device plugin's answer
 * becomes the field {@code CDI_devices} of a container.
 */
@ExtendWith(RowPerTest.class)
class CriIT {
    private static final EngineHost HOST = EngineHost.newer();
    private static final List<String> DEVICES = Cell.DEVICES;
    private static final String ENABLED = "  enable_cdi = true\n";
    private static final String UNKNOWN = "7";

    private static String settings;
    private static Containerd containerd;

    @BeforeAll
    static void startDaemon() throws IOException {
        String page = Files.readString(Path.of("../examples/engines/containerd.md"));
        Matcher block = Pattern.compile("^```toml\\n(version = 2\\n.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(page);
        assertThat(block.find()).isTrue();
        settings = block.group(1) + Pod.SETTINGS;
        assertThat(settings).contains(ENABLED);
        Pod.saveImage(HOST);
        containerd = Containerd.start(HOST, "cri", settings);
        Pod.loadImage(containerd);
    }

    private static String field(String device) {
        return "CDI_devices { name: \"" + EngineHost.HOOK_FREE + "=" + device + "\" }\n";
    }

    private static String annotation(String device) {
        return "annotations { key: \"cdi.k8s.io/test\" value: \"" + EngineHost.HOOK_FREE + "=" + device + "\" }\n";
    }

    @ParameterizedTest(name = "field CDI_devices  {0}", quoteTextArguments = false)
    @FieldSource("DEVICES")
    void fieldOfAContainer(String device) {
        try (Pod pod = Pod.run(containerd, "")) {
            NewerEnginesIT.assertAnswered(pod.run(field(device), NewerEnginesIT.QUESTIONS), device);
        }
    }

    @Test
    @DisplayName("annotation of the container: as the field")
    void annotationOfAContainer() {
        try (Pod pod = Pod.run(containerd, "")) {
            NewerEnginesIT.assertAnswered(pod.run(annotation("1:0"), NewerEnginesIT.QUESTIONS), "1:0");
        }
    }

    @Test
    @DisplayName("annotation of the Pod: does nothing")
    void annotationOfAPod() {
        try (Pod pod = Pod.run(containerd, annotation("0"))) {
            assertNothingIn(pod, "");
        }
    }

    @Test
    @DisplayName("a name that no spec has, either way: the container is not created")
    void unknown() {
        try (Pod pod = Pod.run(containerd, "")) {
            for (String asked : List.of(field(UNKNOWN), annotation(UNKNOWN))) {
                Outcome created = pod.create(asked);
                assertThat(created.status()).as(created.out()).isEqualTo(1);
                assertThat(created.err())
                        .contains("CDI device injection failed: unresolvable CDI devices " + EngineHost.HOOK_FREE + "="
                                + UNKNOWN);
            }
        }
    }

    @Test
    @DisplayName("enable_cdi off, which 1.7 has unless told: all ways do nothing, and no call fails")
    void off() {
        String off = settings.replace(ENABLED, Containerd.major(HOST) < 2 ? "" : "  enable_cdi = false\n");
        Containerd containerd = Containerd.start(HOST, "cri-off", off);
        Pod.loadImage(containerd);
        try (Pod pod = Pod.run(containerd, annotation("0"))) {
            assertNothingIn(pod, field("0") + field(UNKNOWN) + annotation("0"));
        }
    }

    private static void assertNothingIn(Pod pod, String asked) {
        Inside inside = Inside.of(pod.run(asked, List.of(Container.PROBE, "nodes", "file=/usr/bin/nvidia-smi")));
        assertThat(inside.nodes()).isEmpty();
        assertThat(inside.answer("failed", "/usr/bin/nvidia-smi")).isEqualTo("ENOENT");
    }
}
