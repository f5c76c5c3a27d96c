package io.github.gpucdi.generate;

import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.probe.HostProbe;
import io.github.gpucdi.probe.ProbeRequest;

/** Where a run has its facts from. */
public sealed interface FactSource {
    /** The facts; of the machine, as they are now. */
    HostSnapshot snapshot();

    /**
     * This machine, or one whose root directory is below another.
     *
     * @param request what is looked at
     */
    record Machine(ProbeRequest request) implements FactSource {
        @Override
        public HostSnapshot snapshot() {
            return HostProbe.probe(request);
        }
    }

    /**
     * That machine as it was a moment ago.
     *
     * @param snapshot what was seen
     */
    record Seen(HostSnapshot snapshot) implements FactSource {}

    /**
     * A machine that was looked at before, by whatever wrote this.
     *
     * @param snapshot what was seen
     * @param simulated whether it is shipped with the program: there is no such machine
     */
    record Recorded(HostSnapshot snapshot, boolean simulated) implements FactSource {}
}
