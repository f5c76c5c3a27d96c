package io.github.gpucdi.assemble.inject;

import io.github.gpucdi.host.CsvLink;
import io.github.gpucdi.host.FoundFile;
import io.github.gpucdi.host.Library;
import java.util.List;

/**
 * What containers on a Tegra system get besides device nodes.
 *
 * @param mounted directories, and a file
 * @param libraries files, some of which are libraries
 * @param links names that lead to files
 */
public record CsvFiles(List<FoundFile> mounted, List<Library> libraries, List<CsvLink> links) {
    public CsvFiles {
        mounted = List.copyOf(mounted);
        libraries = List.copyOf(libraries);
        links = List.copyOf(links);
    }
}
