package io.github.gpucdi.cdi;

import io.github.gpucdi.cdi.engine.LibraryRelease;
import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.cdi.spec.Device;
import io.github.gpucdi.cdi.spec.DeviceNode;
import io.github.gpucdi.cdi.spec.Mount;
import io.github.gpucdi.cdi.text.read.SpecReader;
import io.github.gpucdi.cdi.text.read.SpecReader.Format;
import io.github.gpucdi.cdi.text.write.SpecWriter;
import io.github.gpucdi.cdi.validate.SpecValidator;
import io.github.gpucdi.cdi.validate.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Prints how many small specs a second are read and judged, and whether a large one fits the heap; not a test. Run by
 * {@code benchmarks/read.sh}.
 */
final class ReadBenchmark {
    /** What the library must reach: specs a second, of one GPU each. */
    private static final int GOAL = 5_000;

    private static final int LARGE = 10 * 1024 * 1024;
    private static final int ROUNDS = 12;
    private static final int ROUND = 4_000;

    private ReadBenchmark() {}

    public static void main(String[] args) {
        byte[] yaml = SpecWriter.yaml(spec(1));
        byte[] json = SpecWriter.json(spec(1));
        small("YAML", yaml, Format.YAML);
        small("JSON", json, Format.JSON);
        large("YAML", true);
        large("JSON", false);
    }

    private static void small(String form, byte[] file, Format format) {
        double best = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < ROUND; i++) {
                judge(file, format);
            }
            best = Math.max(best, ROUND * 1e9 / (System.nanoTime() - start));
        }
        System.out.println(form + " of " + file.length + " bytes: " + Math.round(best) + " a second, "
                + Math.round(best * 10 / GOAL) / 10.0 + " times the goal of " + GOAL);
    }

    private static void large(String form, boolean yaml) {
        int devices = (int) (1_000L * LARGE / written(1_000, yaml).length);
        byte[] file = written(devices, yaml);
        long start = System.nanoTime();
        judge(file, yaml ? Format.YAML : Format.JSON);
        System.out.println(form + " of " + file.length / 1_000_000 + " MB, " + devices + " devices: "
                + (System.nanoTime() - start) / 1_000_000 + " ms in a heap of "
                + Runtime.getRuntime().maxMemory() / (1024 * 1024) + " MiB");
    }

    private static byte[] written(int devices, boolean yaml) {
        return yaml ? SpecWriter.yaml(spec(devices)) : SpecWriter.json(spec(devices));
    }

    private static void judge(byte[] file, Format format) {
        Verdict verdict = SpecValidator.verdict(SpecReader.read(file, format), LibraryRelease.NEWEST);
        if (verdict != Verdict.ACCEPTED) {
            throw new IllegalStateException("the benchmark's own spec is " + verdict);
        }
    }

    private static CdiSpec spec(int devices) {
        List<Device> all = new ArrayList<>();
        for (int i = 0; i < devices; i++) {
            ContainerEdits.Builder edits = ContainerEdits.builder();
            edits.deviceNode(new DeviceNode(
                    "/dev/widget" + i,
                    "",
                    "",
                    195,
                    i,
                    OptionalLong.of(0666),
                    "rw",
                    OptionalLong.empty(),
                    OptionalLong.empty()));
            edits.mount(Mount.bind(
                    "/usr/lib/libwidget.so." + i, "/usr/lib/libwidget.so." + i, List.of("ro", "nosuid", "rbind")));
            all.add(Device.of("w" + i, edits.build()));
        }
        ContainerEdits common = ContainerEdits.builder().env("WIDGETS=all").build();
        return new CdiSpec("0.5.0", "example.com/widget", Map.of(), all, common);
    }
}
