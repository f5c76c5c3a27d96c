package io.github.gpucdi.host;

import java.util.List;
import java.util.Optional;

/**
 * What CSV files say that containers on a Tegra system need, and what of it there is.
 *
 * @param tegra what says that this is a Tegra system: the path of the first such file, below the driver root; empty if
 *     nothing does
 * @param release {@code /etc/nv_tegra_release} of the driver root, if it is there
 * @param files in the order that they count
 */
public record CsvFacts(Optional<String> tegra, Optional<FoundFile> release, List<CsvFile> files) {

    public CsvFacts {
        files = List.copyOf(files);
    }
}
