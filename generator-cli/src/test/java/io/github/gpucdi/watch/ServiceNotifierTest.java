package io.github.gpucdi.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceNotifierTest {
    private final List<String> messages = new ArrayList<>();

    private ServiceNotifier notifier(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(Map.of("NOTIFY_SOCKET", "@systemd"));
        environment.putAll(more);
        return ServiceNotifier.of(environment, name -> message -> messages.add(name + " " + message));
    }

    @Test
    void withoutASocketNothingIsOpened() {
        ServiceNotifier none = ServiceNotifier.of(Map.of("WATCHDOG_USEC", "1000"), name -> {
            throw new AssertionError("there is no " + name);
        });
        none.ready("here");
        none.alive();
        assertThat(none.nextAlive(0)).isEmpty();
    }

    @Test
    void messages() {
        ServiceNotifier notifier = notifier(Map.of());
        notifier.ready("2 GPUs");
        notifier.status("none");
        notifier.stopping();
        assertThat(messages)
                .containsExactly("@systemd READY=1\nSTATUS=2 GPUs", "@systemd STATUS=none", "@systemd STOPPING=1");
    }

    @Test
    void aReloadTellsItsTime() {
        long before = System.nanoTime() / 1000;
        notifier(Map.of()).reloading();
        assertThat(messages).singleElement().asString().startsWith("@systemd RELOADING=1\nMONOTONIC_USEC=");
        assertThat(Long.parseLong(messages.get(0).substring(messages.get(0).lastIndexOf('=') + 1)))
                .isBetween(before, System.nanoTime() / 1000);
    }

    @Test
    void theWatchdogHearsOfUsTwiceAsOftenAsItMust() {
        ServiceNotifier notifier = notifier(Map.of("WATCHDOG_USEC", "3000000"));
        assertThat(notifier.nextAlive(7)).hasValue(7 + 1_500_000_000L);
        notifier.alive();
        assertThat(messages).containsExactly("@systemd WATCHDOG=1");
    }

    @Test
    void aWatchdogOfAnotherProcessOrOfNoNumberIsNone() {
        notifier(Map.of("WATCHDOG_USEC", "3000000", "WATCHDOG_PID", "1")).alive();
        notifier(Map.of("WATCHDOG_USEC", "often")).alive();
        assertThat(messages).isEmpty();
    }
}
