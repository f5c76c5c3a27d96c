package io.github.gpucdi.fleet;

import java.util.List;

/**
 * Hosts that are alike.
 *
 * @param value what they have in common
 * @param nodes their names, in the order judged
 * @param <T> what it is
 */
public record Group<T>(T value, List<String> nodes) {
    public Group {
        nodes = List.copyOf(nodes);
    }
}
