package io.github.gpucdi.command;

import io.github.gpucdi.assemble.AssembleException;
import io.github.gpucdi.assemble.DriverHealth;
import io.github.gpucdi.assemble.EngineFit;
import io.github.gpucdi.assemble.EngineTarget;
import io.github.gpucdi.assemble.Notice;
import io.github.gpucdi.cdi.spec.CdiVersion;
import io.github.gpucdi.host.EngineProgram;
import io.github.gpucdi.host.Engines;
import io.github.gpucdi.host.HostSnapshot;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;

/** Who a spec is for, from {@code --engine} and {@code --cdi-version}. */
final class SpecReaders {
    private static final String AUTO = "auto";

    private final Set<EngineFit.Reader> named = new LinkedHashSet<>();
    private final boolean auto;

    /** Checks the options: a bad value is the user's mistake. */
    SpecReaders(SpecOptions options) {
        auto = options.engines.contains(AUTO);
        for (String word : options.engines) {
            if (!word.equals(AUTO)) {
                named.add(EngineFit.Reader.of(EngineWord.release("--engine", word)));
            }
        }
        options.cdiVersion
                .map(SpecReaders::version)
                .ifPresent(version -> named.add(new EngineFit.Reader("--cdi-version", version, true)));
    }

    /** Whether the engines of the host are asked for. */
    boolean areAsked() {
        return auto;
    }

    /** Those named, and those of the host if they are asked for; which of those do not count is said. */
    EngineTarget of(HostSnapshot snapshot, Console console) throws AssembleException {
        if (!auto) {
            return EngineTarget.ANY.and(named);
        }
        List<EngineProgram> programs = DriverHealth.required(snapshot.engines(), "engines")
                .data()
                .map(Engines::engines)
                .orElse(List.of());
        if (programs.isEmpty()) {
            console.warning("--engine=auto found no container engine: nothing is left out", "name the engine to come");
        }
        EngineTarget target = EngineTarget.of(programs).and(named);
        for (Notice remark : target.remarks()) {
            if (remark.level() == Notice.Level.WARNING) {
                console.warning(remark.what(), remark.hint());
            } else {
                console.info(remark.what());
            }
        }
        return target;
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
