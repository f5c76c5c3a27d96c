package io.github.gpucdi.cdi.inject;

import java.util.Map;
import java.util.Optional;

/** The device nodes of a host. */
@FunctionalInterface
public interface HostNodes {
    /** What stands at {@code path}, whose last link is not followed; nothing if that cannot be found out. */
    Optional<HostNode> at(String path);

    /** The nodes of this machine, looked up at each call. */
    static HostNodes ofMachine() {
        return MachineNodes::at;
    }

    /** The nodes given, by path. */
    static HostNodes of(Map<String, HostNode> nodes) {
        Map<String, HostNode> copy = Map.copyOf(nodes);
        return path -> Optional.ofNullable(copy.get(path));
    }
}
