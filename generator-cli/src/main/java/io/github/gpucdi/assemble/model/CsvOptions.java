package io.github.gpucdi.assemble.model;

import java.util.List;
import java.util.Optional;

/**
 * What the user asked of a spec made from CSV files.
 *
 * @param ignorePatterns which links are left out: a shell's patterns of their paths, or of their names where they begin with
 *     <code>**</code>{@code /}
 * @param compatContainerRoot where images for Orin have the libraries of newer CUDA releases, empty for the default
 */
public record CsvOptions(List<String> ignorePatterns, Optional<String> compatContainerRoot) {
    /** Nothing asked. */
    public static final CsvOptions NONE = new CsvOptions(List.of(), Optional.empty());

    public CsvOptions {
        ignorePatterns = List.copyOf(ignorePatterns);
    }
}
