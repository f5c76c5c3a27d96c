package io.github.gpucdi.e2e.engine;

import java.util.List;

/** Docker's daemon on an engine host. */
final class Docker {
    private static boolean started;

    private Docker() {}

    /** Starts it, once, as the page of the examples says it is to be set up, and gives it the Debian-like image. */
    static synchronized void start(EngineHost host) {
        if (started) {
            return;
        }
        host.write("/etc/docker/daemon.json", """
                {
                  "features": {"cdi": true},
                  "iptables": false,
                  "ip6tables": false,
                  "bridge": "none",
                  "storage-driver": "vfs",
                  "data-root": "/run/gpu-cdi/docker"
                }
                """);
        host.start(List.of("dockerd"), "API listen on");
        List<String> load = List.of(
                "docker",
                "import",
                "--change=ENV NVML_DOUBLE_CONFIG=/nvml-double",
                "/run/gpu-cdi/images/debian.tar",
                "localhost/debian");
        host.inside(load).orFail(load);
        started = true;
    }
}
