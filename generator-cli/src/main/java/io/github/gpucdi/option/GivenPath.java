package io.github.gpucdi.option;

import io.github.gpucdi.terminal.CommandFailure;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Paths that the user gave; one that cannot be used is the user's mistake. */
public final class GivenPath {
    private GivenPath() {}

    /** {@code directory} as an absolute, normalised path; empty means the root. */
    public static String absolute(String option, String directory) {
        return directory.isEmpty() ? "/" : of(option, directory).toString();
    }

    /** {@code text} as an absolute, normalised path. */
    public static Path of(String option, String text) {
        requireNoControls(option, text);
        try {
            return Path.of(text).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw CommandFailure.usage(
                    "the path given to " + option + " cannot be used: " + e.getReason(),
                    "a name beyond ASCII needs a UTF-8 locale, such as LC_ALL=C.UTF-8");
        }
    }

    /** A path with a control character is the user's mistake: no spec can carry it. */
    static void requireNoControls(String option, String path) {
        for (int i = 0; i < path.length(); i++) {
            if (Character.isISOControl(path.charAt(i))) {
                throw CommandFailure.usage("the path given to " + option + " holds a control character", "rename it");
            }
        }
    }

    /** The parts of search paths, each absolute and normalised; an empty part counts for nothing. */
    static List<String> parts(String option, List<String> directories) {
        List<String> absolute = new ArrayList<>();
        for (String directory : directories) {
            for (String part : directory.split(":")) {
                if (!part.isEmpty()) {
                    absolute.add(absolute(option, part));
                }
            }
        }
        return absolute;
    }
}
