package io.github.gpucdi.watch;

import io.github.gpucdi.cdi.publish.Publisher;
import io.github.gpucdi.cdi.spec.CdiException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What has happened, as a text file that Prometheus' node exporter collects. */
final class Metrics {
    private final Map<Integer, Long> runs = new TreeMap<>();
    private long events;
    private long lost;
    private long commands;
    private long failedCommands;
    private Optional<Instant> success = Optional.empty();
    private Optional<Instant> change = Optional.empty();
    private Optional<Report> last = Optional.empty();

    /** Changes were seen in so many places. */
    void noticed(int places) {
        events += places;
    }

    void ran(Report report, Instant now) {
        last = Optional.of(report);
        runs.merge(report.status(), 1L, Long::sum);
        if (report.isWritten()) {
            success = Optional.of(now);
        }
        if (report.changed()) {
            change = Optional.of(now);
        }
    }

    /** A run did not end by itself. */
    void lost() {
        lost++;
    }

    void commandEnded(boolean failed) {
        commands++;
        failedCommands += failed ? 1 : 0;
    }

    /** In Prometheus' text format, version 0.0.4. */
    String text() {
        StringBuilder text = new StringBuilder();
        success.ifPresent(time -> gauge(
                text,
                "gpu_cdi_last_success_timestamp_seconds",
                "When the spec was last known to be what it should be.",
                seconds(time)));
        change.ifPresent(time -> gauge(
                text,
                "gpu_cdi_last_change_timestamp_seconds",
                "When the spec was last written or deleted.",
                seconds(time)));
        head(text, "gpu_cdi_runs_total", "counter", "Regenerations by their exit status.");
        runs.forEach((status, count) -> text.append("gpu_cdi_runs_total{status=\"" + status + "\"} " + count + "\n"));
        counter(text, "gpu_cdi_events_total", "Places at which a change was noticed.", events);
        counter(text, "gpu_cdi_lost_runs_total", "Regenerations that crashed or were killed.", lost);
        counter(text, "gpu_cdi_commands_total", "Commands run after a change.", commands);
        counter(text, "gpu_cdi_failed_commands_total", "Commands run after a change that failed.", failedCommands);
        last.ifPresent(report -> state(text, report));
        return text.toString();
    }

    private static void state(StringBuilder text, Report report) {
        String duration = report.millis() / 1000 + "."
                + String.valueOf(1000 + report.millis() % 1000).substring(1);
        gauge(text, "gpu_cdi_run_duration_seconds", "How long the last regeneration took.", duration);
        head(text, "gpu_cdi_devices", "gauge", "Devices that the driver reports, by kind.");
        text.append("gpu_cdi_devices{kind=\"gpu\"} " + report.gpus() + "\n");
        text.append("gpu_cdi_devices{kind=\"mig\"} " + report.migDevices() + "\n");
        report.driverVersion().ifPresent(version -> {
            head(text, "gpu_cdi_driver_info", "gauge", "The driver's version.");
            text.append("gpu_cdi_driver_info{version=\"" + version + "\"} 1\n");
        });
        head(text, "gpu_cdi_findings", "gauge", "What gpu-cdi doctor finds, by its word.");
        report.findings()
                .forEach((word, count) -> text.append("gpu_cdi_findings{id=\"" + word + "\"} " + count + "\n"));
    }

    private static String seconds(Instant time) {
        return String.valueOf(time.getEpochSecond());
    }

    private static void gauge(StringBuilder text, String name, String help, String value) {
        head(text, name, "gauge", help);
        text.append(name + " " + value + "\n");
    }

    private static void counter(StringBuilder text, String name, String help, long value) {
        head(text, name, "counter", help);
        text.append(name + " " + value + "\n");
    }

    private static void head(StringBuilder text, String name, String type, String help) {
        text.append("# HELP " + name + " " + help + "\n# TYPE " + name + " " + type + "\n");
    }

    /** Replaces the file at once. */
    void write(Path file) throws CdiException {
        Publisher.publishText(file, text().getBytes(StandardCharsets.UTF_8));
    }
}
