package io.github.gpucdi.assemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.gpucdi.assemble.model.AssembleException;
import io.github.gpucdi.assemble.model.AssembleOptions;
import io.github.gpucdi.assemble.model.HooksPolicy;
import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.cdi.spec.Device;
import io.github.gpucdi.cdi.spec.Mount;
import io.github.gpucdi.cdi.text.write.SpecWriter;
import io.github.gpucdi.cdi.validate.SpecValidator;
import io.github.gpucdi.host.Mode;
import io.github.gpucdi.testhost.GoldenHost;
import io.github.gpucdi.testhost.SpecSummary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The snapshot of each golden host gives its specs to the byte; most are kept as summaries with a digest. */
class HostSpecGoldenTest {

    static Stream<Arguments> hosts() {
        return GoldenHost.all().stream()
                .flatMap(host ->
                        Stream.of(HooksPolicy.NVIDIA, HooksPolicy.NONE).map(hooks -> Arguments.of(host, hooks)));
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void assembling(GoldenHost host, HooksPolicy hooks) throws Exception {
        CdiSpec spec = spec(host, hooks);

        String text = host.isWhole() ? new String(SpecWriter.yaml(spec), StandardCharsets.UTF_8) : SpecSummary.of(spec);
        String name = hooks == HooksPolicy.NONE ? "none" : "nvidia";
        Path golden = host.folder().resolve(name + (host.isWhole() ? ".yaml" : ".txt"));
        if (GoldenHost.isUpdate()) {
            write(golden, text);
        }
        assertThat(text).isEqualTo(Files.readString(golden));
        assertThat(SpecValidator.validate(spec)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void nothingIsMountedTwice(GoldenHost host, HooksPolicy hooks) throws Exception {
        CdiSpec spec = spec(host, hooks);

        List<String> mounted = new ArrayList<>();
        for (Mount mount : spec.containerEdits().mounts()) {
            mounted.add(mount.containerPath());
        }
        for (Device device : spec.devices()) {
            assertThat(device.containerEdits().mounts()).as(device.name()).isEmpty();
        }
        assertThat(mounted).doesNotHaveDuplicates().isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void hooksAreNamedOnDemandOnly(GoldenHost host, HooksPolicy hooks) throws Exception {
        CdiSpec spec = spec(host, hooks);

        List<ContainerEdits> edits = new ArrayList<>(List.of(spec.containerEdits()));
        spec.devices().forEach(device -> edits.add(device.containerEdits()));
        assertThat(edits.stream().anyMatch(edit -> !edit.hooks().isEmpty())).isEqualTo(hooks == HooksPolicy.NVIDIA);
    }

    private static CdiSpec spec(GoldenHost host, HooksPolicy hooks) throws AssembleException {
        Assembly assembly =
                SpecAssembler.assemble(Mode.NVML, host.snapshot(), AssembleOptions.DEFAULT.withHooks(hooks));
        return assembly.specs().get(0).spec();
    }

    private static void write(Path golden, String text) throws IOException {
        Files.writeString(golden, text);
        fail("%s was written: read it, then test without golden.update", golden);
    }
}
