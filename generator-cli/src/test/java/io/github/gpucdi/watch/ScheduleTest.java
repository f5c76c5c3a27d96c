package io.github.gpucdi.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
    private static final long MILLI = 1_000_000;
    private static final long QUIET = Schedule.QUIET.toNanos();

    /** Where a monotonic clock begins nobody knows: near its overflow as well as anywhere. */
    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 100 * MILLI, -5, 1L << 40})
    void aChangeIsAnsweredOnceItIsAtRest(long start) {
        Schedule schedule = Schedule.IDLE.changed(start).changed(start + 100 * MILLI);
        assertThat(schedule.isDue(start + QUIET)).isFalse();
        assertThat(schedule.isDue(start + QUIET + 100 * MILLI)).isTrue();
        assertThat(schedule.started().succeeded().due()).isEmpty();
    }

    @Test
    void nothingIsDueWithoutAChange() {
        assertThat(Schedule.IDLE.due()).isEmpty();
    }

    @Test
    void aThousandChangesInASecondAreOneRun() {
        assertThat(runs(Duration.ofSeconds(1), 1000)).isEqualTo(1);
    }

    @Test
    void whatNeverComesToRestIsAnsweredNowAndThen() {
        assertThat(runs(Duration.ofSeconds(60), 6000)).isBetween(10, 13);
    }

    /** How many runs answer changes at random times; each takes 40 ms. */
    private static int runs(Duration time, int changes) {
        long[] times = new Random(7).longs(changes, 0, time.toNanos()).sorted().toArray();
        Schedule schedule = Schedule.IDLE;
        int runs = 0;
        int next = 0;
        for (long now = 0; now < time.plusSeconds(10).toNanos(); now += MILLI) {
            while (next < times.length && times[next] <= now) {
                schedule = schedule.changed(times[next++]);
            }
            if (schedule.isDue(now)) {
                schedule = schedule.started();
                runs++;
                now += 40 * MILLI;
                while (next < times.length && times[next] <= now) {
                    schedule = schedule.changed(times[next++]);
                }
                schedule = schedule.succeeded();
            }
        }
        return runs;
    }

    @Test
    void aChangeDuringARunIsAnsweredByTheNext() {
        Schedule running = Schedule.IDLE.changed(0).started().changed(5);
        assertThat(running.due()).isEmpty();
        assertThat(running.succeeded().due()).hasValue(5 + QUIET);
        assertThat(running.failed(9).isDue(5 + QUIET)).isTrue();
    }

    /** Else what a run writes would be taken for another's doing, until it has said that it did. */
    @Test
    void filesAreNotJudgedWhileARunWrites() {
        assertThat(Schedule.IDLE.isUnsettled()).isFalse();
        assertThat(Schedule.IDLE.changed(0).isUnsettled()).isTrue();
        Schedule running = Schedule.IDLE.wanted(0).started();
        assertThat(running.isUnsettled()).isTrue();
        assertThat(running.succeeded().isUnsettled()).isFalse();
    }

    @Test
    void aFailureIsRepeatedEverLater() {
        Schedule schedule = Schedule.IDLE.wanted(0).started();
        long now = 0;
        long last = 0;
        for (int i = 0; i < 100; i++) {
            schedule = schedule.failed(now);
            long delay = schedule.due().getAsLong() - now;
            assertThat(delay).isBetween(last, Schedule.LAST_RETRY.toNanos());
            last = delay;
            now += delay;
            schedule = schedule.started();
        }
        assertThat(last).isEqualTo(Schedule.LAST_RETRY.toNanos());
    }

    @Test
    void theFirstRepetitionComesAfterASecond() {
        assertThat(Schedule.IDLE.wanted(0).started().failed(7).due()).hasValue(7 + Schedule.FIRST_RETRY.toNanos());
    }

    @Test
    void aChangeEndsTheWaitForARepetition() {
        Schedule failed = Schedule.IDLE.wanted(0).started();
        for (int i = 0; i < 20; i++) {
            failed = failed.failed(0).started();
        }
        Schedule changed = failed.failed(0).changed(3);
        assertThat(changed.due()).hasValue(3 + QUIET);
        assertThat(changed.started().failed(10).due()).hasValue(10 + Schedule.FIRST_RETRY.toNanos());
    }

    @Test
    void aSuccessForgetsFailures() {
        Schedule schedule = Schedule.IDLE
                .wanted(0)
                .started()
                .failed(0)
                .started()
                .failed(0)
                .started()
                .succeeded();
        assertThat(schedule.changed(0).started().failed(0).due()).hasValue(Schedule.FIRST_RETRY.toNanos());
    }
}
