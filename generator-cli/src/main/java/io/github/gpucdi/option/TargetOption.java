package io.github.gpucdi.option;

import io.github.gpucdi.assemble.EngineFit;
import io.github.gpucdi.cdi.engine.EngineRelease;
import io.github.gpucdi.cdi.spec.CdiVersion;
import io.github.gpucdi.generate.Targets;
import io.github.gpucdi.generate.Targets.Installed;
import io.github.gpucdi.terminal.CommandFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/** Whom a spec is for, from {@code --engine} and {@code --cdi-version}. */
final class TargetOption {
    private static final String AUTO = "auto";
    private static final String ANY = "any";

    private TargetOption() {}

    /**
     * What the options mean; a bad value is the user's mistake.
     *
     * @param otherwise whom the spec is for if no option says it
     */
    static Targets of(SpecOptions options, Targets otherwise) {
        if (options.engines.value().contains(ANY) && options.engines.value().size() > 1) {
            throw CommandFailure.usage("--engine=any excludes other engines", "leave it out, or name it alone");
        }
        if (options.engines.value().isEmpty() && options.cdiVersion.value().isEmpty()) {
            return otherwise;
        }
        List<EngineFit.Reader> named = new ArrayList<>();
        for (String word : options.engines.value()) {
            Optional<EngineRelease> engine = engine(word);
            if (engine.isPresent()) {
                named.add(EngineFit.Reader.of(engine.get()));
            }
        }
        options.cdiVersion
                .value()
                .map(TargetOption::version)
                .ifPresent(version -> named.add(EngineFit.Reader.of(version)));
        Installed installed = options.engines.value().contains(AUTO) ? Installed.ASKED : Installed.IGNORED;
        return new Targets(named, installed);
    }

    /** The engine that a word given to {@code --engine} names; empty if it names none in particular. */
    static Optional<EngineRelease> engine(String word) {
        return word.equals(AUTO) || word.equals(ANY)
                ? Optional.empty()
                : Optional.of(EngineWord.release("--engine", word));
    }

    /** What a text given to {@code --cdi-version} means. */
    static CdiVersion version(String word) {
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
