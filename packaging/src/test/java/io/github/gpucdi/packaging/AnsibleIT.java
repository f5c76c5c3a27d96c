package io.github.gpucdi.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The role of examples/ansible, played on a host that runs. */
class AnsibleIT {
    private static final String ABSENT = "gpu_cdi_state: absent\n";
    private static final String NAMES = "gpu_cdi_config: {device-name-strategy: [uuid]}\n";
    private static final String BY_ROLE = "gpu_cdi_refresh: none\n";
    private static final String WRITTEN = "/etc/gpu-cdi/config.yaml";

    @TempDir
    private static Path parent;

    private static CleanRoot root;
    private static GpuHost host;
    private static Ansible ansible;

    @BeforeAll
    static void boot() throws Exception {
        Ansible.assumeThere();
        root = GpuHost.root(parent, Ansible.PACKAGES);
        host = GpuHost.boot(root);
        ansible = Ansible.at(host, parent);
        Files.copy(CleanRoot.Kind.DEB.made(), root.path().resolve("root/gpu-cdi.deb"));
    }

    @AfterAll
    static void delete() throws Exception {
        if (host != null) {
            host.end();
        }
        if (root != null) {
            root.delete();
        }
    }

    /** With a driver, and without the program, whatever another test did. */
    @BeforeEach
    void clean() throws Exception {
        host.must(
                "{ dpkg -P gpu-cdi; rpm -e gpu-cdi; } >/dev/null 2>&1; cd / && rm -rf opt/gpu-cdi usr/local/bin/gpu-cdi"
                        + " var/cache/gpu-cdi.* etc/gpu-cdi etc/cdi etc/tmpfiles.d");
        host.driver(GpuHost.OLD);
        host.must("test -c /dev/nvidia-uvm || mknod /dev/nvidia-uvm c 511 0");
    }

    /** Where the role is told of no package. */
    private static void installed() throws Exception {
        host.must("dpkg -i /root/gpu-cdi.deb");
    }

    private static String installing(Path file) {
        return "gpu_cdi_package: " + file.toAbsolutePath() + "\n";
    }

    static Stream<String> packages() throws Exception {
        return Stream.of(
                installing(CleanRoot.Kind.DEB.made()),
                installing(CleanRoot.Kind.RPM.made()),
                installing(Packaged.archive()) + BY_ROLE);
    }

    @ParameterizedTest
    @MethodSource("packages")
    void itIsInstalledOnceAndRemoved(String variables) throws Exception {
        assertThat(ansible.play(variables).succeeded().changed()).isPositive();
        assertThat(host.spec()).content().contains(GpuHost.OLD);
        assertThat(ansible.play(variables).succeeded().changed()).isZero();

        assertThat(ansible.play(ABSENT).succeeded().changed()).isPositive();
        assertThat(host.must("find / -xdev '(' -name '*gpu-cdi*' -o -path '/etc/cdi/*' ')' ! -path '/root/*'"
                        + " ! -path '/etc/systemd/system/*.d' ! -path /etc/gpu-cdi; ls -A /etc/gpu-cdi"))
                .isEmpty();
    }

    /** All builds of a snapshot are of one version. */
    @ParameterizedTest
    @EnumSource
    void anotherBuildOfTheVersionTakesItsPlace(CleanRoot.Kind kind) throws Exception {
        Path other = root.path().resolve("root/other");
        Files.copy(otherBuild(kind), other, StandardCopyOption.REPLACE_EXISTING);
        host.must(kind.installing("/root/other"));
        String variables = installing(kind.made());

        assertThat(ansible.play(variables).succeeded().changed()).isPositive();

        host.must("gpu-cdi --version");
        assertThat(ansible.play(variables).succeeded().changed()).isZero();
    }

    /** A package of the same name and version, with nothing in it. */
    private static Path otherBuild(CleanRoot.Kind kind) throws Exception {
        String made = kind.made().toString();
        Path work = Files.createDirectories(parent.resolve("other-" + kind));
        if (kind == CleanRoot.Kind.RPM) {
            String format = "Name: %{NAME}\\nVersion: %{VERSION}\\nRelease: %{RELEASE}\\n";
            String release = Commands.run(
                    List.of("rpm", "--query", "--nosignature", "--queryformat=" + format, "--package", made));
            Path spec = work.resolve("other.spec");
            Files.writeString(spec, release + "Summary: Another\nLicense: none\n%description\n%files\n");
            return CleanRoot.rpm(spec, work);
        }
        String fields = Commands.run(List.of("dpkg-deb", "--info", made, "control"));
        Files.writeString(Files.createDirectories(work.resolve("DEBIAN")).resolve("control"), fields);
        Path deb = work.resolveSibling("other.deb");
        Commands.run(List.of("dpkg-deb", "--build", work.toString(), deb.toString()));
        return deb;
    }

    @Test
    void anInterruptedUpgradeIsDoneAndAnotherKindRefused() throws Exception {
        Files.copy(Packaged.archive(), root.path().resolve("var/cache/gpu-cdi.tar.gz"));
        host.must("mkdir -p /opt/gpu-cdi/before/bin && ln -s /opt/gpu-cdi/before/bin/gpu-cdi /usr/local/bin");

        ansible.play(installing(Packaged.archive()) + BY_ROLE).succeeded();

        assertThat(host.must("ls -A /opt/gpu-cdi").lines()).hasSize(1).doesNotContain("before");
        host.must("/usr/local/bin/gpu-cdi --version");
        assertThat(ansible.play(installing(CleanRoot.Kind.DEB.made())).out()).contains("by another kind of package");
    }

