package io.github.gpucdi.assemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.gpucdi.assemble.model.AssembleException;
import io.github.gpucdi.assemble.model.AssembleOptions;
import io.github.gpucdi.assemble.model.HooksPolicy;
import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.cdi.spec.Mount;
import io.github.gpucdi.cdi.text.write.SpecWriter;
import io.github.gpucdi.cdi.validate.SpecValidator;
import io.github.gpucdi.host.Mode;
import io.github.gpucdi.host.SectionKey;
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

    static Stream<Arguments> specs() {
        List<Arguments> specs = new ArrayList<>();
        for (GoldenHost host : GoldenHost.all()) {
            for (Mode mode : host.modes()) {
                specs.add(Arguments.of(host, mode, HooksPolicy.NVIDIA));
                specs.add(Arguments.of(host, mode, HooksPolicy.NONE));
            }
        }
        return specs.stream();
    }

    @ParameterizedTest
    @MethodSource("specs")
    void assembling(GoldenHost host, Mode mode, HooksPolicy hooks) throws Exception {
        CdiSpec spec = spec(host, mode, hooks);

        String text =
                host.isWhole(mode) ? new String(SpecWriter.yaml(spec), StandardCharsets.UTF_8) : SpecSummary.of(spec);
        Path golden = host.specFile(mode, hooks);
        if (GoldenHost.isUpdate()) {
            write(golden, text);
        }
        assertThat(text).isEqualTo(Files.readString(golden));
        assertThat(SpecValidator.validate(spec)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("specs")
    void nothingIsMountedTwice(GoldenHost host, Mode mode, HooksPolicy hooks) throws Exception {
        CdiSpec spec = spec(host, mode, hooks);

        List<String> mounted = new ArrayList<>();
        for (Mount mount : spec.containerEdits().mounts()) {
            mounted.add(mount.containerPath());
        }
        assertThat(mounted).doesNotHaveDuplicates();
        if (hasDriver(mode)) {
            assertThat(mounted).isNotEmpty();
            assertThat(spec.devices())
                    .allSatisfy(device -> assertThat(device.containerEdits().mounts())
                            .as(device.name())
                            .isEmpty());
        }
    }

    @ParameterizedTest
    @MethodSource("specs")
    void hooksAreNamedOnDemandOnly(GoldenHost host, Mode mode, HooksPolicy hooks) throws Exception {
        CdiSpec spec = spec(host, mode, hooks);

        List<ContainerEdits> edits = new ArrayList<>(List.of(spec.containerEdits()));
        spec.devices().forEach(device -> edits.add(device.containerEdits()));
        assertThat(edits.stream().anyMatch(edit -> !edit.hooks().isEmpty()))
                .isEqualTo(hasDriver(mode) && hooks == HooksPolicy.NVIDIA);
    }

    private static boolean hasDriver(Mode mode) {
        return mode == Mode.CSV || mode.sections().contains(SectionKey.FILES);
    }

    private static CdiSpec spec(GoldenHost host, Mode mode, HooksPolicy hooks) throws AssembleException {
        Assembly assembly = SpecAssembler.assemble(mode, host.snapshot(), AssembleOptions.DEFAULT.withHooks(hooks));
        return assembly.specs().get(0).spec();
    }

    private static void write(Path golden, String text) throws IOException {
        Files.writeString(golden, text);
        fail("%s was written: read it, then test without golden.update", golden);
    }
}
