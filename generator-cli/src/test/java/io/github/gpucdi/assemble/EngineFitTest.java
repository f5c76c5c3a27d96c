package io.github.gpucdi.assemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gpucdi.assemble.model.AssembleException;
import io.github.gpucdi.assemble.model.AssembleOptions;
import io.github.gpucdi.assemble.model.HooksPolicy;
import io.github.gpucdi.assemble.model.Notice;
import io.github.gpucdi.cdi.engine.LibraryRelease;
import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.CdiVersion;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.cdi.spec.Device;
import io.github.gpucdi.cdi.spec.DeviceNode;
import io.github.gpucdi.cdi.spec.Hook;
import io.github.gpucdi.cdi.spec.Mount;
import io.github.gpucdi.cdi.text.read.SpecReader;
import io.github.gpucdi.cdi.text.write.SpecWriter;
import io.github.gpucdi.cdi.validate.SpecValidator;
import io.github.gpucdi.cdi.validate.Verdict;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a spec loses for whom. */
class EngineFitTest {
    private static final Notice EARLIER = new Notice(Notice.Level.INFO, "said before", "");

    private static DeviceNode node(String path, String hostPath) {
        return DeviceNode.resolvedAtStart(path, hostPath, "rw");
    }

    private static ContainerEdits edits(int gpu, Long... groups) {
        return ContainerEdits.builder()
                .deviceNode(node("/dev/nvidia" + gpu, ""))
                .additionalGids(List.of(groups))
                .build();
    }

    private static CdiSpec spec(String kind, Map<String, String> annotations, Device... devices) {
        ContainerEdits common = ContainerEdits.builder()
                .env("NVIDIA_VISIBLE_DEVICES=void")
                .additionalGids(List.of(109L))
                .build();
        return new CdiSpec("1.0.0", kind, annotations, List.of(devices), common);
    }

    /** Two GPUs by index and UUID, with groups and an annotation. */
    private static CdiSpec rich() {
        return spec(
                "nvidia.com/gpu",
                Map.of("a.example/b", "c"),
                Device.of("0", edits(0, 44L)),
                new Device("GPU-a", Map.of("d", "e"), edits(0, 44L)),
                Device.of("1", edits(1, 44L)),
                Device.of("GPU-b", edits(1, 44L)));
    }

    private static EngineFit.Reader reader(CdiVersion highest) {
        return new EngineFit.Reader("R" + highest.text(), highest, true);
    }

    private static Assembly fit(CdiSpec spec, EngineFit.Reader... readers) throws AssembleException {
        return EngineFit.fit(
                new Assembly(List.of(new Assembly.Part("", spec)), List.of(EARLIER)),
                new LinkedHashSet<>(List.of(readers)));
    }

    private static List<String> names(Assembly assembly) {
        return assembly.specs().get(0).spec().devices().stream()
                .map(Device::name)
                .toList();
    }

    private static List<String> losses(Assembly assembly) {
        assertThat(assembly.notices().get(0)).isEqualTo(EARLIER);
        List<Notice> losses = assembly.notices().subList(1, assembly.notices().size());
        assertThat(losses)
                .allMatch(loss ->
                        loss.level() == Notice.Level.WARNING && !loss.hint().isEmpty());
        return losses.stream().map(Notice::what).toList();
    }

