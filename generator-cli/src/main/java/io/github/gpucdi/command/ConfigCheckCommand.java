package io.github.gpucdi.command;

import io.github.gpucdi.option.Choices;
import io.github.gpucdi.option.HostSource;
import io.github.gpucdi.report.ListFormat;
import io.github.gpucdi.settings.ConfigDocument;
import io.github.gpucdi.settings.ConfigFile;
import io.github.gpucdi.settings.ConfigKeys;
import io.github.gpucdi.settings.ConfigPlaces;
import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.terminal.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gpu-cdi config check}. */
@Command(
        name = "check",
        description = {
            "Judge configuration files: say of each key and value that cannot be used where it stands, and why."
        },
        footer = {
            "",
            "Examples:",
            "  gpu-cdi config check                the files that commands read",
            "  gpu-cdi config check site.yaml      one that is to be installed",
            "",
            "Exit codes: 0 good, 1 something is wrong, 2 usage or a file cannot be read."
        })
final class ConfigCheckCommand implements Callable<Integer> {
    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = {
                "table, json or yaml.",
                "Default: table. Variable: GPU_CDI_CONFIG_CHECK_FORMAT. Example: --format=json"
            })
    private String format = "table";

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "Files to judge. Default: those that commands read.")
    private List<String> files = List.of();

    @Spec
    private CommandSpec spec;

    private final ConfigPlaces places;
    private final Session session;

    ConfigCheckCommand(ConfigPlaces places, Session session) {
        this.places = places;
        this.session = session;
    }

    @Override
    public Integer call() {
        ListFormat chosen = Choices.LIST_FORMAT.of(format);
        ConfigKeys keys = new ConfigKeys(spec.root());
        List<ConfigFile> judged = new ArrayList<>();
        files.forEach(file -> judged.add(ConfigPlaces.read(HostSource.path("FILE", file), keys)));
        if (files.isEmpty()) {
            judged.addAll(places.read(session.environment(), keys));
        }
        if (judged.isEmpty()) {
            session.console().info("there is no configuration file; the usual one is " + places.first());
        }
        ConfigDocument.print(judged, chosen, session.out());
        ExitCode code = ExitCode.OK;
        for (ConfigFile file : judged) {
            if (file.isUnreadable()) {
                return ExitCode.USAGE.status();
            }
            code = file.findings().isEmpty() ? code : ExitCode.DIFFERS;
        }
        return code.status();
    }
}
