package io.github.gpucdi.command;

import io.github.gpucdi.option.Argument;
import io.github.gpucdi.option.GivenPath;
import io.github.gpucdi.option.SystemOptions;
import io.github.gpucdi.system.SystemRun;
import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.terminal.Session;
import java.util.concurrent.Callable;

/** {@code gpu-cdi system create-dev-char-symlinks}. */
final class CreateDevCharSymlinksCommand extends Command implements Callable<Integer> {
    private static final String NAME = "create-dev-char-symlinks";
    private static final String VARIABLES = "GPU_CDI_SYSTEM_CREATE_DEV_CHAR_SYMLINKS_";

    private final Argument<String> devCharPath = option("--dev-char-path")
            .takes("DIR")
            .told(
                    "The directory of links named for the numbers of devices.",
                    "Default: /dev/char. Variable: " + VARIABLES
                            + "DEV_CHAR_PATH, DEV_CHAR_PATH. Example: --dev-char-path=/host-dev-char")
            .text("/dev/char");

    private final Argument<Boolean> createAll = option("--create-all")
            .told(
                    "Make links to all device nodes that there could be, not only to those that there are.",
                    "Default: off. Variable: " + VARIABLES + "CREATE_ALL, CREATE_ALL. Example: --create-all")
            .flag();

    private final Argument<Boolean> createDeviceNodes = option("--create-device-nodes")
            .told(
                    "First make the device nodes that are no GPU's. Needs --create-all.",
                    "Default: off. Variable: " + VARIABLES
                            + "CREATE_DEVICE_NODES, CREATE_DEVICE_NODES. Example: --create-device-nodes")
            .flag();

    private final SystemOptions options = with(new SystemOptions(NAME, " Needs --create-all.", "--driver-root"));

    private final Session session;

    CreateDevCharSymlinksCommand(Session session) {
        super(NAME);
        description(
                "Make links to NVIDIA's device nodes, named for their numbers, such as /dev/char/195:0.",
                "runc and systemd look there for what a container may use. A link that leads elsewhere is replaced.");
        footer(
                "",
                "Example: gpu-cdi system create-dev-char-symlinks --create-all",
                "",
                "Exit codes: 0 done, 2 usage, 3 the kernel has no NVIDIA driver, 6 cannot or must not make a link.");
        this.session = session;
    }

    @Override
    public Integer call() {
        String directory = GivenPath.absolute("--dev-char-path", devCharPath.value());
        SystemRun run = new SystemRun(options.request(createDeviceNodes.value()), session.console());
        if (createAll.value()) {
            run.linkPossible(directory);
            return ExitCode.OK.status();
        }
        if (options.loadModules.value() || createDeviceNodes.value() || options.replace.value()) {
            session.console()
                    .warning(
                            "--load-kernel-modules, --create-device-nodes and --replace need --create-all: ignored",
                            "give --create-all, or make nodes with: gpu-cdi system create-device-nodes");
        }
        run.linkExisting(directory);
        return ExitCode.OK.status();
    }
}
