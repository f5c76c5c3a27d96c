package io.github.gpucdi.command;

import io.github.gpucdi.cdi.publish.Publisher;
import io.github.gpucdi.cdi.spec.CdiException;
import io.github.gpucdi.generate.FactSource;
import io.github.gpucdi.generate.NotWritten;
import io.github.gpucdi.generate.PartTimes;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.json.SnapshotJson;
import io.github.gpucdi.option.Argument;
import io.github.gpucdi.option.DestinationOption;
import io.github.gpucdi.option.GivenPath;
import io.github.gpucdi.option.GlobalOptions;
import io.github.gpucdi.option.HostOptions;
import io.github.gpucdi.option.HostSource;
import io.github.gpucdi.option.SimulatedHosts;
import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.terminal.Session;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code gpu-cdi snapshot}. */
final class SnapshotCommand extends Command implements Callable<Integer> {
    private final HostOptions host = with(new HostOptions());

    private final Argument<String> output = option("--output")
            .takes("FILE")
            .told(
                    "Write to FILE, for its owner alone to read; - is standard output.",
                    "Default: standard output. Variable: GPU_CDI_SNAPSHOT_OUTPUT. Example: --output=host.json")
            .text("");

    private final Argument<Boolean> redact = option("--redact")
            .told(
                    "Replace serial numbers and UUIDs.",
                    "Default: off. Variable: GPU_CDI_SNAPSHOT_REDACT. Example: --redact")
            .flag();

    private final Argument<List<String>> specDirs = option("--spec-dir")
            .takes("DIR")
            .told(
                    "A directory to look for CDI specs in besides those of engines; repeatable.",
                    "Default: none. Variable: GPU_CDI_SPEC_DIR, NVIDIA_CTK_CDI_SPEC_DIRS. Example: --spec-dir=/srv/cdi")
            .list();

    private final GlobalOptions global;
    private final Session session;

    SnapshotCommand(GlobalOptions global, Session session) {
        super("snapshot");
        description(
                "Write all that a spec is made from, and all that doctor looks at, as JSON, for --snapshot here or elsewhere.");
        footer("", "Example: gpu-cdi snapshot --redact --output=host.json");
        this.global = global;
        this.session = session;
    }

    private List<String> directories() {
        List<String> directories = new ArrayList<>();
        for (String directory : specDirs.value()) {
            directories.add(GivenPath.of("--spec-dir", directory).toString());
        }
        return directories;
    }

    /** The file to write; never where engines would read it as a spec. */
    private Optional<Path> file(HostSource source) {
        if (DestinationOption.isStandardOutput(output.value())) {
            return Optional.empty();
        }
        if (output.value().endsWith("/")) {
            throw CommandFailure.usage(
                    "--output " + output.value() + " names a directory",
                    "give a file: " + output.value() + "host.json");
        }
        Path file = GivenPath.of("--output", output.value());
        DestinationOption.requireNoDevice(file);
        DestinationOption.requireNoSpecDirectory(file, source.hostRoot(), "a snapshot");
        return Optional.of(file);
    }

    @Override
    public Integer call() throws IOException {
        if (SimulatedHosts.list(host, session.out())) {
            return ExitCode.OK.status();
        }
        HostSource source = new HostSource(host, global, session);
        Optional<Path> file = file(source);
        FactSource facts = source.facts(SnapshotJson.SECTIONS, true, directories());
        PartTimes times = new PartTimes(facts);
        HostSnapshot snapshot = facts.snapshot();
        times.ended(PartTimes.LOOKING).ifPresent(session.console()::debug);
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        if (redact.value()) {
            SnapshotJson.writeRedacted(snapshot, json);
        } else {
            SnapshotJson.write(snapshot, json);
        }
        times.ended("making the snapshot").ifPresent(session.console()::debug);
        if (file.isEmpty()) {
            session.out().write(json.toByteArray());
            return ExitCode.OK.status();
        }
        try {
            Publisher.publishPrivate(file.get(), json.toByteArray());
            session.console().info("wrote " + output.value());
            return ExitCode.OK.status();
        } catch (CdiException e) {
            throw new CommandFailure(ExitCode.NOT_WRITTEN, "cannot write " + e.getMessage(), NotWritten.hint(e), e);
        }
    }
}
