package io.github.gpucdi.host;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A file of a spec directory.
 *
 * @param name its name there
 * @param problem why its content is not here
 * @param closedAt what on the way to it, itself included, an ordinary user may not pass or read
 * @param modified when it was written last ({@code mtime}), in seconds since 1970; empty if there is no content
 * @param content what it holds; empty exactly if there is a problem
 */
public record CdiFile(
        String name,
        Optional<String> problem,
        Optional<String> closedAt,
        OptionalLong modified,
        Optional<FileContent> content) {

    /** The problem of a file that a snapshot has no room for. */
    public static final String TOO_LARGE = "too large to record";

    /** One whose content could not be had. */
    public static CdiFile unread(String name, String problem, Optional<String> closedAt) {
        return new CdiFile(name, Optional.of(problem), closedAt, OptionalLong.empty(), Optional.empty());
    }
}
