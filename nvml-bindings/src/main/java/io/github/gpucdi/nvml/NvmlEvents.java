package io.github.gpucdi.nvml;

import io.github.gpucdi.nvml.NvmlEvent.Kind;
import java.time.Duration;
import java.util.Optional;

/**
 * Waits for what GPUs tell of by themselves; as long as it does its session is open, and the kernel's module in use. To be closed
 * before its session.
 */
public final class NvmlEvents implements AutoCloseable {
    private final NvmlCalls calls;
    private final long set;

    NvmlEvents(NvmlCalls calls) {
        this.calls = calls;
        this.set = calls.requireHandle(NvmlFunction.EVENT_SET_CREATE);
    }

    /**
     * Has a GPU tell of all kinds of events that it can tell of; MIG devices cannot.
     *
     * @return whether it can tell of any
     * @throws NvmlException if it refuses what it said it can
     */
    public boolean register(Gpu gpu) {
        long wanted = 0;
        for (Kind kind : Kind.values()) {
            wanted |= kind.mask();
        }
        long mask = calls.u64(NvmlFunction.DEVICE_GET_SUPPORTED_EVENT_TYPES, gpu.handle())
                        .orElse(0)
                & wanted;
        if (mask != 0) {
            calls.require(NvmlFunction.DEVICE_REGISTER_EVENTS, gpu.handle(), mask, set);
        }
        return mask != 0;
    }

    /**
     * Waits for the next event.
     *
     * @param limit how long, in whole milliseconds
     * @return empty if none came in time, or one of another kind
     * @throws NvmlException for any other answer
     */
    public Optional<NvmlEvent> await(Duration limit) {
        byte[] event = Structs.EVENT_DATA.allocate();
        if (!calls.awaited(NvmlFunction.EVENT_SET_WAIT, set, event, (int) limit.toMillis())) {
            return Optional.empty();
        }
        long type = Structs.EVENT_DATA.u64(event, "eventType");
        for (Kind kind : Kind.values()) {
            if ((type & kind.mask()) != 0) {
                return Optional.of(new NvmlEvent(kind, Structs.EVENT_DATA.u64(event, "eventData")));
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        calls.call(NvmlFunction.EVENT_SET_FREE, set);
    }
}
