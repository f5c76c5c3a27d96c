package io.github.gpucdi.command;

import io.github.gpucdi.option.Argument;
import io.github.gpucdi.option.SystemOptions;
import io.github.gpucdi.system.SystemRun;
import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.terminal.Session;
import java.util.concurrent.Callable;

/** {@code gpu-cdi system create-device-nodes}. */
final class CreateDeviceNodesCommand extends Command implements Callable<Integer> {
    private static final String NAME = "create-device-nodes";

    private final Argument<Boolean> controlDevices = option("--control-devices")
            .told(
                    "Make nvidiactl, nvidia-modeset, nvidia-uvm and nvidia-uvm-tools, which are no GPU's.",
                    "Default: off. Variable: GPU_CDI_SYSTEM_CREATE_DEVICE_NODES_CONTROL_DEVICES. Example: --control-devices")
            .flag();

    private final SystemOptions options = with(new SystemOptions(NAME, "", "--driver-root", "--root"));

    private final Session session;

    CreateDeviceNodesCommand(Session session) {
        super(NAME);
        description(
                "Make the driver's device nodes that are no GPU's, and load its kernel modules.",
                "What is there is checked; nothing is made if anything else stands in a node's place.");
        footer(
                "",
                "Example: gpu-cdi system create-device-nodes --control-devices --load-kernel-modules",
                "",
                "Exit codes: 0 done, 2 usage, 3 the kernel has no NVIDIA driver, 6 cannot or must not make one.");
        this.session = session;
    }

    @Override
    public Integer call() {
        new SystemRun(options.request(controlDevices.value()), session.console()).makeNodes();
        return ExitCode.OK.status();
    }
}
