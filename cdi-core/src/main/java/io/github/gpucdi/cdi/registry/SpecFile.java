package io.github.gpucdi.cdi.registry;

import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.Finding;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A file of a spec directory.
 *
 * @param path its path
 * @param priority the place of its directory in the list, from 0; a later directory wins
 * @param spec what it defines, or nothing if the engine cannot load it
 * @param findings all that was found in it, judged as the engine's library
 */
public record SpecFile(Path path, int priority, Optional<CdiSpec> spec, List<Finding> findings) {
    public SpecFile {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(spec, "spec");
        findings = List.copyOf(Objects.requireNonNull(findings, "findings"));
    }

    /** The first error, which is why the file is not loaded. */
    public Optional<Finding> error() {
        return findings.stream()
                .filter(finding -> finding.severity() == Finding.Severity.ERROR)
                .findFirst();
    }
}
