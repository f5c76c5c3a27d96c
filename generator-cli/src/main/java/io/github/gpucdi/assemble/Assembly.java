package io.github.gpucdi.assemble;

import io.github.gpucdi.assemble.model.Notice;
import io.github.gpucdi.cdi.spec.CdiSpec;
import java.util.List;

/**
 * The specs of one run, and what is to be said about them.
 *
 * @param specs never empty, the main one first
 * @param notices in order
 */
public record Assembly(List<Part> specs, List<Notice> notices) {

    /** Infix of the spec of GPUs whose memory is coherent with the processor's. */
    public static final String COHERENT = ".coherent";

    /** Infix of the spec of the other GPUs. */
    public static final String NONCOHERENT = ".noncoherent";

    /** What the further specs of a run can be called by. */
    public static final List<String> INFIXES = List.of(COHERENT, NONCOHERENT);

    /**
     * One spec and where it goes.
     *
     * @param infix what is put before the file name's extension, such as {@code .coherent}; empty for the main spec
     * @param spec the spec, with the lowest version that its content allows
     */
    public record Part(String infix, CdiSpec spec) {}

    public Assembly {
        specs = List.copyOf(specs);
        notices = List.copyOf(notices);
    }
}
