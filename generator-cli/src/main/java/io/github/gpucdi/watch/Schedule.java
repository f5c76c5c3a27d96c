package io.github.gpucdi.watch;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * When to regenerate: once a change has come to rest, and again after a failure, ever later. Plain data; times are those of a
 * monotonic clock, in nanoseconds.
 *
 * @param firstChange when the first change was noticed that no run has answered
 * @param lastChange when the last one was
 * @param retry when a run that failed is to be repeated
 * @param failures how many runs have failed in a row since something changed
 * @param running whether a run is under way: what changes meanwhile is answered by the next
 */
record Schedule(OptionalLong firstChange, OptionalLong lastChange, OptionalLong retry, int failures, boolean running) {
    /** So long nothing must have changed: the driver must not be opened while it is being taken out or put in. */
    static final Duration QUIET = Duration.ofMillis(250);

    /** So long a change waits at most for what never comes to rest. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    static final Duration LAST_RETRY = Duration.ofMinutes(5);

    private static final OptionalLong NEVER = OptionalLong.empty();

    /** Nothing to do. */
    static final Schedule IDLE = new Schedule(NEVER, NEVER, NEVER, 0, false);

    /** Something changed: with it the reason of earlier failures may be gone. */
    Schedule changed(long now) {
        return new Schedule(
                firstChange.isPresent() ? firstChange : OptionalLong.of(now), OptionalLong.of(now), NEVER, 0, running);
    }

    /** A run is wanted at once. */
    Schedule wanted(long now) {
        return new Schedule(firstChange, lastChange, OptionalLong.of(now), 0, running);
    }

    Schedule started() {
        return new Schedule(NEVER, NEVER, NEVER, failures, true);
    }

    Schedule succeeded() {
        return new Schedule(firstChange, lastChange, retry, 0, false);
    }

    Schedule failed(long now) {
        // What came up during the run is no later than this.
        OptionalLong again = retry.isPresent() ? retry : OptionalLong.of(now + delay(failures));
        return new Schedule(firstChange, lastChange, again, failures + 1, false);
    }

    /** Until the next try after so many failures before this one, in nanoseconds. */
    static long delay(int failures) {
        return Math.min(FIRST_RETRY.toNanos() << Math.min(failures, 16), LAST_RETRY.toNanos());
    }

    /** Whether files may be of no run that has ended: a change waits to come to rest, or a run is under way, which writes. */
    boolean isUnsettled() {
        return running || firstChange.isPresent();
    }

    /** When the next run is due; never while one is under way. */
    OptionalLong due() {
        if (running) {
            return NEVER;
        }
        if (firstChange.isEmpty()) {
            return retry;
        }
        long quiet = lastChange.getAsLong() + QUIET.toNanos();
        long latest = firstChange.getAsLong() + PATIENCE.toNanos();
        long settled = quiet - latest < 0 ? quiet : latest;
        return retry.isPresent() && retry.getAsLong() - settled < 0 ? retry : OptionalLong.of(settled);
    }

    boolean isDue(long now) {
        return due().isPresent() && due().getAsLong() - now <= 0;
    }
}
