package io.github.gpucdi.option;

import io.github.gpucdi.cdi.engine.Engine;
import io.github.gpucdi.probe.EngineSearch;
import java.util.ArrayList;
import java.util.List;

/** The known engines as a probe looks for them. */
final class EngineSearches {
    private EngineSearches() {}

    /** Every engine that is a program, in the order looked for. */
    static List<EngineSearch> all() {
        List<EngineSearch> searches = new ArrayList<>();
        for (Engine engine : Engine.values()) {
            engine.program()
                    .ifPresent(program -> searches.add(new EngineSearch(
                            engine.word(),
                            program.file(),
                            program.names(),
                            engine.configuration().file(),
                            engine.configuration().dropIns())));
        }
        return List.copyOf(searches);
    }
}
