package io.github.gpucdi.host;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A graphics adapter of Windows, as libdxcore tells of it.
 *
 * @param wddm the version of its driver's model, 1000 * major + 100 * minor: 2700 is WDDM 2.7
 * @param store host path of the directory with its driver's files, empty if its driver is too old to have one here
 * @param failure why the rest is not known, one line for the user
 */
public record WslAdapter(OptionalInt wddm, Optional<String> store, Optional<String> failure) {
    /** Drivers of an older model have no files for Linux: WDDM 2.7. */
    public static final int MIN_WDDM = 2700;
}
