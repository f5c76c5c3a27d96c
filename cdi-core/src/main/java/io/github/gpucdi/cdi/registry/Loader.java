package io.github.gpucdi.cdi.registry;

import io.github.gpucdi.cdi.engine.EngineRelease;
import io.github.gpucdi.cdi.engine.LibraryRelease;
import java.util.Objects;

/**
 * How an engine loads its spec directories.
 *
 * @param library the library that reads the files
 * @param followsLinkedDirectories whether a spec directory that is itself a symbolic link is read
 * @param failsOnAnyError whether an error in one file makes every device unresolvable
 */
public record Loader(LibraryRelease library, boolean followsLinkedDirectories, boolean failsOnAnyError) {
    /** The newest release of the library, as most engines use it. */
    public static final Loader NEWEST = new Loader(LibraryRelease.NEWEST, false, false);

    public Loader {
        Objects.requireNonNull(library, "library");
    }

    /** As {@code engine} does, run by a user if {@code rootless}. */
    public static Loader of(EngineRelease engine, boolean rootless) {
        return new Loader(engine.library(), engine.followsLinkedDirectories(rootless), engine.failsOnAnyError());
    }

    /** Whether a listed path that is no directory, but called like a spec file, is read as one. */
    boolean readsListedFiles() {
        return !library.isAtLeast(LibraryRelease.AFTER_V1_1);
    }

    /** Whether one unreadable directory ends the scan, those after it included. */
    boolean stopsAtUnreadableDirectory() {
        return library.isAtLeast(LibraryRelease.AFTER_V1_1);
    }
}
