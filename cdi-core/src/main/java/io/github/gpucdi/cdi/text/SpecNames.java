package io.github.gpucdi.cdi.text;

import java.util.List;

/** What a spec file defines, as far as names go. */
public sealed interface SpecNames {

    /**
     * Names as an engine sees them, that is after turning unquoted numbers and booleans into text.
     *
     * @param kind {@code vendor/class}, not checked
     * @param devices device names in the order of the file, not checked
     */
    record Found(String kind, List<String> devices) implements SpecNames {
        public Found {
            devices = List.copyOf(devices);
        }
    }

    /**
     * No engine can load the file.
     *
     * @param reason one line
     */
    record Unreadable(String reason) implements SpecNames {}

    /** Largest file that is read, in bytes. */
    int MAX_BYTES = 16 * 1024 * 1024;

    /**
     * Reads the names in the bytes of a {@code .yaml} or {@code .json} file; engines read both as YAML. Only the first
     * document counts. Bounded in time and memory for any input, and never throws.
     */
    static SpecNames in(byte[] file) {
        return NameReader.read(file);
    }
}
