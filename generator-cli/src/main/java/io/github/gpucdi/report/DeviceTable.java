package io.github.gpucdi.report;

import io.github.gpucdi.host.Gpu;
import io.github.gpucdi.host.GpuDetails;
import io.github.gpucdi.host.MigDevice;
import io.github.gpucdi.host.NvmlFacts;
import io.github.gpucdi.host.NvmlFailure;
import io.github.gpucdi.terminal.SafeText;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The devices as a table, a line a device, and what is beside them as another, a line a mode. */
public final class DeviceTable {
    private static final List<String> HEADER =
            List.of("INDEX", "NAME", "UUID", "PCI", "MINOR", "ARCH", "CC", "MEMORY", "MIG", "STATE");
    private static final String NONE = "-";
    private static final long MIB = 1 << 20;

    private DeviceTable() {}

    public static void print(NvmlFacts facts, List<Beside> besides, PrintStream out) {
        List<List<String>> rows = new ArrayList<>(List.of(HEADER));
        for (Gpu gpu : facts.gpus()) {
            rows.add(row(gpu));
            for (MigDevice mig : gpu.migDevices()) {
                rows.add(row(gpu, mig));
            }
        }
        TextTable.print("", rows, out);
        facts.driverVersion().ifPresent(version -> out.println("driver " + SafeText.escape(version)));
        if (!besides.isEmpty()) {
            out.println();
            TextTable.print("", rows(besides), out);
        }
    }

    private static List<List<String>> rows(List<Beside> besides) {
        List<List<String>> rows = new ArrayList<>(List.of(List.of("MODE", "NODES", "FIRST")));
        for (Beside beside : besides) {
            rows.add(List.of(
                    beside.mode().word(),
                    Integer.toString(beside.nodes().size()),
                    SafeText.escape(beside.nodes().get(0).path())));
        }
        return rows;
    }

    private static List<String> row(Gpu gpu) {
        Optional<GpuDetails> details = gpu.details().data();
        OptionalInt minor = gpu.minor();
        return List.of(
                Integer.toString(gpu.index()),
                text(gpu.name()),
                text(gpu.uuid()),
                gpu.pciAddress().map(SafeText::escape).orElse(NONE),
                minor.isPresent() ? Integer.toString(minor.getAsInt()) : NONE,
                details.flatMap(GpuDetails::architecture).map(SafeText::escape).orElse(NONE),
                details.flatMap(GpuDetails::computeCapability)
                        .map(SafeText::escape)
                        .orElse(NONE),
                details.filter(known -> known.memoryBytes().isPresent())
                        .map(known -> known.memoryBytes().getAsLong() / MIB + " MiB")
                        .orElse(NONE),
                gpu.mig().map(mode -> mode.current() ? "on" : "off").orElse(NONE),
                state(gpu));
    }

    private static List<String> row(Gpu gpu, MigDevice mig) {
        return List.of(
                gpu.index() + ":" + mig.index(),
                mig.profile().map(profile -> "MIG " + SafeText.escape(profile)).orElse("MIG device"),
                text(mig.uuid()),
                NONE,
                NONE,
                NONE,
                NONE,
                NONE,
                "gi" + mig.gpuInstance() + "/ci" + mig.computeInstance(),
                state(mig.failure()));
    }

    /** What the driver did not tell does not keep the GPU out of a spec. */
    private static String state(Gpu gpu) {
        StringBuilder state = new StringBuilder(state(gpu.failure()));
        gpu.pciFailure().ifPresent(failure -> state.append(", PCI address unknown: " + state(failure)));
        gpu.addressingFailure().ifPresent(failure -> state.append(", addressing mode unknown: " + state(failure)));
        return state.toString();
    }

    private static String state(NvmlFailure failure) {
        return SafeText.escape(failure.text());
    }

    private static String state(Optional<NvmlFailure> failure) {
        return failure.map(DeviceTable::state).orElse("ok");
    }

    private static String text(String value) {
        return value.isEmpty() ? NONE : SafeText.escape(value);
    }
}
