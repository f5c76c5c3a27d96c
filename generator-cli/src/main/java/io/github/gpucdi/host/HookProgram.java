package io.github.gpucdi.host;

import java.util.List;
import java.util.Optional;

/**
 * The hook program of the NVIDIA container toolkit.
 *
 * @param path the first usable one, an absolute host path
 * @param rejected those found and not usable, one line each
 */
public record HookProgram(Optional<String> path, List<String> rejected) {

    public HookProgram {
        rejected = List.copyOf(rejected);
    }
}
