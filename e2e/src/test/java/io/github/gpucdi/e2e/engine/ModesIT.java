package io.github.gpucdi.e2e.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What containers get of other modes than that of GPUs. */
@ExtendWith(RowPerTest.class)
class ModesIT {
    private final EngineHost host = EngineHost.shared();
    private final HostTables tables = HostTables.read();

    @ParameterizedTest(name = "{0}  mode gds: nodes, settings, what udev knows")
    @EnumSource
    void storage(OciRuntime runtime) {
        run(
                "mkdir -p /run/udev/data && echo E >/run/udev/data/b8 && printf '{}' >/etc/cufile.json && rm -f /dev/nvidia-fs*"
                        + " && mknod -m 600 /dev/nvidia-fs0 c 240 0 && mknod -m 600 /dev/nvidia-fs1 c 240 1");
        generate("gds", List.of());

        Inside inside = Container.of("debian", runtime)
                .device("nvidia.com/gds", "all")
                .ask(host, "nodes", "file=/etc/cufile.json", "file=/run/udev/data/b8", "env");

        assertThat(inside.nodes())
                .containsExactly("/dev/nvidia-fs0 240 0 600 0 0 ENXIO", "/dev/nvidia-fs1 240 1 600 0 0 ENXIO");
        assertThat(inside.all("file"))
                .containsExactly("/etc/cufile.json file 2 EROFS", "/run/udev/data/b8 file 2 EROFS");
        assertThat(inside.all("env")).contains("NVIDIA_VISIBLE_DEVICES=void");
    }

    /** Every node of the driver but those of DRM, and the driver, without hooks. */
    @ParameterizedTest(name = "{0}  mode management: all nodes, the driver")
    @EnumSource
    void management(OciRuntime runtime) {
        run("mkdir -p /dev/nvidia-caps-imex-channels && rm -f /dev/nvidia-caps-imex-channels/*"
                + " && mknod -m 666 /dev/nvidia-caps-imex-channels/channel0 c 235 0");
        generate("management", List.of("--hooks=none"));

        Inside inside = Container.of("debian", runtime)
                .device("management.nvidia.com/gpu", "all")
                .ask(host, "nodes", "load=libcuda.so.1", "load=libnvidia-ml.so.1", "file=/usr/bin/nvidia-smi");

        TreeSet<String> paths = new TreeSet<>(List.of("/dev/nvidia-caps-imex-channels/channel0"));
        for (HostTables.Node node : tables.nodes()) {
            if (node.path().startsWith("/dev/nvidia")) {
                paths.add(node.path());
            }
        }
        assertThat(inside.nodes()).extracting(node -> node.split(" ")[0]).containsExactlyElementsOf(paths);
        assertThat(inside.answer("load", "libcuda.so.1"))
                .isEqualTo(tables.library("libcuda.so.").says(tables.version()));
        assertThat(inside.answer("file", "/usr/bin/nvidia-smi")).isEqualTo("EROFS");
    }

    /** What CSV files name: one device here, whatever GPUs there are, in a kind of its own. */
    @ParameterizedTest(name = "{0}  mode csv: nodes, files, links")
    @EnumSource
    void csv(OciRuntime runtime) {
        run("folder=/etc/nvidia-container-runtime/host-files-for-container.d && mkdir -p $folder /opt/tegra /srv/tegra"
                + " && rm -f /dev/nvmap && mknod -m 666 /dev/nvmap c 10 120 && printf x >/etc/nv_tegra_release && printf x >/srv/tegra/f"
                + " && printf library >/opt/tegra/libx.so.1.0 && ln -sf libx.so.1.0 /opt/tegra/libx.so.1"
                + " && ln -sf tegra/libx.so.1 /opt/libx.so"
                + " && printf 'dev,/dev/nv[m]ap\\ndir,/srv/teg*\\nsym,/opt/libx.so\\n' >$folder/devices.csv");
        generate("csv", List.of("--hooks=none", "--class=tegra", "--feature-flag=disable-multiple-csv-devices"));

        Inside inside = Container.of("debian", runtime)
                .device("nvidia.com/tegra", "0")
                .ask(
                        host,
                        "nodes",
                        "file=/opt/libx.so",
                        "file=/opt/tegra/libx.so.1",
                        "file=/srv/tegra/f",
                        "file=/etc/nv_tegra_release",
                        "file=/usr/lib64/libx.so");

        assertThat(inside.nodes()).singleElement().asString().startsWith("/dev/nvmap 10 120 666 0 0 ");
        assertThat(inside.all("file"))
                .containsExactly(
                        "/opt/libx.so file 7 EROFS",
                        "/opt/tegra/libx.so.1 file 7 EROFS",
                        "/srv/tegra/f file 1 EROFS",
                        "/etc/nv_tegra_release file 1 EROFS",
                        "/usr/lib64/libx.so file 7 EROFS");
    }

    private void generate(String mode, List<String> options) {
        List<String> arguments =
                new ArrayList<>(List.of("generate", "--mode=" + mode, "--output=/etc/cdi/nvidia-" + mode + ".yaml"));
        arguments.addAll(options.isEmpty() ? List.of("--engine=auto") : options);
        host.program(arguments).orFail(mode);
    }

    private void run(String script) {
        host.run(List.of("sh", "-ec", script)).orFail(script);
    }
}
