package io.github.gpucdi.option;

import io.github.gpucdi.system.SystemRequest;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Where device nodes and links to them are made, and how. */
public final class SystemOptions extends Arguments {
    public final Argument<Optional<String>> driverRoot;
    public final Argument<Optional<String>> devRoot;
    public final Argument<Optional<String>> hostRoot;
    public final Argument<Boolean> loadModules;
    public final Argument<Boolean> replace;
    public final Argument<Boolean> dryRun;

    /**
     * Options of a command below {@code system}.
     *
     * @param command its name
     * @param needed what the loading of modules and the replacing of nodes takes besides, in a sentence; or empty
     * @param driverRootNames of the option that says where the driver is
     */
    public SystemOptions(String command, String needed, String... driverRootNames) {
        String own = "GPU_CDI_SYSTEM_" + command.replace('-', '_').toUpperCase(Locale.ROOT) + "_";
        driverRoot = option(driverRootNames)
                .takes("DIR")
                .told(
                        "Root that the driver is installed in: kernel modules are loaded as seen from there.",
                        "Default: /. Variable: GPU_CDI_DRIVER_ROOT" + nvidias(command, "--driver-root")
                                + ". Example: --driver-root=/run/nvidia/driver")
                .optional();
        devRoot = option("--dev-root")
                .takes("DIR")
                .told(
                        "Parent of the dev directory with the device nodes.",
                        "Default: the driver root. Variable: GPU_CDI_DEV_ROOT" + nvidias(command, "--dev-root")
                                + ". Example: --dev-root=/")
                .optional();
        hostRoot = option("--host-root")
                .takes("DIR")
                .told(
                        "Work below DIR as if it were /: for work in a container on behalf of its node.",
                        "Default: /. Variable: GPU_CDI_HOST_ROOT. Example: --host-root=/host")
                .optional();
        loadModules = option("--load-kernel-modules")
                .told(
                        "First load the kernel modules nvidia, nvidia-uvm and nvidia-modeset, with the driver root's /sbin/modprobe."
                                + needed,
                        "Default: off. Variable: " + own + "LOAD_KERNEL_MODULES"
                                + nvidias(command, "--load-kernel-modules")
                                + ". Example: --load-kernel-modules")
                .flag();
        replace = option("--replace")
                .told(
                        "Make device nodes anew that have other numbers than the driver's of this boot, or another mode than"
                                + " 0666." + needed,
                        "Default: off. Variable: " + own + "REPLACE. Example: --replace")
                .flag();
        dryRun = option("--dry-run")
                .told(
                        "Change nothing; say what would be done.",
                        "Default: off. Variable: " + own + "DRY_RUN" + nvidias(command, "--dry-run")
                                + ". Example: --dry-run")
                .flag();
    }

    private static String nvidias(String command, String option) {
        StringBuilder variables = new StringBuilder();
        for (String variable : SystemVariables.of("system-" + command, option)) {
            variables.append(", ").append(variable);
        }
        return variables.toString();
    }

    /**
     * The request that they mean.
     *
     * @param controlNodes whether to make the nodes that a driver has without any GPU
     * @throws io.github.gpucdi.terminal.CommandFailure if the host's root is no directory, or a path cannot be one
     */
    public SystemRequest request(boolean controlNodes) {
        Path host = Path.of(GivenPath.absolute("--host-root", hostRoot.value().orElse("")));
        HostSource.requireHostRoot(host);
        String driver = GivenPath.absolute("--driver-root", driverRoot.value().orElse(""));
        return new SystemRequest(
                host,
                driver,
                devRoot.value()
                        .filter(root -> !root.isEmpty())
                        .map(root -> GivenPath.absolute("--dev-root", root))
                        .orElse(driver),
                loadModules.value(),
                controlNodes,
                replace.value(),
                dryRun.value());
    }
}
