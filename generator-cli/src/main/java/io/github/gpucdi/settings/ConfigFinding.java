package io.github.gpucdi.settings;

import io.github.gpucdi.cdi.spec.Position;
import java.util.Optional;

/**
 * Something wrong with a configuration file.
 *
 * @param file its path
 * @param position the place in it; empty if it cannot be had at all
 * @param what one line
 * @param howToMend one line
 */
public record ConfigFinding(String file, Optional<Position> position, String what, String howToMend) {
    /** As compilers say it, which editors make links of. */
    public String line() {
        return position.map(at -> file + ":" + at.line() + ":" + at.column() + ": " + what)
                .orElse("cannot read " + file + ": " + what);
    }
}