    @Test
    void nobodyAskedForOrAllIsKnown() throws AssembleException {
        assertThat(fit(rich()).specs().get(0).spec()).isEqualTo(rich());
        Assembly known = fit(rich(), reader(CdiVersion.V0_7_0), reader(CdiVersion.V1_1_0));
        assertThat(known.specs().get(0).spec()).isEqualTo(rich().withCdiVersion("0.7.0"));
        assertThat(losses(known)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    0.6.0 | 0.6.0 | 0 GPU-a 1 GPU-b | groups 44, 109
                    0.5.0 | 0.5.0 | 0 GPU-a 1 GPU-b | groups 44, 109; annotations a.example/b, d
                    0.4.0 | 0.3.0 | GPU-a GPU-b     | groups 44, 109; names 0, 1; annotations a.example/b, d
                    0.3.0 | 0.3.0 | GPU-a GPU-b     | groups 44, 109; names 0, 1; annotations a.example/b, d
                    """)
    void whatCanBeMissedGoes(String highest, String written, String names, String lost) throws AssembleException {
        Assembly fitted = fit(
                rich(),
                reader(CdiVersion.V1_1_0),
                reader(CdiVersion.parse(highest).orElseThrow()));
        CdiSpec spec = fitted.specs().get(0).spec();
        assertThat(spec.cdiVersion()).isEqualTo(written);
        assertThat(names(fitted)).containsExactly(names.split(" "));
        assertThat(losses(fitted))
                .map(loss ->
                        loss.replaceFirst("left out: the (supplementary )?", "").replaceFirst("; .*", ""))
                .containsExactlyElementsOf(Arrays.asList(lost.split("; ")));
        assertThat(losses(fitted)).allMatch(loss -> loss.endsWith("R" + highest + " reads up to CDI " + highest));
        assertThat(spec.containerEdits().env())
                .isEqualTo(rich().containerEdits().env());
    }

    @Test
    void everyReaderThatIsTooOldIsNamed() throws AssembleException {
        assertThat(losses(fit(rich(), reader(CdiVersion.V0_6_0), reader(CdiVersion.V1_0_0), reader(CdiVersion.V0_5_0)))
                        .get(0))
                .endsWith("; R0.6.0 reads up to CDI 0.6.0, R0.5.0 reads up to CDI 0.5.0");
    }

    @Test
    void theOnlyNameOfADeviceStays() {
        CdiSpec spec = spec(
                "nvidia.com/gpu",
                Map.of(),
                Device.of("0", edits(0)),
                Device.of("GPU-a", edits(0)),
                Device.of("1", edits(1)));
        assertThatThrownBy(() -> fit(spec, reader(CdiVersion.V0_4_0)))
                .isInstanceOfSatisfying(AssembleException.class, e -> {
                    assertThat(e.reason()).isEqualTo(AssembleException.Reason.UNFIT);
                    assertThat(e)
                            .hasMessage("the spec needs CDI 0.5.0 for the name 1, which cannot be left out;"
                                    + " R0.4.0 reads up to CDI 0.4.0");
                    assertThat(e.hint()).contains("--device-name-strategy");
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    nvidia.com/gpu.x | ''        | ''   | 0.5.0 | 0.6.0 | the dot in the class of nvidia.com/gpu.x
                    nvidia.com/gpu   | /dev/real | ''   | 0.4.0 | 0.5.0 | device nodes whose path on the host is another
                    nvidia.com/gpu   | ''        | bind | 0.3.0 | 0.4.0 | mounts with a type
                    nvidia.com/gpu.x | /dev/real | bind | 0.3.0 | 0.6.0 | the dot in the class of nvidia.com/gpu.x, \
                    device nodes whose path on the host is another, mounts with a type
                    """)
    void whatCannotBeMissedEndsTheRun(
            String kind, String nodeHostPath, String mountType, String highest, String needed, String why) {
        ContainerEdits edits = ContainerEdits.builder()
                .deviceNode(node("/dev/x", nodeHostPath))
                .mount(new Mount("/a", "/b", List.of(), mountType))
                .build();
        CdiSpec spec = spec(kind, Map.of("a", "b"), Device.of("x", edits));
        assertThatThrownBy(() -> fit(spec, reader(CdiVersion.parse(highest).orElseThrow())))
                .isInstanceOf(AssembleException.class)
                .hasMessage("the spec needs CDI " + needed + " for " + why + ", which cannot be left out; R" + highest
                        + " reads up to CDI " + highest);
    }

    private static final EngineFit.Reader HOOKLESS = new EngineFit.Reader("Deaf 1.0", CdiVersion.V1_1_0, false);

    @ParameterizedTest
    @CsvSource({
        "AUTO, true, AUTO",
        "AUTO, false, NONE",
        "NVIDIA, true, NVIDIA",
        "NVIDIA, false, NVIDIA",
        "NONE, true, NONE",
        "NONE, false, NONE"
    })
    void whoRunsNoHooksGetsNoneUnlessTheyAreAskedFor(HooksPolicy wanted, boolean runsHooks, HooksPolicy given) {
        Set<EngineFit.Reader> readers =
                Set.of(reader(CdiVersion.V0_6_0), new EngineFit.Reader("other", CdiVersion.V1_1_0, runsHooks));
        assertThat(EngineFit.options(AssembleOptions.DEFAULT.withHooks(wanted), readers))
                .isEqualTo(AssembleOptions.DEFAULT.withHooks(given));
        assertThat(EngineFit.options(AssembleOptions.DEFAULT, Set.of())).isEqualTo(AssembleOptions.DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void hooksAreNeverWrittenForWhoRunsNone(boolean common) throws AssembleException {
        ContainerEdits hook = ContainerEdits.builder()
                .hook(new Hook("createContainer", "/usr/bin/x", List.of(), List.of(), OptionalLong.empty()))
                .build();
        CdiSpec spec = new CdiSpec(
                "0.5.0",
                "nvidia.com/gpu",
                Map.of(),
                List.of(Device.of("0", common ? edits(0) : hook)),
                common ? hook : ContainerEdits.EMPTY);
        assertThat(fit(spec, reader(CdiVersion.V1_1_0)).specs().get(0).spec().devices())
                .isEqualTo(spec.devices());
        assertThatThrownBy(() -> fit(spec, reader(CdiVersion.V1_1_0), HOOKLESS))
                .isInstanceOfSatisfying(AssembleException.class, e -> {
                    assertThat(e.reason()).isEqualTo(AssembleException.Reason.UNFIT);
                    assertThat(e).hasMessage("Deaf 1.0 runs no hooks, and hooks are asked for");
                    assertThat(e.hint()).contains("--enable-hook");
                });
    }

    @Test
    void thatTheSpecIsWithoutHooksIsSaid() throws AssembleException {
        assertThat(fit(rich(), HOOKLESS).notices())
                .containsExactly(
                        EARLIER,
                        new Notice(
                                Notice.Level.INFO, "Deaf 1.0 runs no hooks: the spec needs none (--hooks=none)", ""));
    }

    @Test
    void whatIsNotThereIsNoLoss() throws AssembleException {
        CdiSpec bare = new CdiSpec(
                "1.0.0",
                "nvidia.com/gpu",
                Map.of(),
                List.of(Device.of("GPU-a", edits(0)), Device.of("b", edits(1))),
                ContainerEdits.EMPTY);
        Assembly fitted = fit(bare, reader(CdiVersion.V0_3_0));
        assertThat(fitted.specs().get(0).spec()).isEqualTo(bare.withCdiVersion("0.3.0"));
        assertThat(losses(fitted)).isEmpty();
    }

    @Test
    void whoReadsJustEnoughIsNotBlamedNorIsWhatItReads() {
        ContainerEdits moved =
                ContainerEdits.builder().deviceNode(node("/dev/x", "/dev/y")).build();
        CdiSpec dotted = spec("nvidia.com/gpu.x", Map.of(), Device.of("0", moved));
        assertThatThrownBy(() -> fit(dotted, reader(CdiVersion.V0_5_0), reader(CdiVersion.V0_6_0)))
                .isInstanceOfSatisfying(
                        AssembleException.class, e -> assertThat(e.hint()).startsWith("name devices by uuid too"))
                .hasMessage("the spec needs CDI 0.6.0 for the dot in the class of nvidia.com/gpu.x, which cannot be"
                        + " left out; R0.5.0 reads up to CDI 0.5.0");

        CdiSpec plain = spec(
                "nvidia.com/gpu",
                Map.of(),
                Device.of(
                        "x",
                        ContainerEdits.builder()
                                .deviceNode(node("/dev/x", "/dev/y"))
                                .mount(new Mount("/a", "/b", List.of(), ""))
                                .build()));
        assertThatThrownBy(() -> fit(plain, reader(CdiVersion.V0_3_0)))
                .isInstanceOfSatisfying(
                        AssembleException.class,
                        e -> assertThat(e.hint()).isEqualTo("leave this engine out, or use a newer one"))
                .hasMessage("the spec needs CDI 0.5.0 for device nodes whose path on the host is another, which cannot"
                        + " be left out; R0.3.0 reads up to CDI 0.3.0");
    }

    /** The promise: whatever library is asked for loads what is written for it. */
    @ParameterizedTest
    @EnumSource(LibraryRelease.class)
    void whatIsWrittenForALibraryIsLoadedByIt(LibraryRelease library) throws AssembleException {
        CdiSpec spec = fit(rich(), reader(library.highest())).specs().get(0).spec();
        assertThat(SpecValidator.verdict(SpecReader.read(SpecWriter.yaml(spec), SpecReader.Format.YAML), library))
                .isEqualTo(Verdict.ACCEPTED);
    }
}
