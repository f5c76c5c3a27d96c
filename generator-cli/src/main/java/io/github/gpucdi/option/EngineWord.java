package io.github.gpucdi.option;

import io.github.gpucdi.cdi.engine.Engine;
import io.github.gpucdi.cdi.engine.EngineLookup;
import io.github.gpucdi.cdi.engine.EngineRelease;
import io.github.gpucdi.cdi.engine.EngineTable;
import io.github.gpucdi.cdi.engine.LibraryRelease;
import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.NearestMatch;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** An engine and version as the user writes them, such as {@code podman-4.3.1}. */
public final class EngineWord {
    private EngineWord() {}

    /** The table's row for {@code word}, given to {@code option}; an unknown engine or version is the user's mistake. */
    public static EngineRelease release(String option, String word) {
        EngineLookup lookup = EngineTable.lookUp(word);
        if (lookup instanceof EngineLookup.Unknown unknown) {
            throw CommandFailure.usage(
                    option + ": " + unknown.reason(),
                    "the releases are listed by: gpu-cdi validate --all-engines FILE" + suggestion(word));
        }
        return ((EngineLookup.Found) lookup).release();
    }

    /** A row for people. */
    public static String text(EngineRelease release) {
        String library = release.engine() == Engine.LIBRARY ? "" : ", with CDI library " + release.libraryVersion();
        return release.name() + library;
    }

    /** The word with the nearest engine's name, and that engine's newest release if the word has no version. */
    private static String suggestion(String word) {
        int digit = 0;
        while (digit < word.length() && (word.charAt(digit) < '0' || word.charAt(digit) > '9')) {
            digit++;
        }
        String name = word.substring(0, digit).toLowerCase(Locale.ROOT);
        String version = word.substring(digit);
        String engine = name.endsWith("-") ? name.substring(0, name.length() - 1) : name;
        Map<String, String> newest = newestReleases();
        return NearestMatch.of(engine, newest.keySet())
                .map(match -> match + "-" + (version.isEmpty() ? newest.get(match) : version))
                .filter(meant -> !meant.equalsIgnoreCase(word))
                .map(meant -> "; did you mean '" + meant + "'?")
                .orElse("");
    }

    private static Map<String, String> newestReleases() {
        Map<String, String> newest = new LinkedHashMap<>();
        for (EngineRelease release : EngineTable.releases()) {
            newest.put(release.engine().word(), release.first());
        }
        newest.put(Engine.LIBRARY.word(), LibraryRelease.NEWEST.text());
        return newest;
    }
}
