package io.github.gpucdi.e2e.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.e2e.engine.EngineHost;
import io.github.gpucdi.e2e.engine.Outcome;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A cluster of one node, on loopback: Debian's slurmctld and slurmd on an engine host, with the scripts of {@code
 * examples/slurm}. NVML's order of its GPUs is not that of their device files. What its {@code gres.conf} says is what
 * {@code devices --format=gres} prints, but for the types: each device has one of its own, so that Slurm, asked for a type,
 * tells which device it means.
 */
final class Cluster {
    /** Where a spec is while its job runs. */
    static final String JOBS = "/run/gpu-cdi-jobs/";

    /** While there, the program of the prolog does not begin. */
    static final String HOLD = "/run/gpu-cdi/hold";

    /** While there, the program of the prolog fails. */
    static final String BROKEN = "/run/gpu-cdi/broken";

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int POLL_MILLISECONDS = 50;
    private static final Path EXAMPLES = Path.of("../examples/slurm");
    private static final Pattern NODE = Pattern.compile("(?:path: |node\t)(/dev/nvidia(?:-caps/nvidia-cap)?\\d+)\\s");
    private static final Pattern FILES = Pattern.compile("Name=gpu Type=(\\S+) (?:Multiple)?Files?=(\\S+)");

    private static final Map<String, String> MANIFESTS = Map.of(
            "/etc/vulkan/icd.d/nvidia_icd.json", "libGLX_nvidia.so.0",
            "/usr/share/glvnd/egl_vendor.d/10_nvidia.json", "libEGL_nvidia.so.0",
            "/usr/share/egl/egl_external_platform.d/15_nvidia_gbm.json", "libnvidia-egl-gbm.so.1");

    private static final String PROGRAM = """
            #!/bin/sh
            while [ -e %s ]; do sleep 0.05; done
            [ ! -e %s ] || { echo 'error: it is broken' >&2; exit 3; }
            NVML_DOUBLE_CONFIG=/run/gpu-cdi/nvml JAVA_HOME='%s' exec '%s' "$@"
            """;

    private static final String CONFIGURATION = """
            ClusterName=test
            SlurmctldHost=@HOST(127.0.0.1)
            SlurmctldPort=@CONTROL
            SlurmdPort=@NODE
            SlurmUser=root
            StateSaveLocation=/run/slurm/state
            SlurmdSpoolDir=/run/slurm/spool
            SlurmctldPidFile=/run/slurm/slurmctld.pid
            SlurmdPidFile=/run/slurm/slurmd.pid
            SlurmctldLogFile=/run/slurm/slurmctld.log
            SlurmdLogFile=/run/slurm/slurmd.log
            SlurmdDebug=debug
            SlurmdParameters=config_overrides
            ProctrackType=proctrack/linuxproc
            TaskPlugin=task/none
            SwitchType=switch/none
            MpiDefault=none
            SelectType=select/cons_tres
            SelectTypeParameters=CR_Core
            Prolog=/etc/slurm/prolog
            Epilog=/etc/slurm/epilog
            TaskProlog=/etc/slurm/task-prolog
            PrologFlags=Alloc
            ReturnToService=2
            KillWait=1
            GresTypes=gpu
            NodeName=node NodeHostname=@HOST NodeAddr=127.0.0.1 CPUs=8 RealMemory=100 Gres=@GRES
            PartitionName=all Nodes=node Default=YES State=UP
            """;

    private final EngineHost host;
    private final List<Device> devices;

    /**
     * A device as Slurm knows it.
     *
     * @param type of this device alone
     * @param files its device files
     */
    record Device(String type, Set<String> files) {}

    private Cluster(EngineHost host, List<Device> devices) {
        this.host = host;
        this.devices = devices;
    }

