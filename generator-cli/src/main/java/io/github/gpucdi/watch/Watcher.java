package io.github.gpucdi.watch;

import io.github.gpucdi.cdi.spec.CdiException;
import io.github.gpucdi.generate.NotWritten;
import io.github.gpucdi.probe.HostState;
import io.github.gpucdi.terminal.Console;
import io.github.gpucdi.terminal.ExitCode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Looks at a host again and again, and has a worker regenerate its spec when that can be another. */
public final class Watcher implements AutoCloseable {
    /** How it came to an end. */
    public enum End {
        STOPPED,
        RELOAD
    }

    /** The service is as ready as it gets, although the first run has not ended. */
    private static final Duration READY_AFTER = Duration.ofSeconds(30);

    /** So much longer than between two looks may one turn of the loop take: a file system may hang. */
    private static final Duration LIVES_FOR = Duration.ofSeconds(60);

    private final WatchRequest request;
    private final Console console;
    private final ServiceNotifier notifier;
    private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final ChangeCommand command;
    private final Listener listener;
    private final Metrics metrics = new Metrics();

    private Schedule schedule = Schedule.IDLE;
    private Optional<Child> worker = Optional.empty();
    private Optional<HostState> seen = Optional.empty();
    /** What the driver's libraries were when the worker was started, which loads them once. */
    private Optional<Map<String, Object>> loaded = Optional.empty();

    private OptionalLong deadline = OptionalLong.empty();
    private int lastStatus = ExitCode.BUG.status();
    private volatile Installed installed = Installed.NOTHING_YET;
    private volatile String metricsText = metrics.text();
    private volatile long lastTurn;
    private Optional<StatusServer> server = Optional.empty();

    private boolean ready;
    private Optional<End> end = Optional.empty();

    public Watcher(WatchRequest request, Console console, ServiceNotifier notifier) {
        this.request = request;
        this.console = console;
        this.notifier = notifier;
        this.listener = new Listener(request.listener(), request.limit(), console, events::add);
        this.command = new ChangeCommand(request.onChange(), request.onChangeLimit(), events::add);
    }

    /** Regenerates once, and waits for the command that is run after a change; the run's exit status, or of a bug if it was lost. */
    public int once() throws InterruptedException {
        look(System.nanoTime());
        start(System.nanoTime());
        while (schedule.running() || command.isRunning() || !events.isEmpty()) {
            await(deadline);
        }
        return lastStatus;
    }

    /** Watches until a signal ends it. */
    public End run() throws InterruptedException {
        Signals.tell(events::add);
        try {
            request.http().ifPresent(this::serve);
            long begun = System.nanoTime();
            long nextLook = begun;
            schedule = schedule.wanted(begun);
            while (end.isEmpty()) {
                long now = System.nanoTime();
                lastTurn = now;
                if (now - nextLook >= 0 || schedule.isDue(now)) {
                    look(now);
                    listener.follow(seen.orElseThrow(), request.host(), now);
                    nextLook = now + request.interval().toNanos();
                }
                if (schedule.isDue(now)) {
                    start(now);
                }
                if (!ready && now - begun >= READY_AFTER.toNanos()) {
                    tellReady("waiting for the driver");
                }
                notifier.alive();
                await(OptionalLong.of(nextLook), schedule.due(), deadline, notifier.nextAlive(now));
            }
            return end.get();
        } finally {
            Signals.untell();
        }
    }

    /** Waits for an event, until the first of some times; then for none. */
    private void await(OptionalLong... times) throws InterruptedException {
        long wait = Long.MAX_VALUE;
        long now = System.nanoTime();
        for (OptionalLong time : times) {
            if (time.isPresent()) {
                wait = Math.min(wait, time.getAsLong() - now);
            }
        }
        Event event = events.poll(wait, TimeUnit.NANOSECONDS);
        if (event != null) {
            handle(event);
        }
        if (deadline.isPresent() && System.nanoTime() - deadline.getAsLong() >= 0) {
            lost("it gave no answer within " + request.limit().toSeconds() + " s");
        }
    }

    private void look(long now) {
        HostState state = HostState.look(request.host());
        List<String> changed = seen.map(state::changedSince).orElse(List.of());
        if (changed.isEmpty() && !schedule.isUnsettled()) {
            changed = installed.changed();
        }
        if (!changed.isEmpty()) {
            noticed(changed, now);
        }
        seen = Optional.of(state);
    }

    private void noticed(List<String> changed, long now) {
        console.info("noticed a change: " + String.join(", ", changed));
        metrics.noticed(changed.size());
        schedule = schedule.changed(now);
    }

