package io.github.gpucdi.host;

import java.util.Optional;

/**
 * A file of a spec directory.
 *
 * @param name its name there
 * @param problem why its content is not here
 * @param closedAt what on the way to it, itself included, an ordinary user may not pass or read
 * @param content what it holds; empty exactly if there is a problem
 */
public record CdiFile(String name, Optional<String> problem, Optional<String> closedAt, Optional<FileContent> content) {
    /** The problem of a file that a snapshot has no room for. */
    public static final String TOO_LARGE = "too large to record";
}
