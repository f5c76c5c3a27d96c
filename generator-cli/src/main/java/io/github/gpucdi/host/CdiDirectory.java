package io.github.gpucdi.host;

import java.util.List;
import java.util.Optional;

/**
 * A directory that engines look for CDI specs in.
 *
 * @param path the directory
 * @param present whether something has that name
 * @param link whether it is itself a symbolic link, which many engines do not follow
 * @param problem why its names could not be read, or not all
 * @param closedAt the first directory on the way that an ordinary user may not pass or list, this one included
 * @param files everything in it called {@code *.json} or {@code *.yaml} but directories, sorted by name
 */
public record CdiDirectory(
        String path,
        boolean present,
        boolean link,
        Optional<String> problem,
        Optional<String> closedAt,
        List<CdiFile> files) {

    public CdiDirectory {
        files = List.copyOf(files);
    }
}
