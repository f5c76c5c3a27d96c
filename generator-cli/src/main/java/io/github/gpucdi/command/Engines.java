package io.github.gpucdi.command;

import io.github.gpucdi.cdi.engine.EngineLookup;
import io.github.gpucdi.cdi.engine.EngineRelease;
import io.github.gpucdi.cdi.engine.EngineTable;

/** Engine releases as users name them. */
final class Engines {
    private Engines() {}

    /** The release that {@code nameAndVersion} names; anything else is the user's mistake. */
    static EngineRelease named(String nameAndVersion) {
        EngineLookup found = EngineTable.lookUp(nameAndVersion);
        if (found instanceof EngineLookup.Found known) {
            return known.release();
        }
        String reason = ((EngineLookup.Unknown) found).reason();
        throw CommandFailure.usage("--as " + nameAndVersion + ": " + reason, "for example podman-4.3.1, library-1.0.1");
    }
}
