package io.github.gpucdi.host;

import java.util.List;

/**
 * A symbolic link that a CSV file names.
 *
 * @param path host path of the name; it may be no link at all, and then has no hops
 * @param hops it and the links after it, in the order met; those of directories on the way are not among them
 * @param target what the last one leads to, under the name that its text gives
 */
public record CsvLink(String path, List<Hop> hops, FoundFile target) {

    /**
     * A link on the way.
     *
     * @param path host path
     * @param text what it holds, as it is
     */
    public record Hop(String path, String text) {}

    public CsvLink {
        hops = List.copyOf(hops);
    }
}
