package io.github.gpucdi.command;

import io.github.gpucdi.assemble.AssembleException;
import io.github.gpucdi.assemble.DriverHealth;
import io.github.gpucdi.assemble.EngineFit;
import io.github.gpucdi.cdi.engine.EngineLookup;
import io.github.gpucdi.cdi.engine.EngineRelease;
import io.github.gpucdi.cdi.engine.EngineTable;
import io.github.gpucdi.cdi.spec.CdiVersion;
import io.github.gpucdi.host.EngineProgram;
import io.github.gpucdi.host.Engines;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.option.EngineWord;
import io.github.gpucdi.option.SpecOptions;
import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.Console;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;

/** Who a spec is for, from {@code --engine} and {@code --cdi-version}. */
final class SpecReaders {
    private static final String AUTO = "auto";

    private final List<EngineFit.Reader> named = new ArrayList<>();
    private final boolean auto;

    /** Checks the options: a bad value is the user's mistake. */
    SpecReaders(SpecOptions options) {
        auto = options.engines.contains(AUTO);
        for (String word : options.engines) {
            if (!word.equals(AUTO)) {
                named.add(reader(EngineWord.release("--engine", word)));
            }
        }
        options.cdiVersion
                .map(SpecReaders::version)
                .ifPresent(version -> named.add(new EngineFit.Reader("--cdi-version", version)));
    }

    /** Whether the engines of the host are asked for. */
    boolean areAsked() {
        return auto;
    }

    /** Those named, and those of the host if they are asked for; which ones those are is said. */
    Set<EngineFit.Reader> of(HostSnapshot snapshot, Console console) throws AssembleException {
        Set<EngineFit.Reader> readers = new LinkedHashSet<>(named);
        if (auto) {
            List<EngineProgram> programs = DriverHealth.required(snapshot.engines(), "engines")
                    .data()
                    .map(Engines::engines)
                    .orElse(List.of());
            readers.addAll(installed(programs, console));
        }
        return readers;
    }

    private static List<EngineFit.Reader> installed(List<EngineProgram> programs, Console console) {
        if (programs.isEmpty()) {
            console.warning("--engine=auto found no container engine: nothing is left out", "name the engine to come");
        }
        List<EngineFit.Reader> installed = new ArrayList<>();
        for (EngineProgram program : programs) {
            if (program.word().isEmpty()) {
                console.warning(
                        "--engine=auto: the version of " + program.path() + " is not known: "
                                + program.failure().orElseThrow().text(),
                        "name it: --engine=" + program.engine() + "-VERSION");
                continue;
            }
            String word = program.word().get();
            EngineLookup lookup = EngineTable.lookUp(word);
            if (lookup instanceof EngineLookup.Found found) {
                console.info("for " + word + ", as " + EngineWord.name(found.release()));
                installed.add(reader(found.release()));
            } else if (lookup instanceof EngineLookup.Unknown unknown) {
                console.info("not for " + word + ": " + unknown.reason());
            }
        }
        return installed;
    }

    private static EngineFit.Reader reader(EngineRelease release) {
        return new EngineFit.Reader(EngineWord.name(release), release.library().highest());
    }

    private static CdiVersion version(String word) {
        return CdiVersion.parse(word)
                .filter(version -> version.compareTo(CdiVersion.FLOOR) >= 0)
                .orElseThrow(() -> CommandFailure.usage("invalid value '" + word + "' for --cdi-version", allowed()));
    }

    private static String allowed() {
        StringJoiner allowed = new StringJoiner(", ", "allowed: ", "");
        for (CdiVersion version : CdiVersion.values()) {
            if (version.compareTo(CdiVersion.FLOOR) >= 0) {
                allowed.add(version.text());
            }
        }
        return allowed.toString();
    }
}
