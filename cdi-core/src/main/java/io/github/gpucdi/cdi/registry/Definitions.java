package io.github.gpucdi.cdi.registry;

import io.github.gpucdi.cdi.registry.DeviceEntry.State;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All definitions of one device, in order of priority. */
final class Definitions {
    private record Definition(RegisteredDevice device, int priority) {}

    private final List<Definition> all = new ArrayList<>();
    private boolean conflict;

    void add(RegisteredDevice device, int priority) {
        conflict |= !all.isEmpty() && last().priority() == priority;
        all.add(new Definition(device, priority));
    }

    private Definition last() {
        return all.get(all.size() - 1);
    }

    /** Whether two files of one directory define the device. */
    boolean conflict() {
        return conflict;
    }

    Optional<RegisteredDevice> effective() {
        return conflict ? Optional.empty() : Optional.of(last().device());
    }

    void entries(boolean blocked, List<DeviceEntry> entries) {
        for (Definition definition : all) {
            List<Path> others = new ArrayList<>();
            State state = state(definition, others);
            if (blocked && state == State.AVAILABLE) {
                state = State.BLOCKED;
            }
            RegisteredDevice device = definition.device();
            entries.add(new DeviceEntry(device.name(), device.file(), state, others));
        }
    }

    private State state(Definition definition, List<Path> others) {
        for (Definition other : all) {
            if (other != definition && other.priority() == definition.priority()) {
                others.add(other.device().file());
            }
        }
        if (!others.isEmpty()) {
            return State.CONFLICTING;
        }
        if (conflict) {
            for (Definition other : all) {
                if (isConflicting(other)) {
                    others.add(other.device().file());
                }
            }
            return State.DROPPED;
        }
        if (definition == last()) {
            return State.AVAILABLE;
        }
        others.add(last().device().file());
        return State.SHADOWED;
    }

    private boolean isConflicting(Definition definition) {
        for (Definition other : all) {
            if (other != definition && other.priority() == definition.priority()) {
                return true;
            }
        }
        return false;
    }
}
