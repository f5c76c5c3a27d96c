package io.github.gpucdi.report;

import io.github.gpucdi.host.CharNode;
import io.github.gpucdi.host.CsvFacts;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.Mode;
import io.github.gpucdi.host.SectionKey;
import io.github.gpucdi.host.SideDevices;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a host has beside the GPUs that NVML knows.
 *
 * @param mode the mode that offers it
 * @param nodes its device nodes, never empty
 */
public record Beside(Mode mode, List<CharNode> nodes) {
    public Beside {
        nodes = List.copyOf(nodes);
    }

    /** That of all modes that found something. */
    public static List<Beside> of(HostSnapshot snapshot) {
        List<Beside> all = new ArrayList<>();
        for (Mode mode : Mode.values()) {
            List<CharNode> nodes = nodes(mode, snapshot).orElse(List.of());
            if (!nodes.isEmpty()) {
                all.add(new Beside(mode, nodes));
            }
        }
        return all;
    }

    private static Optional<List<CharNode>> nodes(Mode mode, HostSnapshot snapshot) {
        return switch (mode) {
            case WSL ->
                snapshot.get(SectionKey.WSL).data().map(facts -> facts.device().nodes());
            case CSV -> snapshot.get(SectionKey.CSV).data().map(CsvFacts::nodes);
            default -> mode.side().flatMap(key -> snapshot.get(key).data()).map(SideDevices::nodes);
        };
    }
}
