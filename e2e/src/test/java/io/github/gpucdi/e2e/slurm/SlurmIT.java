package io.github.gpucdi.e2e.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.gpucdi.e2e.engine.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts of {@code examples/slurm}, run by Slurm. */
class SlurmIT {
    private static final String PRINT = "cat $GPU_CDI_SPEC_DIR/nvidia.yaml";
    private static Cluster cluster;

    @BeforeAll
    static void startSlurm() throws IOException {
        for (String program : List.of("sbin/slurmctld", "sbin/slurmd", "sbin/munged", "bin/srun", "bin/jq")) {
            assumeTrue(Files.exists(Path.of("/usr", program)), "/usr/" + program + " is not installed");
        }
        cluster = Cluster.start();
    }

    @AfterEach
    void leaveNoJob() {
        cluster.must(
                "rm -f " + Cluster.HOLD + " " + Cluster.BROKEN + "; squeue --noheader --format=%A | xargs -r scancel");
        cluster.until(
                "the queue to be empty", () -> cluster.must("squeue --noheader").isEmpty());
        if (cluster.state().startsWith("drain")) {
            cluster.must("scontrol update nodename=node state=resume");
        }
        cluster.until("the node to be idle", () -> cluster.state().equals("idle"));
        assertThat(cluster.run("ls " + Cluster.JOBS).out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void aJobHasTheDeviceThatSlurmMeans(int position) {
        Cluster.Device device = cluster.devices().get(position);
        Outcome job = cluster.srun("--gres=gpu:" + device.type(), PRINT).orFail(device);
        assertThat(Cluster.nodesOf(job.out())).isEqualTo(device.files());
    }

    @Test
    void aJobHasAllItsDevicesAndNobodyElseMayWrite() {
        String look = PRINT + "; stat --format=%a:%U $GPU_CDI_SPEC_DIR $GPU_CDI_SPEC_DIR/*; touch $GPU_CDI_SPEC_DIR/x";
        Outcome job = cluster.srun("--gres=gpu:4", look);
        Set<String> files = new TreeSet<>();
        cluster.devices().forEach(device -> files.addAll(device.files()));
        assertThat(Cluster.nodesOf(job.out())).isEqualTo(files);
        assertThat(job.out()).endsWith("755:root\n644:root\n644:root\n").contains("name: all");
        assertThat(job.err()).contains("Permission denied");
    }

    @Test
    void aContainerThatARuntimeStartsHasTheDevicesOfItsJob() throws IOException {
        cluster.must("""
                mkdir -p /run/bundle/rootfs
                tar -xf /run/gpu-cdi/images/debian.tar -C /run/bundle/rootfs
                cp /run/gpu-cdi/bin/glibc/probe /run/bundle/rootfs/
                cd /run/bundle
                crun spec
                jq '.process.terminal = false | .process.args = ["/probe", "nodes"]' config.json >with-probe.json
                mv with-probe.json config.json
                """);
        Cluster.Device device = cluster.devices().get(2);
        String job = cluster.must("cd /run; srun --gres=gpu:" + device.type() + " sh -euc '" + commands("crun") + "'");
        assertThat(Cluster.nodesOf(job)).isEqualTo(device.files());
    }

    @Test
    void theMountsForEnrootAreThoseOfTheJob() throws IOException {
        Cluster.Device device = cluster.devices().get(0);
        Outcome job = cluster.srun(
                "--gres=gpu:" + device.type(), "cd $HOME; set -eu; " + commands("fstab") + "cat gpu.fstab gpu.environ");
        String node = String.join("", device.files());
        assertThat(job.orFail(device).out())
                .contains(node + " " + node + " none x-create=file,bind\n", "NVIDIA_VISIBLE_DEVICES=void\n")
                .containsPattern("/usr/lib/\\S+/libcuda.so.\\S+ /usr/lib/\\S+ none x-create=auto,ro,\\S*bind\\S*\n")
                .doesNotContain("nvidia0", "nvidia1");
    }

    /** What the page has in the block of this name. */
    private static String commands(String name) throws IOException {
        String page = Files.readString(Path.of("../examples/slurm/README.md"));
        return page.split("```sh e2e=" + name + "\n")[1].split("```")[0];
    }

    @Test
    void jobsOfAnArrayHaveDisjointDevices() {
        String array = cluster.queue("--array=0-3 --gres=gpu:1");
        cluster.until(
                "four jobs",
                () -> cluster.told(array, "%T").equals("RUNNING\n".repeat(4).strip()));
        Set<Set<String>> seen = new HashSet<>();
        for (String job : cluster.told(array, "%A").split("\n")) {
            awaitSpec(job);
            seen.add(cluster.nodes(job));
        }
        Set<Set<String>> all = new HashSet<>();
        cluster.devices().forEach(device -> all.add(device.files()));
        assertThat(seen).isEqualTo(all);
    }

    @Test
    void theSpecOfACancelledJobGoes() {
        String job = cluster.queue("--gres=gpu:type1");
        awaitSpec(job);
        assertThat(cluster.nodes(job)).isEqualTo(cluster.devices().get(1).files());
        cluster.must("scancel " + job);
        cluster.awaitEnd(job);
        assertThat(cluster.hasDirectory(job)).isFalse();
    }

    @Test
    void theSpecOfAJobCancelledInItsPrologGoes() {
        cluster.must("touch " + Cluster.HOLD);
        String job = cluster.queue("--gres=gpu:type1");
        cluster.until("its directory", () -> cluster.hasDirectory(job));
        cluster.must("scancel " + job + "; rm " + Cluster.HOLD);
        cluster.awaitEnd(job);
        assertThat(cluster.hasDirectory(job)).isFalse();
    }

    @Test
    void aRequeuedJobHasASpecAgain() {
        String job = cluster.queue("--requeue --gres=gpu:type3");
        awaitSpec(job);
        cluster.must("scontrol requeue " + job);
        cluster.until("its end", () -> cluster.told(job, "%T").equals("PENDING") && !cluster.hasDirectory(job));
        cluster.must("scontrol update jobid=" + job + " starttime=now+2");
        awaitSpec(job);
        assertThat(cluster.nodes(job)).isEqualTo(cluster.devices().get(3).files());
    }

    @Test
    void aJobWithoutGpusRunsWhateverIsWrong() {
        cluster.must("touch " + Cluster.BROKEN);
        Outcome job =
                cluster.srun("", "echo ran; ls -d " + Cluster.JOBS + "$SLURM_JOB_ID; echo \"<$GPU_CDI_SPEC_DIR>\"");
        assertThat(job.out()).isEqualTo("ran\n<>\n");
        cluster.until("the node to be idle", () -> cluster.state().equals("idle"));
    }

    @Test
    void aJobWhoseSpecCannotBeWrittenDoesNotRun() {
        cluster.must("touch " + Cluster.BROKEN);
        String job = cluster.queue("--gres=gpu:type0");
        cluster.until("the node to be drained", () -> cluster.state().startsWith("drain"));
        assertThat(cluster.told(job, "%T")).isEqualTo("PENDING");
        assertThat(cluster.hasDirectory(job)).isFalse();
    }

    @Test
    void slurmRefusesAGresThatDoesNotExist() {
        assertThat(cluster.run("sbatch --gres=gpu:h100 --wrap=true").err())
                .contains("Requested node configuration is not available");
    }

    @ParameterizedTest
    @ValueSource(strings = {"4", "0,17", "0-1", "-1", "x", "0,,1"})
    void devicesThatSlurmdDoesNotTellAreNoDevices(String positions) {
        Outcome prolog = cluster.run(script("prolog", positions));
        assertThat(prolog.status()).isEqualTo(1);
        assertThat(prolog.err()).startsWith("error: job 4711: Slurm gives the job GPU ");
        assertThat(cluster.hasDirectory("4711")).isFalse();
    }

    @Test
    void theEpilogWaitsForAPrologThatWrites() {
        cluster.must("touch " + Cluster.HOLD);
        Outcome both =
                cluster.run(script("prolog", "0") + " & until [ -e " + Cluster.JOBS + "4711 ]; do sleep 0.05; done; "
                        + script("epilog", "0") + " & rm " + Cluster.HOLD + "; wait %1 && wait %2");
        assertThat(both.status()).as(both.err()).isZero();
        assertThat(cluster.hasDirectory("4711")).isFalse();
    }

    /** Who may read the directory may lock it. */
    @Test
    void aUserKeepsNoEpilogWaiting() {
        Outcome run = cluster.run(script("prolog", "0") + " && flock --shared " + Cluster.JOBS + "4711 timeout 60 "
                + script("epilog", "0"));
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(cluster.hasDirectory("4711")).isFalse();
    }

    /** CUDA's library is moved away, which is a warning of generate's. */
    @Test
    void aSpecThatLacksSomethingIsNone() {
        Outcome prolog = cluster.run("file=$(ls /usr/lib/*/libcuda.so.*.*); mv $file $file.away; "
                + script("prolog", "0") + "; ended=$?; mv $file.away $file; exit $ended");
        assertThat(prolog.status()).isEqualTo(1);
        assertThat(prolog.err()).startsWith("error: job 4711: gpu-cdi ended with 4: ");
        assertThat(cluster.hasDirectory("4711")).isFalse();
    }

    @Test
    void theConfigurationOfTheNodeGivesAJobNothingElse() {
        Outcome prolog =
                cluster.run("mkdir -p /etc/gpu-cdi; printf '%s\\n' 'mode: management' 'class: other' 'format: json'"
                        + " >/etc/gpu-cdi/config.yaml; " + script("prolog", "0") + " && cat " + Cluster.JOBS
                        + "4711/*.yaml; "
                        + script("epilog", "0") + "; rm /etc/gpu-cdi/config.yaml");
        assertThat(prolog.out()).as(prolog.err()).contains("kind: nvidia.com/gpu\n");
        assertThat(Cluster.nodesOf(prolog.out()))
                .isEqualTo(cluster.devices().get(0).files());
    }

    @Test
    void thatSlurmdFailsIsNoEmptyList() {
        Outcome prolog = cluster.run(script("prolog", "0").replace("env -i", "env -i SLURM_CONF=/nowhere"));
        assertThat(prolog.status()).isEqualTo(1);
        assertThat(prolog.err()).startsWith("error: job 4711: slurmd -G ended with ");
    }

    /** Slurm calls a job running while its prolog is. */
    private static void awaitSpec(String job) {
        cluster.until(
                "the spec of job " + job,
                () -> cluster.run("test -e " + Cluster.JOBS + job + "/containers.conf")
                                .status()
                        == 0);
    }

    private static String script(String name, String positions) {
        return "env -i SLURM_JOB_ID=4711 SLURMD_NODENAME=node SLURM_JOB_GPUS=" + positions + " /etc/slurm/" + name;
    }
}
