package io.github.gpucdi.e2e.engine;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Pod on the host's network, made as a kubelet makes it: by the CRI of a containerd. All that {@code more} is below is
 * fields of CRI's messages, in the text format of protocol buffers.
 *
 * @param config its PodSandboxConfig
 */
record Pod(Containerd containerd, String config, String id) implements AutoCloseable {
    private static final String IMAGE = "localhost/pod:latest";

    /** What a daemon needs in its table of CRI for Pods here; a machine may not let root lower a score. */
    static final String SETTINGS = """
            sandbox_image = "%s"
            restrict_oom_score_adj = true
            """.formatted(IMAGE);

    private static final Pattern ID = Pattern.compile("_id: \"(\\w+)\"");
    private static final Pattern STDOUT = Pattern.compile("^stdout: \"(.*)\"$", Pattern.MULTILINE);

    /** Writes the image that a sandbox and its containers are of: Debian-like, and what it runs waits for its end. */
    static void saveImage(EngineHost host) {
        String waits = "CMD [\"/bin/sh\", \"-c\", \"sh -c 'kill -STOP $$'; :\"]";
        host.podman(List.of("import", "-q", "--change=" + waits, "/run/gpu-cdi/images/debian.tar", IMAGE))
                .orFail("podman import");
        host.podman(List.of("save", "-q", "--output=/run/gpu-cdi/pod.tar", IMAGE))
                .orFail("podman save");
    }

    /** Gives a daemon that image. */
    static void loadImage(Containerd containerd) {
        List<String> load = List.of(
                "ctr",
                "--address=" + containerd.socket(),
                "--namespace=k8s.io",
                "images",
                "import",
                "/run/gpu-cdi/pod.tar");
        containerd.host().inside(load).orFail(load);
    }

    /** Makes one, without containers. */
    static Pod run(Containerd containerd, String more) {
        String config = """
                metadata { name: "pod" uid: "1" namespace: "default" }
                linux { security_context { namespace_options { network: NODE } } }
                """ + more;
        Outcome made = call(containerd, "RunPodSandbox", "config { " + config + " }");
        return new Pod(containerd, config, find(ID, made));
    }

    /** Creates the Pod's container, which does not run yet. */
    Outcome create(String more) {
        return call(containerd, "CreateContainer", """
                pod_sandbox_id: "%s"
                sandbox_config { %s }
                config {
                  metadata { name: "check" }
                  image { image: "%s" }
                  envs { key: "NVML_DOUBLE_CONFIG" value: "/nvml-double" }
                  mounts { container_path: "/check" host_path: "/run/gpu-cdi/bin/glibc" readonly: true }
                  %s
                }
                """.formatted(id, config, IMAGE, more));
    }

    /** Runs the Pod's container, and a command in it. Returns what that printed. */
    String run(String more, List<String> command) {
        String container = "container_id: \"" + find(ID, create(more)) + "\"";
        call(containerd, "StartContainer", container).orFail(more);
        StringBuilder words = new StringBuilder();
        for (String word : command) {
            words.append(" cmd: \"").append(word).append('"');
        }
        return find(STDOUT, call(containerd, "ExecSync", container + words)).translateEscapes();
    }

    /** Ends and removes it with its container. */
    @Override
    public void close() {
        call(containerd, "RemovePodSandbox", "pod_sandbox_id: \"" + id + "\"").orFail(id);
    }

    private static Outcome call(Containerd containerd, String method, String request) {
        return containerd.host().inside(List.of(EngineHost.script("cri.sh"), containerd.socket(), method, request));
    }

    private static String find(Pattern pattern, Outcome outcome) {
        Matcher matcher = pattern.matcher(outcome.orFail(pattern).out());
        if (!matcher.find()) {
            throw new AssertionError("no " + pattern + " in " + outcome);
        }
        return matcher.group(1);
    }
}
