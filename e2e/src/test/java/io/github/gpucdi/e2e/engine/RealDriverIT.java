package io.github.gpucdi.e2e.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The userland of NVIDIA's driver, as Debian's packages install it: with alternatives, links with absolute targets. Only
 * its {@code libnvidia-ml.so} is the double, because there is no GPU.
 */
@ExtendWith(RowPerTest.class)
class RealDriverIT {
    private static final Path ROOT = EngineHost.NEWER_ROOT;
    private static final Path REAL_NVML = ROOT.resolveSibling("real");
    private static final Pattern HOST_PATH = Pattern.compile("^ *- hostPath: (.*)$", Pattern.MULTILINE);

    /** No library that a program in a container opens: what X.Org's server loads, and the tool for Wine. */
    private static final Pattern NOT_FOR_CONTAINERS = Pattern.compile(".*/(nvidia_drv\\.so|libglxserver_nvidia\\..*)");

    private static final String GPUS = """
            GPU 0: NVIDIA L40S (UUID: GPU-…)
            GPU 1: NVIDIA A100-SXM4-40GB (UUID: GPU-…)
              MIG 3g.20gb     Device  0: (UUID: MIG-…)
              MIG 3g.20gb     Device  1: (UUID: MIG-…)
            """;

    /** Files of the driver's packages that are libraries, by their paths in the root. */
    private static Set<String> libraries() {
        try (Stream<Path> files = Files.walk(ROOT.resolve("usr/lib"))) {
            Set<String> libraries = new TreeSet<>();
            files.filter(file -> file.getFileName().toString().matches(".*(nvidia|cuda|nvcuvid).*\\.so(\\..*)?"))
                    .filter(file -> Files.isRegularFile(file) && !Files.isSymbolicLink(file))
                    .map(file -> "/" + ROOT.relativize(file))
                    .filter(path -> !path.contains("icudata"))
                    .filter(path -> !NOT_FOR_CONTAINERS.matcher(path).matches())
                    .forEach(libraries::add);
            return libraries;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> hostPaths(String spec) {
        List<String> paths = new ArrayList<>();
        Matcher matcher = HOST_PATH.matcher(spec);
        while (matcher.find()) {
            paths.add(matcher.group(1));
        }
        return paths;
    }

    private static String withoutUuids(String listing) {
        return listing.replaceAll("(GPU|MIG)-[0-9a-f-]{36}", "$1-…");
    }

    @Test
    @DisplayName("every library of the driver is in the spec of its host")
    void everyLibrary() {
        Outcome spec = EngineHost.newer().program(List.of("generate", "--hooks=none", "--strict"));
        assertThat(libraries()).hasSizeGreaterThan(20);
        assertThat(hostPaths(spec.orFail("generate").out())).containsAll(libraries());
    }

    @Test
    @DisplayName("and with --driver-root, below that root whatever the links say")
    void everyLibraryBelowADriverRoot() {
        // Not as the host itself: a driver of a container, whose kernel's files are elsewhere.
        Outcome spec = EngineHost.newer()
                .run(List.of(
                        EngineHost.PROGRAM,
                        "generate",
                        "--hooks=none",
                        "--strict",
                        "--driver-root=" + ROOT,
                        "--device-id=0"));
        List<String> paths = hostPaths(spec.orFail("generate").out());
        assertThat(paths)
                .containsAll(libraries().stream().map(path -> ROOT + path).toList());
        // Followed by an engine, no link may leave the root.
        assertThat(paths)
                .allSatisfy(path -> assertThat(path).startsWith(ROOT + "/"))
                .filteredOn(path -> !path.startsWith(ROOT + "/dev/") && !path.startsWith(ROOT + "/run/"))
                .allSatisfy(path ->
                        assertThat(Path.of(path).toRealPath().toString()).startsWith(ROOT + "/"));
    }

    @Test
    @DisplayName("the driver's own nvidia-smi starts in a container and lists the GPUs")
    void nvidiaSmi() {
        EngineHost host = EngineHost.newer();
        for (OciRuntime runtime : OciRuntime.values()) {
            for (String image : List.of("debian", "rhel", "distroless")) {
                Container container = Container.of(image, runtime).device(EngineHost.HOOK_FREE, "all");
                assertThat(withoutUuids(smi(host, container))).as(image).isEqualTo(GPUS);
            }
        }
    }

    private static String smi(EngineHost host, Container container) {
        return container
                .run(host, List.of("/usr/bin/nvidia-smi", "-L"))
                .orFail(container)
                .out();
    }

    @Test
    @DisplayName("NVIDIA's own libnvidia-ml, asked by an ordinary user where no driver is loaded: exit 3, and why")
    void withoutAKernelModule() {
        // An ordinary user may not see where the checkout is.
        String visible = """
                mount --make-rprivate /
                mount -t tmpfs -o mode=755 tmpfs /mnt
                mkdir /mnt/checkout /mnt/driver
                mount --bind "$1" /mnt/checkout
                mount --bind "$2" /mnt/driver
                exec setpriv --reuid=65534 --regid=65534 --clear-groups \\
                    /mnt/checkout/bin/gpu-cdi generate --driver-root=/mnt/driver --hooks=none
                """;
        Path checkout = Path.of(EngineHost.PROGRAM).getParent().getParent();
        Outcome outcome = EngineHost.machine(
                List.of("unshare", "-m", "sh", "-euc", visible, "sh", checkout.toString(), REAL_NVML.toString()));
        assertThat(outcome.status()).as(outcome.err()).isEqualTo(3);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err())
                .contains("error: nvmlInit_v2 answered DRIVER_NOT_LOADED (9)")
                .contains("hint: ");
    }
}