    static Cluster start() throws IOException {
        EngineHost host = EngineHost.another();
        must(
                host,
                "printf '%s\\n' 'gpu.0.minor = 3' 'gpu.2 = l40s' 'gpu.2.minor = 0' >>/run/gpu-cdi/nvml;"
                        + " mknod -m 666 /dev/nvidia3 c 195 3; rm /usr/local/bin/gpu-cdi;"
                        + " mkdir -p /etc/slurm /run/slurm/state /run/slurm/spool /run/munge; chown munge: /run/munge");
        host.write(
                "/usr/local/bin/gpu-cdi",
                PROGRAM.formatted(HOLD, BROKEN, System.getProperty("java.home"), EngineHost.PROGRAM));
        must(host, "chmod 755 /usr/local/bin/gpu-cdi");
        // Nothing is missing on this host.
        MANIFESTS.forEach((path, library) -> host.write(path, "{\"ICD\": {\"library_path\": \"" + library + "\"}}"));
        for (String script : List.of("prolog", "epilog", "task-prolog")) {
            host.write("/etc/slurm/" + script, Files.readString(EXAMPLES.resolve(script)));
            must(host, "chmod 755 /etc/slurm/" + script);
        }
        List<Device> devices = configure(host);
        host.start(
                List.of(
                        "setpriv",
                        "--reuid=munge",
                        "--regid=munge",
                        "--clear-groups",
                        "munged",
                        "--foreground",
                        "--seed-file=/run/munge/seed"),
                "work threads");
        host.start(List.of("slurmctld", "-D"), "Running as primary controller");
        host.start(List.of("slurmd", "-D", "-N", "node"), "slurmd started");
        Cluster cluster = new Cluster(host, devices);
        cluster.until("the node to be idle", () -> cluster.state().equals("idle"));
        return cluster;
    }

    private static List<Device> configure(EngineHost host) throws IOException {
        StringBuilder gres = new StringBuilder();
        List<Device> devices = new ArrayList<>();
        List<String> types = new ArrayList<>();
        for (String line : must(host, "gpu-cdi devices --format=gres").lines().toList()) {
            Matcher files = FILES.matcher(line);
            if (files.find()) {
                String type = "type" + devices.size();
                devices.add(
                        new Device(type, new TreeSet<>(List.of(files.group(2).split(",")))));
                types.add("gpu:" + type + ":1");
                gres.append(line.replace(files.group(1), type)).append('\n');
            }
        }
        host.write("/etc/slurm/gres.conf", gres.toString());
        try (ServerSocket control = new ServerSocket(0);
                ServerSocket node = new ServerSocket(0)) {
            String text = CONFIGURATION
                    .replace("@HOST", must(host, "hostname -s").strip())
                    .replace("@CONTROL", Integer.toString(control.getLocalPort()))
                    .replace("@NODE", Integer.toString(node.getLocalPort()))
                    .replace("@GRES", String.join(",", types));
            host.write("/etc/slurm/slurm.conf", text);
        }
        return devices;
    }

    /** In the order of {@code gres.conf}. */
    List<Device> devices() {
        return devices;
    }

    /** Runs a line of sh on the node. */
    Outcome run(String line) {
        return host.run(List.of("sh", "-c", line));
    }

    /** Its output. */
    String must(String line) {
        return must(host, line);
    }

    private static String must(EngineHost host, String line) {
        return host.run(List.of("sh", "-euc", line)).orFail(line).out();
    }

    /** Runs a job of an ordinary user to its end, and gives its output. */
    Outcome srun(String options, String line) {
        List<String> words = new ArrayList<>(EngineHost.AS_USER);
        words.addAll(List.of("sh", "-c", "exec srun " + options + " sh -c \"$0\"", line));
        return host.run(words);
    }

    /** Queues a job that runs until it is cancelled, and gives its id. */
    String queue(String options) {
        String id = must("sbatch --parsable --output=/dev/null --chdir=/ " + options + " --wrap='sleep 600'");
        return id.strip();
    }

    /** What {@code squeue} tells of a job; nothing once it is gone. */
    String told(String job, String what) {
        return run("squeue --noheader --states=all --format=" + what + " --jobs=" + job)
                .out()
                .strip();
    }

    /** Waits until a job is over and its epilog has ended. */
    void awaitEnd(String job) {
        until(
                "job " + job + " to end",
                () -> must("squeue --noheader --jobs=" + job + " 2>&1 || :").matches("\\s*|.*Invalid job id.*\\s*"));
        until("the node to be idle", () -> state().equals("idle"));
    }

    /** Of the node. */
    String state() {
        return must("sinfo --noheader --format=%T").strip();
    }

    boolean hasDirectory(String job) {
        return run("test -e " + JOBS + job).status() == 0;
    }

    /** The device files that containers of a job get. */
    Set<String> nodes(String job) {
        return nodesOf(must("cat " + JOBS + job + "/nvidia.yaml"));
    }

    /** Those in a spec, or in what the probe of the engine tests tells. */
    static Set<String> nodesOf(String spec) {
        Set<String> nodes = new TreeSet<>();
        NODE.matcher(spec).results().forEach(node -> nodes.add(node.group(1)));
        return nodes;
    }

    void until(String what, BooleanSupplier holds) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited in vain for " + what).isLessThan(end);
            try {
                Thread.sleep(POLL_MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
