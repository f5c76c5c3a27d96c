package io.github.gpucdi.packaging;

import static io.github.gpucdi.packaging.GpuHost.OLD;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Units come, are upgraded and go with their package, under a systemd that runs and without one. */
class UnitsIT {
    private static final String ENABLED =
            "systemctl is-enabled gpu-cdi-refresh.service gpu-cdi-refresh.path gpu-cdi-watch.service || :";
    private static final String ACTIVE = "systemctl is-active gpu-cdi-refresh.path gpu-cdi-changed.path || :";
    private static final String FAILED = "systemctl --failed --plain --no-legend";

    @TempDir
    private static Path parent;

    private static CleanRoot root;
    private GpuHost host;

    @BeforeAll
    static void make() throws Exception {
        root = GpuHost.root(parent);
        Map<CleanRoot.Kind, Path> older = Older.packages(parent);
        for (CleanRoot.Kind kind : CleanRoot.Kind.values()) {
            Files.copy(kind.made(), root.path().resolve("root/new." + kind));
            Files.copy(older.get(kind), root.path().resolve("root/old." + kind));
        }
    }

    @AfterAll
    static void delete() throws Exception {
        if (root != null) {
            root.delete();
        }
    }

    @AfterEach
    void end() throws Exception {
        if (host != null) {
            host.end();
        }
        for (CleanRoot.Kind kind : CleanRoot.Kind.values()) {
            root.run(kind.removing());
        }
        root.run("rm -rf /etc/cdi");
    }

    /** As in the build of an image. */
    @ParameterizedTest
    @EnumSource
    void theyAreEnabledWhereNoSystemdRuns(CleanRoot.Kind kind) throws Exception {
        String before = root.files();

        Packaged.Result done = root.run(kind.installing("/root/new." + kind));
        assertThat(done.status()).as(done.err()).isZero();
        assertThat(root.run(ENABLED).out()).isEqualTo("enabled\nenabled\ndisabled\n");

        assertThat(root.run(kind.removing()).status()).isZero();
        assertThat(root.files()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void theyStartWithThePackageAndEndWithIt(CleanRoot.Kind kind) throws Exception {
        host = GpuHost.boot(root);
        host.driver(OLD);

        host.must(kind.installing("/root/new." + kind));
        assertThat(host.must(ENABLED)).isEqualTo("enabled\nenabled\ndisabled\n");
        assertThat(host.must(ACTIVE)).isEqualTo("active\nactive\n");
        host.awaitSpec(OLD);
        host.must("rm /etc/cdi/nvidia.yaml");
        host.uevent("add", "/module/nvidia", "SUBSYSTEM=module");
        host.awaitSpec(OLD);

        host.must(kind.removing());
        assertThat(host.must("systemctl list-units --all --plain --no-legend 'gpu-cdi*' | grep -v not-found || :"))
                .isEmpty();
        assertThat(host.must("ls -d /run/gpu-cdi || :")).isEmpty();
        assertThat(host.must(FAILED)).isEmpty();
    }

    /** With the directory that the units made for it. */
    @Test
    void aPurgeDeletesTheSpecAndRemovingDoesNot() throws Exception {
        host = GpuHost.boot(root);
        host.driver(OLD);
        host.must("dpkg -i /root/new.DEB");
        host.awaitSpec(OLD);

        host.must("dpkg -r gpu-cdi");
        assertThat(host.spec()).content().contains(OLD);
        host.must("dpkg -P gpu-cdi");
        assertThat(host.spec().getParent()).doesNotExist();
    }

    @Test
    void aPurgeLeavesASpecThatTheUnitsWereNotToWrite() throws Exception {
        root.run("dpkg -i /root/new.DEB && systemctl disable gpu-cdi-refresh.service gpu-cdi-refresh.path");
        GpuHost.write(root, "etc/cdi/nvidia.yaml", "by hand");

        assertThat(root.run("dpkg -P gpu-cdi").status()).isZero();

        assertThat(root.path().resolve("etc/cdi/nvidia.yaml")).hasContent("by hand");
    }

    @ParameterizedTest
    @EnumSource
    void whatTheAdministratorDisabledAndEnabledStaysSo(CleanRoot.Kind kind) throws Exception {
        host = GpuHost.boot(root);
        host.must(kind.installing("/root/old." + kind));
        host.must("systemctl disable --now gpu-cdi-refresh.service gpu-cdi-refresh.path"
                + " && systemctl enable --now gpu-cdi-watch.service");
        String before = host.show("gpu-cdi-watch.service", "MainPID");

        host.must(kind.installing("/root/new." + kind));

        assertThat(host.must(ENABLED)).isEqualTo("disabled\ndisabled\nenabled\n");
        assertThat(host.must(ACTIVE)).isEqualTo("inactive\ninactive\n");
        host.await("gpu-cdi-watch.service", "ActiveState", "active");
        assertThat(host.show("gpu-cdi-watch.service", "MainPID")).isNotEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void anUpgradeHasTheSpecLookedAtAgain(CleanRoot.Kind kind) throws Exception {
        host = GpuHost.boot(root);
        host.must(kind.installing("/root/old." + kind));
        host.driver(OLD);
        host.awaitSpec(OLD);
        host.await("gpu-cdi-refresh.service", "ActiveState", "inactive");
        host.must("rm /etc/cdi/nvidia.yaml");

        host.must(kind.installing("/root/new." + kind));

        host.awaitSpec(OLD);
        assertThat(host.must(ACTIVE)).isEqualTo("active\nactive\n");
    }
}
