package io.github.gpucdi.host;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /** The device nodes that the files name, each once. */
    public List<CharNode> nodes() {
        Map<String, CharNode> nodes = new LinkedHashMap<>();
        for (CsvFile file : files) {
            for (CsvEntry entry : file.entries()) {
                for (CharNode node : entry.nodes()) {
                    nodes.put(node.path(), node);
                }
            }
        }
        return new ArrayList<>(nodes.values());
    }
}
