package io.github.gpucdi.generate;

import io.github.gpucdi.assemble.Assembly;
import io.github.gpucdi.assemble.model.AssembleOptions;
import io.github.gpucdi.host.Mode;
import io.github.gpucdi.host.SectionKey;
import java.util.ArrayList;
import java.util.List;

/**
 * Which specs are wanted.
 *
 * @param source the facts that they are made from
 * @param modes what is found, each once and of a kind of its own; never empty
 * @param options what they are to hold
 * @param targets whom they are for
 * @param strict whether an incomplete spec is none
 */
public record SpecRequest(
        FactSource source, List<Mode> modes, AssembleOptions options, Targets targets, boolean strict) {

    /**
     * A spec that a run of ours can have written.
     *
     * @param infix as {@link Assembly.Part#infix}
     * @param kind its kind
     */
    record Place(String infix, String kind) {}

    public SpecRequest {
        modes = List.copyOf(modes);
    }

    /** What is put before the extension of a mode's file: the first has the file that the user named. */
    String infix(Mode mode) {
        return mode == modes.get(0) ? "" : besides(mode);
    }

    /** The same where the mode is not the first. */
    static String besides(Mode mode) {
        return "-" + mode.word();
    }

    /** The specs of a mode whose main one has {@code infix}, that one first. */
    List<Place> places(Mode mode, String infix) {
        List<Place> places = new ArrayList<>(List.of(new Place(infix, options.kind(mode))));
        if (mode.sections().contains(SectionKey.NVML)) {
            for (String further : Assembly.INFIXES) {
                places.add(new Place(infix + further, options.kind(mode) + further));
            }
        }
        return places;
    }

    /** All specs that a run can write. */
    List<Place> places() {
        List<Place> places = new ArrayList<>();
        for (Mode mode : modes) {
            places.addAll(places(mode, infix(mode)));
        }
        return places;
    }

    /** The infixes of all files that a run can write. */
    public List<String> infixes() {
        List<String> infixes = new ArrayList<>();
        for (Place place : places()) {
            infixes.add(place.infix());
        }
        return infixes;
    }
}
