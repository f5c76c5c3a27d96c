package io.github.gpucdi.e2e.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A daemon of containerd on an engine host, with its own client {@code ctr}, which reads CDI specs from 2.0 on.
 *
 * @param directory the daemon's, on the host
 */
record Containerd(EngineHost host, String directory) {
    private static final String ROOT = "/run/gpu-cdi/root";
    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.\\d+\\.\\d+");

    /** The first number of a host's release. */
    static int major(EngineHost host) {
        Outcome told = host.inside(List.of("containerd", "--version")).orFail("containerd");
        Matcher version = VERSION.matcher(told.out());
        if (!version.find()) {
            throw new AssertionError("no version in " + told);
        }
        return Integer.parseInt(version.group(1));
    }

    /**
     * Starts one.
     *
     * @param name of its directory
     * @param configuration the text of its {@code config.toml}
     */
    static Containerd start(EngineHost host, String name, String configuration) {
        Containerd containerd = new Containerd(host, "/run/gpu-cdi/" + name);
        String file = containerd.directory + ".toml";
        host.write(file, configuration);
        host.start(
                List.of(
                        "containerd",
                        "--config=" + file,
                        "--root=" + containerd.directory + "/root",
                        "--state=" + containerd.directory + "/state",
                        "--address=" + containerd.socket()),
                "successfully booted");
        return containerd;
    }

    String socket() {
        return directory + ".sock";
    }

    /** Unpacks the Debian-like image, which the client cannot import as it is. */
    void unpack() {
        List<String> unpack = List.of("sh", "-euc", "mkdir $0 && tar -xf /run/gpu-cdi/images/debian.tar -C $0", ROOT);
        host.inside(unpack).orFail(unpack);
    }

    /** What runs a container of what was unpacked, with a device; its command is to follow. */
    List<String> run(String device) {
        return new ArrayList<>(List.of(
                "ctr",
                "--address=" + socket(),
                "run",
                "--rm",
                "--rootfs",
                "--env=NVML_DOUBLE_CONFIG=/nvml-double",
                "--mount=type=bind,src=/run/gpu-cdi/bin/glibc,dst=/check,options=rbind:ro",
                "--device=" + device,
                ROOT,
                "check"));
    }
}