    /** Another program's files may have these names. */
    @Test
    void removingWhatIsNotThereChangesNothing() throws Exception {
        host.must("mkdir /etc/cdi && touch /etc/cdi/nvidia.yaml /usr/local/bin/gpu-cdi");
        assertThat(ansible.play(ABSENT).succeeded().changed()).isZero();
    }

    @Test
    void checkModeTellsAndChangesNothing() throws Exception {
        String deb = installing(CleanRoot.Kind.DEB.made());
        assertThat(ansible.play(deb, "--check").succeeded().changed()).isPositive();
        assertThat(host.run("ls -d /usr/bin/gpu-cdi /var/cache/gpu-cdi.deb /etc/gpu-cdi")
                        .out())
                .isEmpty();

        installed();
        ansible.play(BY_ROLE).succeeded();
        String config = host.must("cat " + WRITTEN);
        host.must("sed -i s/" + GpuHost.OLD + "/1.2/ /etc/cdi/nvidia.yaml");
        String spec = Files.readString(host.spec());

        Ansible.Played told = ansible.play(NAMES + BY_ROLE, "--check", "--diff").succeeded();

        assertThat(told.out()).contains("+device-name-strategy:", "\"before\": ", "1.2");
        assertThat(told.changed()).isEqualTo(2);
        assertThat(ansible.play(ABSENT, "--check").succeeded().changed()).isPositive();
        assertThat(host.must("cat " + WRITTEN)).isEqualTo(config);
        assertThat(Files.readString(host.spec())).isEqualTo(spec);
        host.must("gpu-cdi --version");
    }

    /** The units stay as they are; one of them may have written the spec before the role looks. */
    @Test
    void aConfigurationIsTakenAndABadOneRefused() throws Exception {
        installed();
        host.awaitSpec("name: \"0\"");

        assertThat(ansible.play(NAMES).succeeded().out()).doesNotContain("changed: [node] => (item=gpu-cdi");
        assertThat(host.spec()).content().doesNotContain("name: \"0\"");
        String config = host.must("cat " + WRITTEN);

        Ansible.Played refused = ansible.play("gpu_cdi_config: {hook: none}\n");
        assertThat(refused.status()).isNotZero();
        assertThat(refused.out()).contains("unknown key 'hook'");
        assertThat(host.must("cat " + WRITTEN)).isEqualTo(config);
    }

    @Test
    void theWatchTakesTheUnitsPlaceAndBack() throws Exception {
        installed();
        String watch = "gpu_cdi_refresh: watch\n";
        ansible.play(watch).succeeded();
        assertThat(units()).isEqualTo("inactive\nactive\n");

        host.must("rm " + GpuHost.LIBRARIES + "libnvidia-ml.so.*");
        assertThat(ansible.play(watch + NAMES).status()).isNotZero();
        host.awaitNoSpec();
        host.driver(GpuHost.OLD);
        host.awaitSpec(GpuHost.OLD);
        assertThat(host.spec()).content().doesNotContain("name: \"0\"");

        assertThat(ansible.play(watch + NAMES).succeeded().changed()).isZero();
        assertThat(ansible.play("").succeeded().changed()).isPositive();
        assertThat(units()).isEqualTo("active\ninactive\n");
    }

    @Test
    void aHostWithoutDriverIsTold() throws Exception {
        installed();
        host.must("rm " + GpuHost.LIBRARIES + "libnvidia-ml.so.*");

        Ansible.Played refused = ansible.play("");
        assertThat(refused.status()).isNotZero();
        assertThat(refused.out()).contains("there is no NVIDIA driver");

        Ansible.Played allowed =
                ansible.play("gpu_cdi_driver_required: false\n").succeeded();
        assertThat(allowed.out()).contains("there is no NVIDIA driver");
        assertThat(allowed.changed()).isZero();
    }

    @Test
    void whatTheDoctorFindsFails() throws Exception {
        installed();
        host.must("rm /dev/nvidia-uvm");

        Ansible.Played found = ansible.play("");
        assertThat(found.status()).isNotZero();
        assertThat(found.out()).contains("node-missing");

        ansible.play("gpu_cdi_fail_on: never\n").succeeded();
    }

    @Test
    void aMirrorGivesWhatTheChecksumSays() throws Exception {
        host.must("systemd-run --quiet --unit=mirror python3 -m http.server --bind 127.0.0.1 --directory /root 8000");
        Booted.until(
                "the mirror",
                () -> host.run("python3 -c 'import socket; socket.create_connection((\"127.0.0.1\", 8000))'")
                                .status()
                        == 0);
        String url = "gpu_cdi_package: http://127.0.0.1:8000/gpu-cdi.deb\n";
        String sum = host.must("sha256sum /root/gpu-cdi.deb").substring(0, 64);
        String right = url + "gpu_cdi_checksum: sha256:" + sum + "\n";

        assertThat(ansible.play(url.replace("http", "ftp")).out()).contains("neither http nor https");
        assertThat(ansible.play(url).out()).contains("gpu_cdi_checksum is not");
        assertThat(ansible.play(url + "gpu_cdi_checksum: sha256:" + "0".repeat(64) + "\n")
                        .status())
                .isNotZero();
        assertThat(host.run("gpu-cdi --version").status()).isEqualTo(127);
        ansible.play(right).succeeded();

        host.must("systemctl stop mirror");
        assertThat(ansible.play(right).succeeded().changed()).isZero();
    }

    private static String units() throws Exception {
        return host.run("systemctl is-active gpu-cdi-refresh.path gpu-cdi-watch.service")
                .out();
    }
}
