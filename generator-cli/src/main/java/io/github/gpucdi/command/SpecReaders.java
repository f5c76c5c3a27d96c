package io.github.gpucdi.command;

import io.github.gpucdi.assemble.EngineFit;
import io.github.gpucdi.cdi.engine.EngineRelease;
import io.github.gpucdi.cdi.spec.CdiVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** Who a spec is for, from {@code --engine} and {@code --cdi-version}. */
final class SpecReaders {
    private SpecReaders() {}

    /** None if neither option is given; a bad value is the user's mistake. */
    static List<EngineFit.Reader> of(SpecOptions options) {
        List<EngineFit.Reader> readers = new ArrayList<>();
        for (String word : options.engines) {
            EngineRelease release = EngineWord.release("--engine", word);
            readers.add(new EngineFit.Reader(
                    EngineWord.name(release), release.library().highest()));
        }
        options.cdiVersion
                .map(SpecReaders::version)
                .ifPresent(version -> readers.add(new EngineFit.Reader("--cdi-version", version)));
        return readers;
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
