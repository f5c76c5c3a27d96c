package io.github.gpucdi.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gpucdi.generate.Face;
import io.github.gpucdi.generate.FactSource;
import io.github.gpucdi.generate.GenerateRequest;
import io.github.gpucdi.generate.Targets;
import io.github.gpucdi.generate.Targets.Installed;
import io.github.gpucdi.host.SectionKey;
import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.Console;
import io.github.gpucdi.terminal.Session;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom a spec is for when nobody says it: requests only, nothing is probed or written. */
class RunOptionsTest {
    private static final String INSTALLED = "/etc/cdi/nvidia.yaml";

    @TempDir
    Path folder;

    private final SpecOptions spec = new SpecOptions();
    private final WriteOptions write = new WriteOptions();
    private final HostOptions host = new HostOptions();

    private GenerateRequest request(Face face) {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream());
        Session session =
                new Session(new ByteArrayInputStream(new byte[0]), nowhere, new Console(nowhere, false), Map.of());
        return RunOptions.generate(spec, write, host, new GlobalOptions(), face, session);
    }

    private Targets targets(Face face) {
        return request(face).spec().targets();
    }

    @Test
    void whereTheEnginesOfThisMachineLookASpecIsForThem() {
        write.output.set(INSTALLED);
        GenerateRequest request = request(Face.GPU_CDI);
        assertThat(request.spec().targets()).isEqualTo(Targets.IMPLIED);
        assertThat(request.spec().source())
                .isInstanceOfSatisfying(
                        FactSource.Machine.class,
                        machine -> assertThat(machine.request().sections()).contains(SectionKey.ENGINES));
    }

    @Test
    void aCheckIsOfWhatWouldBeWritten() {
        write.output.set(INSTALLED);
        write.check.set(true);
        assertThat(targets(Face.GPU_CDI)).isEqualTo(Targets.IMPLIED);
    }

    @Test
    void elsewhereItIsForAny() {
        assertThat(targets(Face.GPU_CDI)).isEqualTo(Targets.ANY);
        write.output.set(folder.resolve("nvidia.yaml").toString());
        assertThat(targets(Face.GPU_CDI)).isEqualTo(Targets.ANY);
    }

    @Test
    void nvidiaCtksFaceAsksNoEngine() {
        write.output.set(INSTALLED);
        assertThat(targets(Face.NVIDIA_CTK)).isEqualTo(Targets.ANY);
    }

    @Test
    void anotherHostsEnginesAreNotThisMachines() {
        host.hostRoot.set(Optional.of(folder.toString()));
        write.output.set(INSTALLED);
        assertThat(targets(Face.GPU_CDI)).isEqualTo(Targets.ANY);
        host.hostRoot.set(Optional.empty());
        host.simulate.set(Optional.of("dgx-a100"));
        assertThat(targets(Face.GPU_CDI)).isEqualTo(Targets.ANY);
    }

    @Test
    void whatIsNamedCounts() {
        write.output.set(INSTALLED);
        spec.engines.set(List.of("any"));
        assertThat(targets(Face.GPU_CDI)).isEqualTo(Targets.ANY);
        spec.engines.set(List.of("auto"));
        assertThat(targets(Face.GPU_CDI).installed()).isEqualTo(Installed.ASKED);
        spec.engines.set(List.of());
        spec.cdiVersion.set(Optional.of("0.5.0"));
        assertThat(targets(Face.GPU_CDI).installed()).isEqualTo(Installed.IGNORED);
    }

    @Test
    void anyStandsAlone() {
        spec.engines.set(List.of("any", "podman-4.3.1"));
        assertThatThrownBy(() -> targets(Face.GPU_CDI))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("--engine=any");
    }
}
