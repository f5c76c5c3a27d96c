package io.github.gpucdi.option;

import io.github.gpucdi.terminal.CommandFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What is kept up to date, and how. */
public final class WatchOptions extends Arguments {
    private static final int MAX_SECONDS = 86_400;

    public final Argument<String> output = option("--output")
            .takes("FILE")
            .told(
                    "The spec that is kept up to date, written atomically and only if it changes.",
                    "Default: /etc/cdi/nvidia.yaml. Variable: GPU_CDI_WATCH_OUTPUT. Example: --output=/etc/cdi/nvidia.yaml")
            .text("/etc/cdi/nvidia.yaml");

    public final Argument<String> onDriverLoss = option("--on-driver-loss")
            .takes("WHAT")
            .told(
                    "keep or delete the spec when there is no driver or no GPU any more.",
                    "Default: keep. Variable: GPU_CDI_WATCH_ON_DRIVER_LOSS. Example: --on-driver-loss=delete")
            .text("keep");

    public final Argument<Boolean> prune = option("--prune")
            .told(
                    "Delete specs beside --output whose modes are no longer asked for or found; they are named otherwise.",
                    "Default: off. Variable: GPU_CDI_WATCH_PRUNE. Example: --prune")
            .flag();

    public final Argument<Boolean> once = option("--once")
            .told(
                    "Regenerate once, run what comes after a change, and end with the exit code of generate.",
                    "Default: off. Variable: GPU_CDI_WATCH_ONCE. Example: --once")
            .flag();

    public final Argument<String> interval = option("--interval")
            .takes("SECONDS")
            .told(
                    "How often the host is looked at, 0.05 to 86400; NVML is not asked for that.",
                    "Default: 2. Variable: GPU_CDI_WATCH_INTERVAL. Example: --interval=10")
            .text("2");

    public final Argument<Optional<String>> metricsFile = option("--metrics-file")
            .takes("FILE")
            .told(
                    "Write metrics for Prometheus' node exporter to FILE, and look for what doctor finds after each run.",
                    "Default: none. Variable: GPU_CDI_WATCH_METRICS_FILE."
                            + " Example: --metrics-file=/var/lib/prometheus/node-exporter/gpu-cdi.prom")
            .optional();

    public final Argument<Optional<String>> http = option("--http")
            .takes("ADDRESS:PORT")
            .told(
                    "Serve /metrics, /readyz and /livez over HTTP there, to whoever can reach it; without an address at all"
                            + " addresses, and with port 0 at any that is free.",
                    "Default: none. Variable: GPU_CDI_WATCH_HTTP. Example: --http=127.0.0.1:9841")
            .optional();

    public final Argument<Optional<String>> nfdFile = option("--nfd-file")
            .takes("FILE")
            .told(
                    "Write node labels for Node Feature Discovery to FILE, as devices --format=nfd prints them, after each run; FILE is"
                            + " deleted when a run writes no spec.",
                    "Default: none. Variable: GPU_CDI_WATCH_NFD_FILE." + " Example: --nfd-file=/features.d/gpu-cdi")
            .optional();

    public final Argument<List<String>> onChange = option("--on-change")
            .takes("WORD")
            .told(
                    "Run a program after the spec was written or deleted: its absolute path, then its arguments, one by one; repeatable."
                            + " There is no shell. It and its directories must be root's, and writable by nobody else.",
                    "Default: none. Variable: GPU_CDI_WATCH_ON_CHANGE. Example: --on-change=/usr/bin/systemctl,restart,agent.service")
            .list();

    public final Argument<String> onChangeTimeout = option("--on-change-timeout")
            .takes("SECONDS")
            .told(
                    "Kill that program, and what it has started, after so long, 0.05 to 86400.",
                    "Default: 60. Variable: GPU_CDI_WATCH_ON_CHANGE_TIMEOUT. Example: --on-change-timeout=10")
            .text("60");

    public final Argument<Boolean> nvmlEvents = option("--nvml-events")
            .told(
                    "Also listen to NVML's own events: MIG devices that are made or destroyed without a trace in files, and Xid errors."
                            + " The session that this holds keeps the driver's kernel module in use: rmmod nvidia, driver upgrades that"
                            + " unload it, GPU resets and changes of the MIG mode fail until this command is ended.",
                    "Default: off. Variable: GPU_CDI_WATCH_NVML_EVENTS. Example: --nvml-events")
            .flag();

    /** This process is the one that listens to NVML's events for another watch. */
    public final Argument<Boolean> listener = option("--listener").hidden().flag();

    /** This process is the one that does the work of another watch: it is asked on standard input. */
    public final Argument<Boolean> worker = option("--worker").hidden().flag();

    /** What is written, as generate has it. */
    public WriteOptions write() {
        WriteOptions write = new WriteOptions();
        write.output.set(output.value());
        write.onDriverLoss.set(onDriverLoss.value());
        write.prune.set(prune.value());
        return write;
    }

    /** A time that an option gives in seconds; another text is the user's mistake. */
    static Duration seconds(String option, String text) {
        // No exponents, no infinities.
        if (text.matches("[0-9]{1,5}(\\.[0-9]{1,3})?")) {
            Duration time = Duration.ofMillis(Math.round(Double.parseDouble(text) * 1000));
            if (time.toMillis() >= 50 && time.toSeconds() <= MAX_SECONDS) {
                return time;
            }
        }
        throw CommandFailure.usage(
                "invalid value '" + text + "' for " + option, "allowed: seconds from 0.05 to " + MAX_SECONDS);
    }
}
