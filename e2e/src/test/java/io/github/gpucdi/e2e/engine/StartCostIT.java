package io.github.gpucdi.e2e.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Prints what a device costs a container's start. Times are not asserted, only that each way starts. */
class StartCostIT {
    private static final int ROUNDS = Integer.getInteger("start.rounds", 9);

    private final EngineHost host = EngineHost.shared();

    /** An engine reads every spec when it is asked for a device, and other tests left theirs. */
    @BeforeEach
    void measuredSpecsOnly() {
        shell("mkdir /run/gpu-cdi/aside && mv /etc/cdi/* /run/gpu-cdi/aside && cd /run/gpu-cdi/aside"
                + " && mv nvidia.yaml idle.yaml /etc/cdi");
    }

    @AfterEach
    void allSpecs() {
        shell("mv /run/gpu-cdi/aside/* /etc/cdi && rmdir /run/gpu-cdi/aside");
    }

    private void shell(String commands) {
        host.inside(List.of("sh", "-euc", commands)).orFail(commands);
    }

    @Test
    void costOfAStart() {
        StringBuilder lines = new StringBuilder("\nStart of a container, medians of " + ROUNDS
                + " interleaved rounds as ratios to no device, the fastest in brackets\n"
                + "(the hooks here do nothing: real ones cost more)\n");
        for (OciRuntime runtime : OciRuntime.values()) {
            Container bare = Container.of("debian", runtime);
            Map<String, Container> ways = new LinkedHashMap<>();
            ways.put("no device", bare);
            ways.put("none", bare.device(EngineHost.HOOK_FREE, "all"));
            ways.put("nvidia", bare.device(EngineHost.IDLE_HOOKS, "all"));
            Map<String, Integer> mounts = new LinkedHashMap<>();
            ways.forEach((way, container) -> mounts.put(way, mounts(container)));
            assertThat(mounts.get("none")).isGreaterThan(mounts.get("nvidia"));
            assertThat(mounts.get("nvidia")).isGreaterThan(mounts.get("no device"));

            Map<String, List<Long>> times = new LinkedHashMap<>();
            for (int round = 0; round < ROUNDS; round++) {
                ways.forEach((way, container) ->
                        times.computeIfAbsent(way, key -> new ArrayList<>()).add(nanoseconds(container)));
            }
            List<Long> base = times.get("no device");
            for (String way : ways.keySet()) {
                lines.append(String.format(
                        "  %s  %-9s  %4d mounts  %.2f (%.2f)%n",
                        runtime,
                        way,
                        mounts.get(way),
                        median(times.get(way)) / median(base),
                        (double) Collections.min(times.get(way)) / Collections.min(base)));
            }
        }
        System.out.println(lines);
    }

    private int mounts(Container container) {
        return Integer.parseInt(container.ask(host, "mounts").all("mounts").get(0));
    }

    private long nanoseconds(Container container) {
        long start = System.nanoTime();
        container.run(host, List.of(Container.PROBE)).orFail(container);
        return System.nanoTime() - start;
    }

    private static double median(List<Long> values) {
        long[] sorted = values.stream().mapToLong(Long::longValue).sorted().toArray();
        return Arrays.stream(sorted, (sorted.length - 1) / 2, sorted.length / 2 + 1)
                .average()
                .orElseThrow();
    }
}
