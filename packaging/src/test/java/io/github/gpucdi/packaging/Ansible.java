package io.github.gpucdi.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Plays the playbook of the examples on a host by ssh, whose server is started in the host's namespaces for each connection. */
record Ansible(Path directory, Path variables) {
    static final String[] PACKAGES = {"apt", "python3-apt", "openssh-server", "sudo"};
    static final Path EXAMPLE = Path.of("../examples/ansible");
    private static final Pattern CHANGED = Pattern.compile("changed=(\\d+)");

    /** What came of it. */
    record Played(int status, String out) {
        int changed() {
            Matcher recap = CHANGED.matcher(out);
            assertThat(recap.find()).as(out).isTrue();
            return Integer.parseInt(recap.group(1));
        }

        Played succeeded() {
            assertThat(status).as(out).isZero();
            return this;
        }
    }

    static void assumeThere() throws Exception {
        for (String program : List.of("ansible-playbook", "ssh")) {
            assumeTrue(CleanRoot.has(program), program + " is not there");
        }
    }

    /** Lets a user who may become root into a host. What the double answers there is told to each program, as the units are. */
    static Ansible at(GpuHost host, Path directory) throws Exception {
        Path key = directory.resolve("key");
        Commands.run(List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString()));
        GpuHost.write(host.root(), "etc/sudoers.d/admin", """
                admin ALL=(ALL) NOPASSWD: ALL
                Defaults env_keep += NVML_DOUBLE_CONFIG
                """);
        GpuHost.write(host.root(), "home/admin/.ssh/authorized_keys", Files.readString(directory.resolve("key.pub")));
        host.must("mkdir -p /run/sshd && useradd --password '*' --shell /bin/sh admin && chown -R admin: /home/admin");
        String server = String.join(" ", host.booted().entering())
                + " /usr/sbin/sshd -i -o UsePAM=no -o SetEnv=NVML_DOUBLE_CONFIG=/etc/nvml.conf";
        Files.writeString(directory.resolve("ansible.cfg"), """
                [defaults]
                host_key_checking = False
                local_tmp = %1$s/local
                [ssh_connection]
                pipelining = True
                ssh_args = -F none -i %1$s/key -o ControlMaster=auto -o ControlPath=%1$s/connection -o ControlPersist=10s \
                -o UserKnownHostsFile=/dev/null -o "ProxyCommand=%2$s"
                """.formatted(directory, server));
        Files.writeString(directory.resolve("inventory.yml"), """
                gpu_nodes:
                  hosts:
                    node:
                      ansible_user: admin
                      ansible_python_interpreter: /usr/bin/python3
                """);
        return new Ansible(directory, directory.resolve("variables.yml"));
    }

    /** Plays it with these lines of variables. */
    Played play(String variables, String... options) throws IOException, InterruptedException {
        // No engine is installed there.
        Files.writeString(this.variables, "gpu_cdi_ignored_findings: [no-engine]\n" + variables);
        List<String> command = new ArrayList<>(List.of("env", "ANSIBLE_CONFIG=" + directory.resolve("ansible.cfg")));
        command.addAll(List.of("ansible-playbook", "--inventory=" + directory.resolve("inventory.yml")));
        command.addAll(List.of("--extra-vars=@" + this.variables));
        command.addAll(List.of(options));
        command.add(EXAMPLE.resolve("gpu-nodes.yml").toString());
        Packaged.Result done = Packaged.execute(command);
        return new Played(done.status(), done.out() + done.err());
    }
}
