package io.github.gpucdi.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private static final Pattern SAMPLE = Pattern.compile(
            "([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{[a-zA-Z_][a-zA-Z0-9_]*=\"[^\"\\\\\n]*\"})? (\\d+(?:\\.\\d+)?)");

    /** The samples of a text, read as strictly as the format's description is: each family in one piece, after its help and type. */
    private static Map<String, Double> read(String text) {
        assertThat(text).endsWith("\n").doesNotContain("\n\n");
        Map<String, Double> samples = new HashMap<>();
        Set<String> families = new HashSet<>();
        String family = "";
        String[] lines = text.split("\n");
        for (int i = 0; i < lines.length; i++) {
            if (lines[i].startsWith("#")) {
                family = lines[i].split(" ")[2];
                assertThat(families.add(family)).as(family).isTrue();
                assertThat(lines[i]).matches("# HELP " + family + " \\S.*");
                assertThat(lines[++i]).matches("# TYPE " + family + " (gauge|counter)");
                assertThat(family.endsWith("_total")).as(lines[i]).isEqualTo(lines[i].endsWith("counter"));
                continue;
            }
            Matcher sample = SAMPLE.matcher(lines[i]);
            assertThat(sample.matches()).as(lines[i]).isTrue();
            assertThat(sample.group(1)).isEqualTo(family);
            String labels = sample.group(2) == null ? "" : sample.group(2);
            assertThat(samples.put(family + labels, Double.valueOf(sample.group(3))))
                    .isNull();
        }
        return samples;
    }

    @Test
    void whatHasHappened() {
        Metrics metrics = new Metrics();
        metrics.noticed(3);
        metrics.ran(
                new Report(
                        0,
                        true,
                        List.of(0),
                        1042,
                        8,
                        56,
                        Optional.of("580.95.05"),
                        Map.of("no-engine", 2),
                        Optional.empty()),
                Instant.ofEpochSecond(1000));
        metrics.ran(
                new Report(
                        0,
                        false,
                        List.of(0),
                        7,
                        8,
                        56,
                        Optional.of("580.95.05"),
                        Map.of("no-engine", 2),
                        Optional.empty()),
                Instant.ofEpochSecond(2000));
        metrics.ran(
                new Report(
                        5,
                        false,
                        List.of(),
                        1042,
                        8,
                        56,
                        Optional.of("590.1"),
                        Map.of("no-engine", 2, "spec-missing", 1),
                        Optional.of("half-upgraded")),
                Instant.ofEpochSecond(3000));
        metrics.lost();
        metrics.commandEnded(true);
        metrics.commandEnded(false);
        assertThat(read(metrics.text()))
                .containsEntry("gpu_cdi_last_success_timestamp_seconds", 2000.0)
                .containsEntry("gpu_cdi_last_change_timestamp_seconds", 1000.0)
                .containsEntry("gpu_cdi_runs_total{status=\"0\"}", 2.0)
                .containsEntry("gpu_cdi_runs_total{status=\"5\"}", 1.0)
                .containsEntry("gpu_cdi_events_total", 3.0)
                .containsEntry("gpu_cdi_lost_runs_total", 1.0)
                .containsEntry("gpu_cdi_commands_total", 2.0)
                .containsEntry("gpu_cdi_failed_commands_total", 1.0)
                .containsEntry("gpu_cdi_run_duration_seconds", 1.042)
                .containsEntry("gpu_cdi_devices{kind=\"gpu\"}", 8.0)
                .containsEntry("gpu_cdi_devices{kind=\"mig\"}", 56.0)
                .containsEntry("gpu_cdi_driver_info{version=\"590.1\"}", 1.0)
                .containsEntry("gpu_cdi_findings{id=\"no-engine\"}", 2.0)
                .containsEntry("gpu_cdi_findings{id=\"spec-missing\"}", 1.0)
                .hasSize(14);
    }

    @Test
    void whatIsNotKnownIsNotTold() {
        assertThat(read(new Metrics().text())).doesNotContainKey("gpu_cdi_last_success_timestamp_seconds");
    }
}
