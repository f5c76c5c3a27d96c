package io.github.gpucdi.generate;

import io.github.gpucdi.assemble.EngineFit;
import io.github.gpucdi.assemble.EngineTarget;
import io.github.gpucdi.assemble.mode.DriverHealth;
import io.github.gpucdi.assemble.model.AssembleException;
import io.github.gpucdi.assemble.model.AssembleOptions;
import io.github.gpucdi.assemble.model.Notice;
import io.github.gpucdi.host.EngineProgram;
import io.github.gpucdi.host.Engines;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.SectionKey;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Whom a spec is for.
 *
 * @param named engines, libraries and versions that the user named
 * @param installed whether the engines of the host count besides
 */
public record Targets(List<EngineFit.Reader> named, Installed installed) {
    /** Any engine. */
    public static final Targets ANY = new Targets(List.of(), Installed.IGNORED);

    /** The engines of the host that a spec is written on, though nobody named them. */
    public static final Targets IMPLIED = new Targets(List.of(), Installed.IMPLIED);

    /** What the engines of the host are to a spec. */
    public enum Installed {
        IGNORED,
        /** The user wants it for them: that there is none is worth a word. */
        ASKED,
        /** The spec goes where they look. */
        IMPLIED
    }

    public Targets {
        named = List.copyOf(named);
    }

    /** Whether any engine is to read the spec, as opposed to those that are known. */
    boolean isAny() {
        return named.isEmpty() && !readInstalled();
    }

    /** Whether the engines of the host have to be known. */
    public boolean readInstalled() {
        return installed != Installed.IGNORED;
    }

    /**
     * All of them, as they let the options be; those of the host that do not count are told.
     *
     * @throws AssembleException if the engines of the host are to be known, and the snapshot does not tell
     */
    EngineTarget resolve(HostSnapshot snapshot, AssembleOptions wanted, List<Notice> notices) throws AssembleException {
        if (!readInstalled()) {
            return EngineTarget.ANY.and(new LinkedHashSet<>(named));
        }
        List<EngineProgram> programs = DriverHealth.required(snapshot, SectionKey.ENGINES)
                .data()
                .map(Engines::engines)
                .orElse(List.of());
        if (programs.isEmpty() && installed == Installed.ASKED) {
            notices.add(Notice.advice(
                    "--engine=auto found no container engine: nothing is left out", "name the engine to come"));
        }
        EngineTarget target = EngineTarget.of(programs).and(new LinkedHashSet<>(named));
        if (installed == Installed.IMPLIED) {
            target = target.yieldingTo(wanted);
        }
        notices.addAll(target.remarks());
        return target;
    }
}
