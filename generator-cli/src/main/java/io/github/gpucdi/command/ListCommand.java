package io.github.gpucdi.command;

import io.github.gpucdi.cdi.registry.DeviceEntry;
import io.github.gpucdi.cdi.registry.DeviceEntry.State;
import io.github.gpucdi.cdi.registry.Registry;
import io.github.gpucdi.cdi.registry.SpecDirectory;
import io.github.gpucdi.cdi.registry.SpecFile;
import io.github.gpucdi.option.Argument;
import io.github.gpucdi.option.Choices;
import io.github.gpucdi.option.RegistryOptions;
import io.github.gpucdi.report.ListFormat;
import io.github.gpucdi.report.RegistryFormat;
import io.github.gpucdi.report.RegistryListing;
import io.github.gpucdi.report.StructuredOutput;
import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.terminal.Session;
import java.nio.file.Path;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.Callable;

/** {@code gpu-cdi list}. */
final class ListCommand extends Command implements Callable<Integer> {
    private final RegistryOptions registryOptions = with(new RegistryOptions());

    private final Argument<String> format = option("--format")
            .takes("FORMAT")
            .told(
                    "table, json, yaml, or name: the names that can be requested, one a line.",
                    "Default: table. Variable: GPU_CDI_LIST_FORMAT. Example: --format=name")
            .text("table");

    private final Session session;

    ListCommand(Session session) {
        super("list");
        description(
                "List the CDI devices of all kinds that engines find on this machine, each with its file.",
                "Exit code: 0 all can be requested; 1 one cannot, or a file or directory is not read; 2 usage.");
        footer("", "Example: gpu-cdi list --as=podman-4.3.1");
        this.session = session;
    }

    @Override
    public Integer call() {
        RegistryFormat chosen = Choices.REGISTRY_FORMAT.of(format.value());
        Registry registry = registryOptions.registry(session);
        List<DeviceEntry> entries = registry.entries();
        switch (chosen) {
            case TABLE -> RegistryListing.table(entries, session.out());
            case NAME -> {
                RegistryOptions.tellConflicts(registry, session.console());
                for (DeviceEntry entry : entries) {
                    if (entry.state() == State.AVAILABLE) {
                        session.out().println(entry.name().text());
                    }
                }
            }
            case JSON -> StructuredOutput.print(ListFormat.JSON, session.out(), RegistryListing.tree(registry));
            case YAML -> StructuredOutput.print(ListFormat.YAML, session.out(), RegistryListing.tree(registry));
        }
        List<Path> missing = registryOptions.missing();
        missing.forEach(directory -> session.console().warning(directory + ": no such directory"));
        ExitCode status = missing.isEmpty() ? status(registry, entries) : ExitCode.DIFFERS;
        if (registry.files().isEmpty() && status == ExitCode.OK) {
            StringJoiner places = new StringJoiner(", ");
            registry.directories()
                    .forEach(directory -> places.add(directory.path().toString()));
            session.console().info("there is no spec file in " + places);
        }
        return status.status();
    }

    private static ExitCode status(Registry registry, List<DeviceEntry> entries) {
        for (DeviceEntry entry : entries) {
            if (entry.state().isUnresolvable()) {
                return ExitCode.DIFFERS;
            }
        }
        for (SpecFile file : registry.files()) {
            if (file.spec().isEmpty()) {
                return ExitCode.DIFFERS;
            }
        }
        for (SpecDirectory directory : registry.directories()) {
            if (directory.problem().isPresent()) {
                return ExitCode.DIFFERS;
            }
        }
        return ExitCode.OK;
    }
}
