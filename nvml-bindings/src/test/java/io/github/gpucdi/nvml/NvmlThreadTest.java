package io.github.gpucdi.nvml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class NvmlThreadTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void theWorkRunsOnADaemonThreadBetweenInitAndShutdown() {
        List<NvmlFunction> calls = new CopyOnWriteArrayList<>();
        NvmlLibrary library = (function, arguments) -> {
            calls.add(function);
            return 0;
        };
        Thread thread = NvmlThread.call(library, LONG, nvml -> {
            nvml.deviceCount();
            return Thread.currentThread();
        });
        assertThat(thread.isDaemon()).isTrue();
        assertThat(thread).isNotSameAs(Thread.currentThread());
        assertThat(calls).containsExactly(NvmlFunction.INIT, NvmlFunction.DEVICE_GET_COUNT, NvmlFunction.SHUTDOWN);
    }

    @Test
    void whatTheWorkThrowsReachesTheCallerAfterShutdown() {
        List<NvmlFunction> calls = new CopyOnWriteArrayList<>();
        NvmlLibrary library = (function, arguments) -> {
            calls.add(function);
            return 0;
        };
        IllegalStateException thrown = new IllegalStateException("mine");
        assertThatThrownBy(() -> NvmlThread.call(library, LONG, nvml -> {
                    throw thrown;
                }))
                .isSameAs(thrown);
        assertThat(calls).containsExactly(NvmlFunction.INIT, NvmlFunction.SHUTDOWN);
    }

    @Test
    void aFailedInitIsNotShutDown() {
        List<NvmlFunction> calls = new CopyOnWriteArrayList<>();
        NvmlLibrary library = (function, arguments) -> {
            calls.add(function);
            return 9;
        };
        assertThatThrownBy(() -> NvmlThread.call(library, LONG, Nvml::deviceCount))
                .isInstanceOf(NvmlException.class)
                .hasMessageStartingWith("nvmlInit_v2: DRIVER_NOT_LOADED (9)");
        assertThat(calls).containsExactly(NvmlFunction.INIT);
    }

    @Test
    void aCallWithoutAnswerIsNamedAndLaterCallsAreRefused() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        List<NvmlFunction> calls = new CopyOnWriteArrayList<>();
        AtomicReference<Throwable> inWork = new AtomicReference<>();
        NvmlLibrary library = (function, arguments) -> {
            calls.add(function);
            if (function == NvmlFunction.DEVICE_GET_HANDLE_BY_INDEX) {
                await(release);
            }
            if (function == NvmlFunction.SHUTDOWN) {
                over.countDown();
            }
            return 0;
        };
        assertThatThrownBy(() -> NvmlThread.call(library, Duration.ofMillis(50), nvml -> {
                    try {
                        return nvml.gpu(0).uuid();
                    } catch (RuntimeException e) {
                        inWork.set(e);
                        throw e;
                    }
                }))
                .isInstanceOfSatisfying(NvmlTimeoutException.class, e -> {
                    assertThat(e.call()).isEqualTo("nvmlDeviceGetHandleByIndex_v2");
                    assertThat(e.timeout()).isEqualTo(Duration.ofMillis(50));
                    assertThat(e).hasMessage("nvmlDeviceGetHandleByIndex_v2: no answer within 50 ms");
                });
        release.countDown();
        over.await();
        assertThat(inWork.get()).isInstanceOf(CancellationException.class);
        assertThat(calls)
                .containsExactly(NvmlFunction.INIT, NvmlFunction.DEVICE_GET_HANDLE_BY_INDEX, NvmlFunction.SHUTDOWN);
    }

    @Test
    void theTimeOutStartsAnewWithEachCall() {
        AtomicReference<Duration> inside = new AtomicReference<>();
        AtomicReference<CallWatch> self = new AtomicReference<>();
        CallWatch watch = new CallWatch((function, arguments) -> {
            inside.set(self.get().left(Duration.ZERO));
            return 0;
        });
        self.set(watch);
        watch.call(NvmlFunction.DEVICE_GET_COUNT, new int[1]);
        assertThat(inside.get()).isLessThanOrEqualTo(Duration.ZERO);
        assertThat(watch.left(Duration.ZERO)).isLessThanOrEqualTo(Duration.ZERO);
        assertThat(watch.current()).isEqualTo("after nvmlDeviceGetCount_v2");
    }

    @ParameterizedTest
    @CsvSource({"true, reading /proc/slow", "false, after nvmlDeviceGetCount_v2"})
    void workBetweenCallsIsBoundedToo(boolean named, String told) {
        CountDownLatch release = new CountDownLatch(1);
        NvmlLibrary library = (function, arguments) -> 0;
        assertThatThrownBy(() -> NvmlThread.call(library, Duration.ofMillis(300), nvml -> {
                    nvml.deviceCount();
                    if (named) {
                        return nvml.step("reading /proc/slow", () -> hanging(release));
                    }
                    return hanging(release);
                }))
                .isInstanceOfSatisfying(
                        NvmlTimeoutException.class, e -> assertThat(e.call()).isEqualTo(told));
        release.countDown();
    }

    private static String hanging(CountDownLatch release) {
        await(release);
        return "";
    }

    @Test
    void anInterruptedCallerStopsWaiting() {
        CountDownLatch release = new CountDownLatch(1);
        NvmlLibrary library = (function, arguments) -> {
            await(release);
            return 0;
        };
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> NvmlThread.call(library, LONG, Nvml::deviceCount))
                .isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
        release.countDown();
    }

    @Test
    void theLibraryCanBeLoadedOnTheThread() {
        AtomicReference<Thread> loader = new AtomicReference<>();
        NvmlLibrary lazy = NvmlLibrary.loadedOnFirstCall(() -> {
            loader.set(Thread.currentThread());
            return (function, arguments) -> 0;
        });
        assertThat(loader.get()).isNull();
        Thread worker = NvmlThread.call(lazy, LONG, nvml -> Thread.currentThread());
        assertThat(loader.get()).isSameAs(worker);
    }

    @Test
    void aFailedLoadOnTheThreadReachesTheCaller() {
        NvmlLibrary lazy = NvmlLibrary.loadedOnFirstCall(() -> {
            throw new NvmlException("dlopen", 12, "no such file");
        });
        assertThatThrownBy(() -> NvmlThread.call(lazy, LONG, Nvml::deviceCount))
                .isInstanceOfSatisfying(
                        NvmlException.class, e -> assertThat(e.answer()).isEqualTo(NvmlReturn.LIBRARY_NOT_FOUND));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
