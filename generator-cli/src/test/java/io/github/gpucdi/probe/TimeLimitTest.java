package io.github.gpucdi.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gpucdi.assemble.mode.DriverHealth;
import io.github.gpucdi.assemble.model.AssembleException;
import io.github.gpucdi.doctor.Doctor;
import io.github.gpucdi.doctor.DoctorOptions;
import io.github.gpucdi.doctor.FindingId;
import io.github.gpucdi.doctor.Symptom;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.ProbeOptions;
import io.github.gpucdi.host.json.SnapshotJson;
import io.github.gpucdi.testhost.GoldenHost;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts of a probe that do not end. */
class TimeLimitTest {
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    Path host;

    @Test
    void workThatEndsGivesItsResult() {
        assertThat(new TimeLimit(LONG).within("working", () -> "done")).isEqualTo("done");
    }

    @Test
    void workThatDoesNotEndIsNamedAndLeftBehind() {
        CountDownLatch release = new CountDownLatch(1);
        assertThatExceptionOfType(TimeLimit.Exceeded.class)
                .isThrownBy(() -> new TimeLimit(SHORT).within("hanging", () -> {
                    try {
                        release.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return "";
                }))
                .withMessage("hanging");
        release.countDown();
    }

    @Test
    void whatTheWorkThrowsReachesTheCaller() {
        IllegalStateException mine = new IllegalStateException("mine");
        assertThatThrownBy(() -> new TimeLimit(LONG).within("throwing", () -> {
                    throw mine;
                }))
                .isSameAs(mine);
        AssertionError error = new AssertionError("mine");
        assertThatThrownBy(() -> new TimeLimit(LONG).within("throwing", () -> {
                    throw error;
                }))
                .isSameAs(error);
    }

    @Test
    void workThatHangsDoesNotKeepTheProgramFromEnding() {
        Thread worker = new TimeLimit(LONG).within("working", Thread::currentThread);
        assertThat(worker.isDaemon()).isTrue();
        assertThat(worker.getName()).isEqualTo("working");
    }

    @Test
    void whoIsInterruptedMeanwhileStaysInterrupted() {
        TimeLimit never = new TimeLimit(LONG, (what, work) -> {});
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(CancellationException.class)
                .isThrownBy(() -> never.within("working", () -> ""))
                .withMessage("interrupted while working");
        assertThat(Thread.interrupted()).isTrue();
    }

    private HostSnapshot probe(TimeLimit limit) {
        return HostProbe.probe(ProbeRequests.of(host, ProbeOptions.DEFAULT, SnapshotJson.SECTIONS), "amd64", limit);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reading the roots",
                "looking for libnvidia-ml.so.1",
                "reading the driver's version",
                "looking for the driver's files",
                "looking for the driver's 32-bit files",
                "reading the device nodes",
                "looking for libdxcore.so",
                "looking for what CSV files name",
                "looking for devices of mode imex",
                "looking for devices of mode gds",
                "looking for devices of mode gdrcopy",
                "looking for devices of mode mofed",
                "looking for devices of mode nvswitch",
                "looking for the hook program",
                "looking for the engines",
                "reading the specs",
                "reading the environment"
            })
    void aHostOfWhichAPartDoesNotAnswerIsToldAsThat(String part) throws Exception {
        HostSnapshot snapshot = probe(new TimeLimit(SHORT, (what, work) -> {
            if (!what.equals(part)) {
                work.run();
            }
        }));

        assertThatExceptionOfType(AssembleException.class)
                .isThrownBy(() -> DriverHealth.working(snapshot))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(AssembleException.Reason.NO_ANSWER))
                .withMessage(part + ": no answer within 60.0 s");
        assertThat(SnapshotJson.read(new ByteArrayInputStream(GoldenHost.text(snapshot))))
                .isEqualTo(snapshot);
        assertThat(Doctor.examine(snapshot, DoctorOptions.DEFAULT).symptoms())
                .extracting(Symptom::id)
                .contains(FindingId.DRIVER_NO_ANSWER);
    }

    @Test
    void thoseAreAllParts() {
        List<String> parts = new ArrayList<>();
        probe(new TimeLimit(LONG, (what, work) -> {
            parts.add(what);
            work.run();
        }));
        assertThat(parts).hasSize(17).doesNotHaveDuplicates();
    }
}
