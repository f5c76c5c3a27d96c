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
 * @param passedOver names of other files there that engines do not read, sorted; without hidden ones and {@code *.off}
 */
public record CdiDirectory(
        String path,
        boolean present,
        boolean link,
        Optional<String> problem,
        Optional<String> closedAt,
        List<CdiFile> files,
        List<String> passedOver) {

    public CdiDirectory {
        files = List.copyOf(files);
        passedOver = List.copyOf(passedOver);
    }

    /** Without files that engines pass over. */
    public CdiDirectory(
            String path,
            boolean present,
            boolean link,
            Optional<String> problem,
            Optional<String> closedAt,
            List<CdiFile> files) {
        this(path, present, link, problem, closedAt, files, List.of());
    }
}
