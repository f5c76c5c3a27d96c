package io.github.gpucdi.command;

import io.github.gpucdi.option.Argument;
import io.github.gpucdi.option.Choices;
import io.github.gpucdi.option.GivenPath;
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

/** {@code gpu-cdi config check}. */
final class ConfigCheckCommand extends Command implements Callable<Integer> {
    private final Argument<String> format = option("--format")
            .takes("FORMAT")
            .told(
                    "table, json or yaml.",
                    "Default: table. Variable: GPU_CDI_CONFIG_CHECK_FORMAT. Example: --format=json")
            .text("table");

    private final Argument<List<String>> files = parameter("0..*")
            .takes("FILE")
            .told("Files to judge. Default: those that commands read.")
            .list();

    private final ConfigPlaces places;
    private final Session session;

    ConfigCheckCommand(ConfigPlaces places, Session session) {
        super("check");
        description(
                "Judge configuration files: say of each key and value that cannot be used where it stands, and why.");
        footer(
                "",
                "Examples:",
                "  gpu-cdi config check                the files that commands read",
                "  gpu-cdi config check site.yaml      one that is to be installed",
                "",
                "Exit codes: 0 good, 1 something is wrong, 2 usage or a file cannot be read.");
        this.places = places;
        this.session = session;
    }

    @Override
    public Integer call() {
        ListFormat chosen = Choices.LIST_FORMAT.of(format.value());
        ConfigKeys keys = new ConfigKeys(model().root());
        List<ConfigFile> judged = new ArrayList<>();
        files.value().forEach(file -> judged.add(ConfigPlaces.read(GivenPath.of("FILE", file), keys)));
        if (files.value().isEmpty()) {
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
