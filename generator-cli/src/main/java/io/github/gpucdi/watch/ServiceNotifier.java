package io.github.gpucdi.watch;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;

/** What systemd wants to know of a service (sd_notify(3)); silent where there is none. */
public final class ServiceNotifier {
    private static final String SOCKET = "NOTIFY_SOCKET";
    private static final String WATCHDOG = "WATCHDOG_USEC";
    private static final String WATCHED = "WATCHDOG_PID";

    /** What it tells a service by: not for the service's children. */
    static final List<String> VARIABLES = List.of(SOCKET, WATCHDOG, WATCHED);

    private final Consumer<String> socket;
    private final Optional<Duration> watchdog;

    private ServiceNotifier(Consumer<String> socket, Optional<Duration> watchdog) {
        this.socket = socket;
        this.watchdog = watchdog;
    }

    /**
     * That of the process's environment.
     *
     * @param open opens its socket; called only if there is one
     */
    public static ServiceNotifier of(Map<String, String> environment, Function<String, Consumer<String>> open) {
        String socket = environment.getOrDefault(SOCKET, "");
        if (socket.isEmpty()) {
            return new ServiceNotifier(message -> {}, Optional.empty());
        }
        return new ServiceNotifier(open.apply(socket), watchdog(environment));
    }

    /** Twice as often as it must be, as sd_watchdog_enabled(3) advises. */
    private static Optional<Duration> watchdog(Map<String, String> environment) {
        String pid = environment.getOrDefault(WATCHED, "");
        boolean forUs = pid.isEmpty()
                || pid.equals(Long.toString(ProcessHandle.current().pid()));
        try {
            long micros = Long.parseLong(environment.getOrDefault(WATCHDOG, "0"));
            return forUs && micros > 0 ? Optional.of(Duration.ofNanos(micros * 500)) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** When it must hear of us at the latest, if it has to. */
    OptionalLong nextAlive(long now) {
        return watchdog.isPresent() ? OptionalLong.of(now + watchdog.get().toNanos()) : OptionalLong.empty();
    }

    void alive() {
        if (watchdog.isPresent()) {
            socket.accept("WATCHDOG=1");
        }
    }

    void ready(String status) {
        socket.accept("READY=1\nSTATUS=" + status);
    }

    void status(String status) {
        socket.accept("STATUS=" + status);
    }

    /** The time is that of CLOCK_MONOTONIC, which is what {@code System.nanoTime} reads on Linux. */
    void reloading() {
        socket.accept("RELOADING=1\nMONOTONIC_USEC=" + System.nanoTime() / 1000);
    }

    void stopping() {
        socket.accept("STOPPING=1");
    }
}
