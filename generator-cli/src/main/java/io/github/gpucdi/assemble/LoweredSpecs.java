package io.github.gpucdi.assemble;

import java.util.List;

/**
 * Specs that all their readers know.
 *
 * @param specs as they are written
 * @param losses what they do without
 */
record LoweredSpecs(List<Assembly.Part> specs, List<Loss> losses) {

    /**
     * Something that a reader does not know and that a spec does without.
     *
     * @param what such as {@code the annotations a.b/c}
     * @param why who does not know it
     * @param hint what it means in a container
     */
    record Loss(String what, String why, String hint) {}

    LoweredSpecs {
        specs = List.copyOf(specs);
        losses = List.copyOf(losses);
    }
}
