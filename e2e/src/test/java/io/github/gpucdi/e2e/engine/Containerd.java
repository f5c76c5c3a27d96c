package io.github.gpucdi.e2e.engine;

import java.util.ArrayList;
import java.util.List;

/** containerd's daemon on an engine host, and its own client {@code ctr}, which reads CDI specs from 2.0 on. */
final class Containerd {
    private static final String SOCKET = "/run/gpu-cdi/containerd.sock";
    private static final String ROOT = "/run/gpu-cdi/root";

    private Containerd() {}

    /** Starts it, and unpacks the Debian-like image, which the client cannot import as it is. */
    static void start(EngineHost host) {
        host.start(
                List.of(
                        "containerd",
                        "--root=/run/gpu-cdi/containerd/root",
                        "--state=/run/gpu-cdi/containerd/state",
                        "--address=" + SOCKET),
                "successfully booted");
        List<String> unpack = List.of("sh", "-euc", "mkdir $0 && tar -xf /run/gpu-cdi/images/debian.tar -C $0", ROOT);
        host.inside(unpack).orFail(unpack);
    }

    /** What runs a container with a device; its command is to follow. */
    static List<String> run(String device) {
        return new ArrayList<>(List.of(
                "ctr",
                "--address=" + SOCKET,
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