    /** Whatever it is, GPUs may have changed: also while nobody listened, and by what ended that. */
    private void heard(Listening.Line line) {
        long now = System.nanoTime();
        switch (line.what()) {
            case MIG, XID -> noticed(List.of(line.toString()), now);
            case LISTENING, FAILED -> {
                if (listener.hasTurned(line, now)) {
                    schedule = schedule.changed(now);
                }
            }
        }
    }

    private void start(long now) {
        schedule = schedule.started();
        try {
            if (worker.isPresent() && !loaded.equals(seen.map(HostState::driver))) {
                endWorker();
            }
            if (worker.isEmpty()) {
                worker = Optional.of(Child.start(
                        request.worker(),
                        (child, line) -> new Event.Answered(
                                child, Report.of(line, request.outputs().size())),
                        events::add));
                loaded = seen.map(HostState::driver);
            }
            deadline = OptionalLong.of(now + request.limit().toNanos());
            worker.get().tell(Serving.ASKED);
        } catch (IOException e) {
            failed("cannot start " + request.worker().get(0) + ": " + e.getMessage());
        }
    }

    private void handle(Event event) {
        if (event instanceof Event.Answered answered && isOurs(answered.worker())) {
            ran(answered.report());
        } else if (event instanceof Event.Lost lost && isOurs(lost.child())) {
            lost(lost.why());
        } else if (event instanceof Event.Heard heard && listener.is(heard.listener())) {
            heard(heard.line());
        } else if (event instanceof Event.Lost lost && listener.is(lost.child())) {
            listener.lost(lost.why(), System.nanoTime());
        } else if (event instanceof Event.CommandEnded ended) {
            commandEnded(ended);
        } else if (event instanceof Event.Reload) {
            notifier.reloading();
            end = Optional.of(End.RELOAD);
        } else if (event instanceof Event.Stop) {
            notifier.stopping();
            end = Optional.of(End.STOPPED);
        }
    }

    /** An earlier worker's last words come too late. */
    private boolean isOurs(Child speaking) {
        return worker.isPresent() && worker.get() == speaking;
    }

    private void ran(Report report) {
        deadline = OptionalLong.empty();
        lastStatus = report.status();
        installed = Installed.by(report, request.outputs());
        schedule = report.isWritten() ? schedule.succeeded() : schedule.failed(System.nanoTime());
        metrics.ran(report, Instant.now());
        if (report.changed()) {
            command.changed();
        }
        if (!report.isWritten()) {
            request.labels().ifPresent(NodeLabelFile::delete);
            // What kept it from an answer may be held by the process: a call that hangs, an old library.
            endWorker();
        }
        tell("exit status " + report.status() + ", GPUs: " + report.gpus() + ", MIG devices: " + report.migDevices());
    }

    /** The worker is gone, or to be killed. */
    private void lost(String why) {
        long pid = worker.get().pid();
        boolean asked = schedule.running();
        boolean reaped = endWorker();
        if (asked) {
            metrics.lost();
            failed("process " + pid + " did not regenerate: " + why
                    + (reaped ? "" : "; the kernel does not let go of it"));
        }
    }

    private void failed(String what) {
        deadline = OptionalLong.empty();
        lastStatus = ExitCode.BUG.status();
        installed = Installed.not(what);
        request.labels().ifPresent(NodeLabelFile::delete);
        schedule = schedule.failed(System.nanoTime());
        console.error(what);
        console.hint("it will be tried again; the spec is as it was");
        tell(what);
    }

    private boolean endWorker() {
        boolean ended = worker.map(Child::end).orElse(true);
        worker = Optional.empty();
        return ended;
    }

    private void commandEnded(Event.CommandEnded ended) {
        String what = "--on-change " + ended.how();
        if (ended.failed()) {
            console.warning(what);
        } else {
            console.info(what);
        }
        metrics.commandEnded(ended.failed());
        command.ended();
        writeMetrics();
    }

    private void tell(String status) {
        writeMetrics();
        if (ready) {
            notifier.status(status);
        } else {
            tellReady(status);
        }
    }

    private void tellReady(String status) {
        ready = true;
        notifier.ready(status);
    }

    private void writeMetrics() {
        metricsText = metrics.text();
        try {
            if (request.metrics().isPresent()) {
                metrics.write(request.metrics().get());
            }
        } catch (CdiException e) {
            console.warning("cannot write " + e.getMessage(), NotWritten.hint(e));
        }
    }

    private void serve(InetSocketAddress address) {
        lastTurn = System.nanoTime();
        long limit = request.interval().plus(LIVES_FOR).toNanos();
        StatusServer started = StatusServer.at(
                address, () -> metricsText, () -> installed.trouble(), () -> System.nanoTime() - lastTurn < limit);
        server = Optional.of(started);
        console.info("serving /metrics, /readyz and /livez at http://" + started.address());
    }

    @Override
    public void close() {
        server.ifPresent(StatusServer::close);
        endWorker();
        listener.end();
        command.stop();
    }
}
