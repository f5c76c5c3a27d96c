package io.github.gpucdi.exam;

import io.github.gpucdi.fleet.Fleet;
import io.github.gpucdi.fleet.FleetNode;
import io.github.gpucdi.fleet.Verdict;
import io.github.gpucdi.option.GlobalOptions;
import io.github.gpucdi.option.HostOptions;
import io.github.gpucdi.option.HostSource;
import io.github.gpucdi.option.SnapshotFiles;
import io.github.gpucdi.report.FleetDocument;
import io.github.gpucdi.report.FleetReport;
import io.github.gpucdi.report.ListFormat;
import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.terminal.SafeText;
import io.github.gpucdi.terminal.Session;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** {@code gpu-cdi doctor} over the snapshots of many hosts, of which a few are in memory at a time. */
public record FleetExam(HostExam exam, HostOptions host, GlobalOptions global, Session session) {
    /** Each holds a snapshot, which can take tens of MiB. */
    private static final int MAX_THREADS = 4;

    /** After so many hosts garbage is collected: left alone, the collector lets the heap grow to its limit first. */
    private static final int COLLECTED_AFTER = 10;

    /** Prints what is wrong with the hosts, and where they differ. */
    public ExitCode run(ListFormat format) {
        new HostSource(host, global, session).requireReplayable();
        Map<String, String> files = SnapshotFiles.byHost(host.snapshots.value());
        int threads = Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors());
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try {
            Iterable<FleetNode> nodes = () -> new Ahead(files.entrySet().iterator(), threads, workers);
            return told(
                    switch (format) {
                        case TABLE -> FleetReport.print(nodes, session.out());
                        case JSON, YAML -> FleetDocument.print(nodes, exam.rootless(), format, session.out());
                    });
        } finally {
            workers.shutdownNow();
        }
    }

    private static ExitCode told(Fleet fleet) {
        List<String> unusable = fleet.nodes(Verdict.UNUSABLE);
        if (!unusable.isEmpty()) {
            throw CommandFailure.usage(
                    unusable.size() + " of " + fleet.size() + " snapshots cannot be used: '"
                            + SafeText.escape(unusable.get(0)) + "'" + (unusable.size() > 1 ? " and others" : ""),
                    (unusable.size() < fleet.size() ? "the others were judged; " : "")
                            + "make it anew with: gpu-cdi snapshot, or judge it with that host's gpu-cdi,"
                            + " or without options that it was not made with");
        }
        boolean works = fleet.nodes(Verdict.WORKS).size() == fleet.size();
        return works ? ExitCode.OK : ExitCode.DIFFERS;
    }

    private FleetNode node(String name, String file) {
        try {
            HostExam.Examined examined = exam.of(new HostSource(host, file, global, session));
            return FleetNode.of(name, examined.snapshot(), examined.diagnosis());
        } catch (CommandFailure e) {
            // Of this snapshot alone: what is wrong with options for all of them was told before.
            return new FleetNode.Unusable(name, e.getMessage());
        }
    }

    /** The hosts in their order, each of which is judged before it is asked for, but not long before. */
    private final class Ahead implements Iterator<FleetNode> {
        private final Iterator<Map.Entry<String, String>> files;
        private final ExecutorService workers;
        private final Queue<CompletableFuture<FleetNode>> judged = new ArrayDeque<>();
        private int given;

        Ahead(Iterator<Map.Entry<String, String>> files, int count, ExecutorService workers) {
            this.files = files;
            this.workers = workers;
            for (int i = 0; i < count; i++) {
                judgeNext();
            }
        }

        private void judgeNext() {
            if (files.hasNext()) {
                Map.Entry<String, String> file = files.next();
                judged.add(CompletableFuture.supplyAsync(() -> node(file.getKey(), file.getValue()), workers));
            }
        }

        @Override
        public boolean hasNext() {
            return !judged.isEmpty();
        }

        @Override
        public FleetNode next() {
            CompletableFuture<FleetNode> next = judged.remove();
            judgeNext();
            given++;
            if (given % COLLECTED_AFTER == 0) {
                System.gc();
            }
            try {
                return next.join();
            } catch (CompletionException e) {
                if (e.getCause() instanceof Error error) {
                    throw error;
                }
                throw e;
            }
        }
    }
}
