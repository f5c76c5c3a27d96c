package io.github.gpucdi.cdi.engine;

import java.util.Objects;

/** What the table says of an engine and version: see {@link EngineTable#lookUp}. */
public sealed interface EngineLookup {
    /**
     * The engine reads spec files.
     *
     * @param release the table's row for the version
     */
    record Found(EngineRelease release) implements EngineLookup {
        public Found {
            Objects.requireNonNull(release, "release");
        }
    }

    /**
     * The engine or the version cannot be judged.
     *
     * @param reason one line for an error message
     */
    record Unknown(String reason) implements EngineLookup {
        public Unknown {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
