package io.github.gpucdi.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.assemble.model.AssembleException;
import io.github.gpucdi.assemble.model.HookName;
import io.github.gpucdi.assemble.model.HooksPolicy;
import io.github.gpucdi.assemble.model.Notice;
import io.github.gpucdi.cdi.spec.Hook;
import io.github.gpucdi.host.HookProgram;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.Mode;
import io.github.gpucdi.host.Section;
import io.github.gpucdi.host.SectionKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whether a spec names hooks, of which program, and what is said of it. */
class HookChoiceTest {
    private static final Wanted AUTO = Wanted.hooks(HooksPolicy.AUTO);
    private static final Wanted NVIDIA = Wanted.hooks(HooksPolicy.NVIDIA);
    private static final String NO_PROGRAM = "no nvidia-cdi-hook on this host: the spec needs no hooks (--hooks=none)";

    private static List<String> said(Assembly assembly, Notice.Level level) {
        return assembly.notices().stream()
                .filter(notice -> notice.level() == level)
                .map(Notice::what)
                .toList();
    }

    @Test
    void thatThereIsNoProgramIsSaidToWhomLeftItOpen() throws AssembleException {
        assertThat(said(DataHost.with(1).assemble(AUTO), Notice.Level.ON_WRITING))
                .hasSize(2)
                .startsWith(NO_PROGRAM);
        assertThat(said(DataHost.with(1).assemble(Wanted.hooks(HooksPolicy.NONE)), Notice.Level.ON_WRITING))
                .hasSize(1)
                .doesNotContain(NO_PROGRAM);
    }

    @Test
    void hooksThatAreAskedForWithoutAProgramAreWarnedOf() throws AssembleException {
        Assembly assembly = DataHost.with(1).assemble(NVIDIA);
        assertThat(assembly.specs().get(0).spec().containerEdits().hooks())
                .isNotEmpty()
                .extracting(Hook::path)
                .containsOnly("/usr/bin/nvidia-cdi-hook");
        assertThat(assembly.notices())
                .filteredOn(Notice::isIncomplete)
                .containsExactly(new Notice(
                        Notice.Level.WARNING,
                        "no usable nvidia-cdi-hook was found: the spec names /usr/bin/nvidia-cdi-hook",
                        "containers will not start without it: install it, or use --hooks=none"));
        assertThat(said(assembly, Notice.Level.ON_WRITING)).isEmpty();

        DataHost host = DataHost.with(1);
        host.foundHook = Optional.of("/usr/local/bin/nvidia-cdi-hook");
        assertThat(host.assemble(NVIDIA).notices()).noneMatch(Notice::isIncomplete);
    }

    @ParameterizedTest
    @EnumSource(HooksPolicy.class)
    void programsThatWereFoundAndNotTakenAreSaid(HooksPolicy hooks) throws AssembleException {
        List<String> rejected = List.of(
                "/usr/bin/nvidia-cdi-hook: not executable",
                "/usr/sbin/nvidia-cdi-hook: /usr is writable by others than its owner");
        HostSnapshot host = DataHost.with(1)
                .snapshot()
                .with(SectionKey.HOOK, Section.of(new HookProgram(Optional.empty(), rejected)));
        Assembly assembly =
                SpecAssembler.assemble(Mode.NVML, host, Wanted.hooks(hooks).options());
        assertThat(said(assembly, Notice.Level.INFO)).containsAll(rejected);
    }

    @Test
    void aProgramThatTheUserNamedNeedsNoLook() throws AssembleException {
        HostSnapshot host = DataHost.with(1).askedHook("/asked").snapshot().with(SectionKey.HOOK, Section.notProbed());
        for (Wanted wanted : List.of(AUTO, NVIDIA)) {
            assertThat(SpecAssembler.assemble(Mode.NVML, host, wanted.options())
                            .specs()
                            .get(0)
                            .spec()
                            .containerEdits()
                            .hooks())
                    .isNotEmpty()
                    .extracting(Hook::path)
                    .containsOnly("/asked");
        }
    }

    @Test
    void thatAllHooksAreOffIsSaidUnlessOneIsOn() throws AssembleException {
        DataHost host = DataHost.with(1);
        host.foundHook = Optional.of("/usr/bin/nvidia-cdi-hook");
        String allOff = "all hooks are off: with --hooks=none programs in containers would still find the driver";
        assertThat(said(host.assemble(NVIDIA.switches(true, Set.of(), Set.of())), Notice.Level.INFO))
                .contains(allOff);
        assertThat(said(
                        host.assemble(NVIDIA.switches(true, Set.of(), Set.of(HookName.UPDATE_LDCACHE))),
                        Notice.Level.INFO))
                .doesNotContain(allOff);
        assertThat(said(host.assemble(NVIDIA), Notice.Level.INFO)).doesNotContain(allOff);
    }
}
