package io.github.gpucdi.report;

import io.github.gpucdi.host.CharNode;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.Mode;
import io.github.gpucdi.host.SideDevices;
import java.util.ArrayList;
import java.util.List;

/**
 * What a host has beside its GPUs.
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
            List<CharNode> nodes = mode.side()
                    .flatMap(key -> snapshot.get(key).data())
                    .map(SideDevices::nodes)
                    .orElse(List.of());
            if (!nodes.isEmpty()) {
                all.add(new Beside(mode, nodes));
            }
        }
        return all;
    }
}
