package io.github.gpucdi.watch;

import io.github.gpucdi.probe.HostState;
import io.github.gpucdi.probe.ProbeRequest;
import io.github.gpucdi.terminal.Console;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Has a process listen to NVML's events while a driver is loaded. Without one nothing is wrong: what changes is seen later. */
final class Listener {
    private final List<String> command;
    private final Duration limit;
    private final Console console;
    private final Consumer<Event> events;

    private Optional<Child> child = Optional.empty();
    /** What the driver's libraries were when it was started, which loads them once. */
    private Map<String, Object> loaded = Map.of();

    private long started;
    private boolean begun;
    private boolean listens;
    private int failures;
    private long nextTry;

    /**
     * @param command starts one; empty if nobody wants it
     * @param limit one that has no session after this time is killed
     */
    Listener(List<String> command, Duration limit, Console console, Consumer<Event> events) {
        this.command = command;
        this.limit = limit;
        this.console = console;
        this.events = events;
    }

    /** Starts or ends it, after a look at the host: its session keeps a driver that is to go. */
    void follow(HostState state, ProbeRequest host, long now) {
        if (command.isEmpty()) {
            return;
        }
        boolean driverLoaded = HostState.isDriverLoaded(host);
        if (!driverLoaded || !loaded.equals(state.driver())) {
            end();
            failures = 0;
        }
        if (child.isPresent() && !begun && now - started > limit.toNanos()) {
            lost("it gave no answer within " + limit.toSeconds() + " s", now);
        }
        if (child.isPresent() || !driverLoaded || failures > 0 && now - nextTry < 0) {
            return;
        }
        loaded = state.driver();
        started = now;
        begun = false;
        listens = false;
        try {
            child = Optional.of(Child.start(
                    command, (listener, line) -> new Event.Heard(listener, Listening.Line.of(line)), events));
        } catch (IOException e) {
            failed("cannot start " + command.get(0) + ": " + e.getMessage(), now);
        }
    }

    boolean is(Child speaking) {
        return child.isPresent() && child.get() == speaking;
    }

    /**
     * It has a session, or no longer one. What happened while there was none, or ended it, nobody has heard.
     *
     * @return whether one was held that listens to any GPU: without, all is as if nobody had been asked to listen
     */
    boolean hasTurned(Listening.Line line, long now) {
        if (line.what() == Listening.Line.What.FAILED) {
            boolean listened = listens;
            lost(line.toString(), now);
            return listened;
        }
        begun = true;
        listens = line.number() > 0;
        if (failures == 0 || listens) {
            console.info(line.toString());
        }
        return listens;
    }

    void lost(String why, long now) {
        end();
        // To have begun is not enough: NVML may let it register, and then answer each wait with an error.
        if (now - started > Schedule.LAST_RETRY.toNanos()) {
            failures = 0;
        }
        failed(why, now);
    }

    private void failed(String why, long now) {
        if (failures == 0) {
            console.warning(
                    "nobody listens to NVML's events: " + why, "it will be tried again; changes are seen all the same");
        }
        nextTry = now + Schedule.delay(failures);
        failures++;
    }

    void end() {
        child.ifPresent(Child::end);
        child = Optional.empty();
    }
}
