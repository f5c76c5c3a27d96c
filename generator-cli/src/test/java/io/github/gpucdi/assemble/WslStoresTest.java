package io.github.gpucdi.assemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.gpucdi.assemble.model.AssembleException;
import io.github.gpucdi.assemble.model.AssembleOptions;
import io.github.gpucdi.assemble.model.HooksPolicy;
import io.github.gpucdi.assemble.model.Notice;
import io.github.gpucdi.cdi.spec.Mount;
import io.github.gpucdi.host.DriverFiles;
import io.github.gpucdi.host.FailedLookup;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.Mode;
import io.github.gpucdi.host.Section;
import io.github.gpucdi.host.SectionKey;
import io.github.gpucdi.host.WslFacts;
import io.github.gpucdi.host.WslStore;
import io.github.gpucdi.testhost.GoldenHost;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which of several driver stores a spec has, and which is first. */
class WslStoresTest {
    private static final String CUDA = "/usr/lib/wsl/drivers/nv_dispsi.inf_amd64_3333cccc4444dddd";
    private static final AssembleOptions HOOK_FREE = AssembleOptions.DEFAULT.withHooks(HooksPolicy.NONE);

    private static HostSnapshot host() {
        return new GoldenHost(Path.of("src/test/resources/hosts/wsl2-stores")).snapshot();
    }

    private static HostSnapshot with(List<WslStore> stores) {
        HostSnapshot host = host();
        WslFacts facts = host.get(SectionKey.WSL).data().orElseThrow();
        return host.with(
                SectionKey.WSL,
                Section.of(new WslFacts(facts.library(), facts.failure(), facts.adapters(), stores, facts.device())));
    }

    private static WslStore unreadable() {
        return new WslStore(
                "/secret",
                new DriverFiles(
                        List.of("/secret"),
                        List.of(),
                        List.of(),
                        List.of(new FailedLookup("secret", "/secret", FailedLookup.Reason.UNREADABLE))));
    }

    @Test
    void theFirstWithCudaComesFirst() throws AssembleException {
        Assembly assembly = SpecAssembler.assemble(Mode.WSL, host(), HOOK_FREE);
        List<Mount> mounts = assembly.specs().get(0).spec().containerEdits().mounts();
        for (String path : List.of("/usr/bin/nvidia-smi", "/usr/lib64/libnvidia-ml.so.1")) {
            assertThat(mounts)
                    .filteredOn(mount -> mount.containerPath().equals(path))
                    .singleElement()
                    .satisfies(mount -> assertThat(mount.hostPath()).startsWith(CUDA + "/"));
        }
        assertThat(assembly.notices())
                .filteredOn(notice -> notice.level() == Notice.Level.INFO)
                .extracting(Notice::what)
                .contains("3 driver stores are NVIDIA's: programs find the files of " + CUDA + " first");
    }

    @Test
    void aStoreThatCannotBeReadIsAWarningBesideAnother() throws AssembleException {
        WslStore readable =
                host().get(SectionKey.WSL).data().orElseThrow().stores().get(1);
        assertThat(SpecAssembler.assemble(Mode.WSL, with(List.of(unreadable(), readable)), HOOK_FREE)
                        .notices())
                .filteredOn(notice -> notice.level() == Notice.Level.WARNING)
                .extracting(Notice::what)
                .containsExactly("driver store /secret cannot be read");
    }

    @Test
    void aStoreThatCannotBeReadIsNoAnswerAlone() {
        assertThatExceptionOfType(AssembleException.class)
                .isThrownBy(() -> SpecAssembler.assemble(Mode.WSL, with(List.of(unreadable())), HOOK_FREE))
                .withMessage("driver store /secret cannot be read")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(AssembleException.Reason.NO_ANSWER));
    }
}
