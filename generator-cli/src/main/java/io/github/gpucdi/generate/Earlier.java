package io.github.gpucdi.generate;

import io.github.gpucdi.assemble.Assembly;
import io.github.gpucdi.host.Mode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Specs that earlier runs can have written and this one does not.
 *
 * @param stale further specs of a mode that has its main one now
 * @param left those of a mode that has none now
 */
record Earlier(List<SpecRequest.Place> stale, List<SpecRequest.Place> left) {
    static final Earlier NONE = new Earlier(List.of(), List.of());

    /** What a run that makes {@code specs} does not write. */
    static Earlier than(SpecRequest request, List<Assembly.Part> specs) {
        Set<String> written = new HashSet<>();
        for (Assembly.Part part : specs) {
            written.add(part.infix());
        }
        Earlier earlier = new Earlier(new ArrayList<>(), new ArrayList<>());
        earlier.add(request.places(request.modes().get(0), ""), written);
        for (Mode mode : Mode.values()) {
            earlier.add(request.places(mode, SpecRequest.besides(mode)), written);
        }
        return earlier;
    }

    private void add(List<SpecRequest.Place> ofMode, Set<String> written) {
        boolean made = written.contains(ofMode.get(0).infix());
        for (SpecRequest.Place place : ofMode) {
            if (!written.contains(place.infix())) {
                (made ? stale : left).add(place);
            }
        }
    }
}
