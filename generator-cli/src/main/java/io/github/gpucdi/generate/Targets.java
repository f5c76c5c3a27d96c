package io.github.gpucdi.generate;

import io.github.gpucdi.assemble.AssembleException;
import io.github.gpucdi.assemble.DriverHealth;
import io.github.gpucdi.assemble.EngineFit;
import io.github.gpucdi.assemble.Notice;
import io.github.gpucdi.cdi.engine.EngineLookup;
import io.github.gpucdi.cdi.engine.EngineRelease;
import io.github.gpucdi.cdi.engine.EngineTable;
import io.github.gpucdi.host.EngineProgram;
import io.github.gpucdi.host.Engines;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.SectionKey;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

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

    /** All of them; those of the host are told. */
    Set<EngineFit.Reader> readers(HostSnapshot snapshot, List<Notice> notices) throws AssembleException {
        Set<EngineFit.Reader> readers = new LinkedHashSet<>(named);
        if (readInstalled()) {
            List<EngineProgram> programs = DriverHealth.required(snapshot, SectionKey.ENGINES)
                    .data()
                    .map(Engines::engines)
                    .orElse(List.of());
            if (programs.isEmpty() && installed == Installed.ASKED) {
                notices.add(Notice.advice(
                        "--engine=auto found no container engine: nothing is left out", "name the engine to come"));
            }
            for (EngineProgram program : programs) {
                add(program, readers, notices);
            }
        }
        return readers;
    }

    private static void add(EngineProgram program, Set<EngineFit.Reader> readers, List<Notice> notices) {
        if (program.word().isEmpty()) {
            notices.add(Notice.advice(
                    "--engine=auto: the version of " + program.path() + " is not known: "
                            + program.failure().orElseThrow().text(),
                    "name it: --engine=" + program.engine() + "-VERSION"));
            return;
        }
        String word = program.word().get();
        EngineLookup lookup = EngineTable.lookUp(word);
        if (lookup instanceof EngineLookup.Found found) {
            notices.add(Notice.info("for " + word + ", as " + name(found.release())));
            readers.add(reader(found.release()));
        } else if (lookup instanceof EngineLookup.Unknown unknown) {
            notices.add(Notice.info("not for " + word + ": " + unknown.reason()));
        }
    }

    /** A release as a reader of specs. */
    public static EngineFit.Reader reader(EngineRelease release) {
        return new EngineFit.Reader(name(release), release.library().highest());
    }

    private static String name(EngineRelease release) {
        return release.label();
    }
}
