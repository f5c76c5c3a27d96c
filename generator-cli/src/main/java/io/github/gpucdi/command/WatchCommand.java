package io.github.gpucdi.command;

import io.github.gpucdi.option.GlobalOptions;
import io.github.gpucdi.option.HostOptions;
import io.github.gpucdi.option.SpecOptions;
import io.github.gpucdi.option.WatchOptions;
import io.github.gpucdi.option.WatchRequests;
import io.github.gpucdi.probe.HostProbe;
import io.github.gpucdi.report.OutcomeReport;
import io.github.gpucdi.settings.ConfigDefaults;
import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.terminal.IoReason;
import io.github.gpucdi.terminal.Session;
import io.github.gpucdi.watch.Listening;
import io.github.gpucdi.watch.OutputLock;
import io.github.gpucdi.watch.Regeneration;
import io.github.gpucdi.watch.ServiceNotifier;
import io.github.gpucdi.watch.Serving;
import io.github.gpucdi.watch.WatchRequest;
import io.github.gpucdi.watch.Watcher;
import io.github.gpucdi.watch.jna.NotifySocket;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code gpu-cdi watch}. */
final class WatchCommand extends Command implements Callable<Integer> {
    /** No exit status: the program is to read its options anew and go on. */
    static final int RELOAD = -1;

    private final SpecOptions spec = with(new SpecOptions());

    private final WatchOptions watch = with(new WatchOptions());

    private final HostOptions host = with(new HostOptions());

    private final GlobalOptions global;
    private final Session session;

    WatchCommand(GlobalOptions global, Session session) {
        super("watch");
        description(
                "Keep a CDI spec up to date: regenerate it when the driver, a GPU, a MIG device or an engine comes or goes.",
                "Between two runs NVML is not open, so that the driver can be unloaded and upgraded; it is never loaded by this command.");
        footer(
                "",
                "Examples:",
                "  gpu-cdi watch                                     keep /etc/cdi/nvidia.yaml up to date",
                "  gpu-cdi watch --on-driver-loss=delete --metrics-file=/var/lib/prometheus/node-exporter/gpu-cdi.prom",
                "  gpu-cdi watch --on-change=/usr/bin/systemctl,restart,agent.service",
                "  gpu-cdi watch --once                              from cron",
                "",
                "Signals: TERM and INT end it, HUP has it read its options anew and regenerate.",
                "Exit codes: 0 ended by a signal, 2 usage, 6 cannot write or watched by another process, 70 bug;",
                "with --once those of generate.");
        this.global = global;
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        WatchRequests requests = new WatchRequests(spec, watch, host, global, session);
        if (watch.worker.value()) {
            Regeneration regeneration = requests.regeneration();
            Serving.serve(
                    session.in(),
                    session.out(),
                    () -> regeneration.run(
                            outcome -> OutcomeReport.status(outcome, spec.strict.value(), session.console())));
            return ExitCode.OK.status();
        }
        if (watch.listener.value()) {
            Listening.listen(() -> HostProbe.nvml(requests.listening()), session.in(), session.out());
            return ExitCode.OK.status();
        }
        // What a file says by now, its children would read at other times.
        List<String> arguments =
                new ArrayList<>(model().root().commandLine().getParseResult().originalArgs());
        arguments.addAll(((ConfigDefaults) model().defaultValueProvider()).flags(model()));
        WatchRequest request = requests.watch(arguments);
        ServiceNotifier notifier = ServiceNotifier.of(session.environment(), NotifySocket::open);
        if (watch.once.value()) {
            try (Watcher watcher = new Watcher(request, session.console(), notifier)) {
                return watcher.once();
            }
        }
        OutputLock lock = lock(request);
        try (Watcher watcher = new Watcher(request, session.console(), notifier)) {
            return watcher.run() == Watcher.End.RELOAD ? RELOAD : ExitCode.OK.status();
        } finally {
            lock.close();
        }
    }

    private static OutputLock lock(WatchRequest request) {
        try {
            Optional<OutputLock> lock = OutputLock.take(request.output());
            return lock.orElseThrow(() -> new CommandFailure(
                    ExitCode.NOT_WRITTEN,
                    "another gpu-cdi watch keeps " + request.output() + " up to date",
                    "end that one first, or name another file with --output"));
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.NOT_WRITTEN,
                    "cannot write in " + request.output().getParent() + ": " + IoReason.of(e),
                    "run as root, or name a file that you may write with --output",
                    e);
        }
    }
}
