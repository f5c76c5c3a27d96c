package io.github.gpucdi.command;

import io.github.gpucdi.cdi.engine.EngineRelease;
import io.github.gpucdi.cdi.engine.LibraryRelease;
import io.github.gpucdi.cdi.inject.HostNodes;
import io.github.gpucdi.cdi.inject.Injector;
import io.github.gpucdi.cdi.registry.RegisteredDevice;
import io.github.gpucdi.cdi.spec.CdiException;
import io.github.gpucdi.option.Argument;
import io.github.gpucdi.option.OciConfigFile;
import io.github.gpucdi.option.RegistryOptions;
import io.github.gpucdi.option.Requests;
import io.github.gpucdi.report.ListFormat;
import io.github.gpucdi.report.StructuredOutput;
import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.terminal.Session;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** {@code gpu-cdi inject}. */
final class InjectCommand extends Command implements Callable<Integer> {
    /** Also called {@code --config} on the command line; its variable is not that of the other {@code --config}. */
    static final String CONFIG = "--oci-config";

    private final RegistryOptions registry = with(new RegistryOptions());

    private final Argument<String> config = option(CONFIG)
            .takes("FILE")
            .told(
                    "The OCI runtime configuration (config.json), - for standard input.",
                    "Default: none, it must be given. Variable: GPU_CDI_INJECT_OCI_CONFIG. Example: --oci-config=config.json")
            .required()
            .text("");

    private final Argument<List<String>> names = parameter("1..*")
            .takes("DEVICE")
            .told("Qualified names, such as nvidia.com/gpu=all.")
            .list();

    private final Session session;

    InjectCommand(Session session) {
        super("inject");
        description(
                "Print an OCI runtime configuration with devices injected, as an engine would do it.",
                "Exit code: 0 printed; 1 a device cannot be requested, or its node not be completed from this host;"
                        + " 2 usage, unusable configuration.");
        footer("", "Example: gpu-cdi inject --config=config.json nvidia.com/gpu=all");
        this.session = session;
    }

    @Override
    public Integer call() {
        Map<String, Object> given = OciConfigFile.read(config.value(), session.in());
        List<RegisteredDevice> devices = Requests.resolve(names.value(), registry.registry(session));
        LibraryRelease library = registry.engine().map(EngineRelease::library).orElse(LibraryRelease.NEWEST);
        try {
            StructuredOutput.print(
                    ListFormat.JSON,
                    session.out(),
                    Injector.apply(given, Injector.combine(devices), HostNodes.ofMachine(), library));
        } catch (CdiException e) {
            throw failure(e);
        }
        return ExitCode.OK.status();
    }

    private CommandFailure failure(CdiException e) {
        boolean given = e.code() == CdiException.Code.CONFIG_INVALID;
        return new CommandFailure(
                given ? ExitCode.USAGE : ExitCode.DIFFERS,
                (given ? config.value() + ": " : "") + e.getMessage(),
                given ? "give an OCI runtime configuration" : "engines fail to start the container for the same reason",
                e);
    }
}
