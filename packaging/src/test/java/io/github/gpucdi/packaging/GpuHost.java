package io.github.gpucdi.packaging;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A Debian whose systemd and udev run in namespaces of their own, with the double as the driver of its GPUs. */
record GpuHost(CleanRoot root, Booted booted) {
    static final String OLD = "580.95.05";
    static final String NEW = "590.44.01";
    static final String LIBRARIES = "/usr/lib/" + System.getProperty("package.arch") + "-linux-gnu/";
    private static final String SPEC = "etc/cdi/nvidia.yaml";

    /** The root, which has neither the package nor a driver yet, but more packages of Debian. */
    static CleanRoot root(Path parent, String... more) throws Exception {
        assumeTrue(CleanRoot.has("unshare") && CleanRoot.has("nsenter"), "util-linux is not there");
        CleanRoot root = CleanRoot.withSystemd(parent, more);
        for (String version : List.of(OLD, NEW)) {
            Commands.run(List.of("../nvml-double/src/main/c/build.sh", root.path() + "/root/" + version, version));
        }
        Commands.run(List.of("gcc", "-o", root.path() + "/root/uevent", "src/test/c/uevent.c"));
        // Nodes as a driver would have made them by then.
        write(root, "etc/tmpfiles.d/nodes.conf", """
                c /dev/nvidia0 0666 root root - 195:0
                c /dev/nvidiactl 0666 root root - 195:255
                """);
        // Only our rule, and although /sys cannot be written.
        Commands.run(List.of(
                "sh", "-c", "rm \"$0\"/usr/lib/udev/rules.d/*", root.path().toString()));
        dropIn(root, "systemd-udevd.service", "[Unit]\nConditionPathIsReadWrite=\n");
        // What the double answers; and what boot.sh mounts, which a service's own /proc has not.
        String told = "[Service]\nEnvironment=NVML_DOUBLE_CONFIG=/etc/nvml.conf\nBindReadOnlyPaths=/proc/driver\n";
        String seen =
                "ExecStartPost=/bin/sh -c '{ ls -A /root /home 2>&1; echo HOME=$$HOME; readlink /proc/self/ns/net; }"
                        + " >/run/gpu-cdi/seen'\n";
        dropIn(root, "gpu-cdi-refresh.service", told + seen);
        dropIn(root, "gpu-cdi-watch.service", told + "WatchdogSec=2s\n");
        dropIn(root, "gpu-cdi-retry.timer", "[Timer]\nOnActiveSec=\nOnActiveSec=2s\nAccuracySec=1ms\n");
        return root;
    }

    /** Boots it without a driver and a spec. */
    static GpuHost boot(CleanRoot root) throws Exception {
        String remove = "cd \"$0\" && rm -rf etc/cdi etc/nvml.conf ." + LIBRARIES + "libnvidia-ml.so.*";
        Commands.run(List.of("sh", "-c", remove, root.path().toString()));
        return reboot(root);
    }

    static GpuHost reboot(CleanRoot root) throws Exception {
        return new GpuHost(root, Booted.boot(root.path()));
    }

    /** Writes a file of a root that does not run. */
    static void write(CleanRoot root, String name, String text) throws IOException {
        Path file = root.path().resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static void dropIn(CleanRoot root, String unit, String text) throws IOException {
        write(root, "etc/systemd/system/" + unit + ".d/here.conf", text);
    }

    String must(String line) throws Exception {
        return booted.must(line);
    }

    Packaged.Result run(String line) throws Exception {
        return booted.run(line);
    }

    /** A property of a unit. */
    String show(String unit, String property) throws Exception {
        return must("systemctl show --property=" + property + " --value " + unit)
                .strip();
    }

    /** Waits for what {@link #show} gives. */
    void await(String unit, String property, String value) throws Exception {
        Booted.until(
                value + " as " + property + " of " + unit,
                () -> show(unit, property).equals(value));
    }

    /** A driver's libraries take the place of another's, and its module too. */
    void driver(String version) throws Exception {
        answer(version, "gpu.0 = l40s");
        module(version);
        libraries(version);
    }

    void module(String version) throws Exception {
        must("mkdir -p /proc/driver/nvidia && echo 'NVRM version: NVIDIA UNIX x86_64 Kernel Module  " + version
                + "  ' >/proc/driver/nvidia/version");
    }

    void libraries(String version) throws Exception {
        must("cd " + LIBRARIES + " && cp /root/" + version + " libnvidia-ml.so." + version
                + " && ln -sfn libnvidia-ml.so." + version + " libnvidia-ml.so.1"
                + " && find . -maxdepth 1 -name 'libnvidia-ml.so.*.*' ! -name '*." + version + "' -delete");
    }

    /** What the driver answers from now on. */
    void answer(String version, String... lines) throws Exception {
        must("printf '%s\\n' 'driver = " + version + "' '" + String.join("' '", lines) + "' >/etc/nvml.conf");
    }

    /** The kernel tells of a device. */
    void uevent(String action, String device, String... properties) throws Exception {
        must("/root/uevent " + action + "@" + device + " ACTION=" + action + " DEVPATH=" + device + " "
                + String.join(" ", properties));
    }

    Path spec() {
        return root.path().resolve(SPEC);
    }

    void awaitSpec(String text) throws Exception {
        Booted.until(
                text + " in the spec",
                () -> Files.exists(spec()) && Files.readString(spec()).contains(text));
    }

    void awaitNoSpec() throws Exception {
        Booted.until("the spec to go", () -> !Files.exists(spec()));
    }

    /** The commands of docs/refresh.md with a text in them. */
    static String documented(String text) throws Exception {
        for (String part : Files.readString(Path.of("../docs/refresh.md")).split("```")) {
            if (part.startsWith("sh\n") && part.contains(text)) {
                return "set -e" + part.substring(2);
            }
        }
        throw new AssertionError(text + " is in no commands of docs/refresh.md");
    }

    void end() throws InterruptedException {
        booted.end();
    }
}
