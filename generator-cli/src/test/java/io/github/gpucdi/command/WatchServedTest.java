package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.gpucdi.testhost.HostTree;
import io.github.gpucdi.testhost.HttpAnswer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a watch tells a cluster of itself, while its host changes. */
class WatchServedTest {
    private static final Pattern ADDRESS = Pattern.compile("serving .* at (http://127\\.0\\.0\\.1:[1-9][0-9]*)\n");

    @TempDir
    Path folder;

    private Path root;
    private Path output;
    private Watching watching;
    private int port;

    @BeforeEach
    void layOut() throws Exception {
        assumeTrue(HostTree.canMakeNodes(), "device nodes need root");
        root = SmallHost.in(folder)
                .with("text /proc/driver/nvidia/version " + SmallHost.VERSION)
                .layOut();
        output = folder.resolve("cdi/nvidia.yaml");
    }

    @AfterEach
    void end() {
        if (watching != null) {
            watching.close();
        }
    }

    private void start(String... more) throws Exception {
        List<String> options = new ArrayList<>(List.of(more));
        options.add("--http=127.0.0.1:" + port);
        watching = Watching.start(folder, root, output, options);
        watching.await("its address", () -> address().find());
    }

    private Matcher address() {
        try {
            return ADDRESS.matcher(watching.said());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpAnswer ask(String path) {
        String address = address().results().findFirst().orElseThrow().group(1);
        try {
            return HttpAnswer.of("GET", address + path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady() throws Exception {
        watching.await("readiness", () -> ask("/readyz").status() == 200);
    }

    private void awaitTold(String why) throws Exception {
        watching.await(why, () -> {
            HttpAnswer answer = ask("/readyz");
            return answer.status() == 503 && answer.body().contains(why);
        });
    }

    private void takeDriver() throws IOException {
        Files.createDirectory(root.resolve("away"));
        Files.move(root.resolve("sys/module"), root.resolve("away/module"));
        Files.move(root.resolve("proc/driver"), root.resolve("away/driver"));
    }

    /** It waits, says why, and ends for nothing: what Kubernetes calls a crash loop does not come to be. */
    @Test
    void aHostWithoutADriverIsWaitedFor() throws Exception {
        takeDriver();
        start();
        awaitTold("not ready: nvmlInit_v2 answered DRIVER_NOT_LOADED (9); load the kernel module: ");
        assertThat(ask("/livez").status()).isEqualTo(200);
        assertThat(output).doesNotExist();

        Files.move(root.resolve("away/driver"), root.resolve("proc/driver"));
        Files.move(root.resolve("away/module"), root.resolve("sys/module"));
        awaitReady();
        assertThat(output).content().contains("name: \"1\"");
        assertThat(ask("/metrics").body())
                .contains("gpu_cdi_runs_total{status=\"0\"} 1\n", "gpu_cdi_devices{kind=\"gpu\"} 2\n")
                .contains("gpu_cdi_findings{");
    }

    /** The spec is kept, and is none to go by. */
    @Test
    void aDriverThatIsGoneIsNotReady() throws Exception {
        start();
        awaitReady();
        takeDriver();
        awaitTold("not ready: nvmlInit_v2 answered DRIVER_NOT_LOADED (9); load the kernel module: ");
        assertThat(output).exists();
    }

    @Test
    void whatAnotherProgramPutInPlaceOfTheSpecIsReplaced() throws Exception {
        start();
        awaitReady();
        Path other = Files.writeString(folder.resolve("other"), "devices: of another");
        Files.move(other, output, StandardCopyOption.ATOMIC_MOVE);
        watching.await("its own spec", this::hasGpu1);
        awaitReady();
    }

    private boolean hasGpu1() {
        try {
            return Files.readString(output).contains("name: \"1\"");
        } catch (IOException e) {
            return false;
        }
    }

    /** The port is the same: what still listened there, or a connection, would keep it from being used again. */
    @Test
    void aSignalHasItServeAnew() throws Exception {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        start();
        awaitReady();
        try (Socket client = new Socket("127.0.0.1", port)) {
            client.getOutputStream()
                    .write("GET /livez HTTP/1.1\r\nConnection: keep-alive\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(client.getInputStream().read()).isEqualTo('H');
            for (int served : new int[] {2, 3}) {
                watching.signal("HUP");
                watching.await("the address again", () -> address().results().count() == served);
                awaitReady();
            }
        }
    }

    @Test
    void labelsAreThereWhileTheSpecIsGoodToGoBy() throws Exception {
        Path labels = folder.resolve("gpu-cdi");
        start("--mode=nvml", "--nfd-file=" + labels);
        watching.await("labels", () -> Files.exists(labels));
        assertThat(labels)
                .hasContent(
                        Run.of("devices", "--host-root=" + root, "--format=nfd").out())
                .content()
                .contains("gpu-cdi.count=2\n", "gpu-cdi.cuda=");
        takeDriver();
        watching.await("no labels", () -> !Files.exists(labels));
        assertThat(output).exists();
    }

    @Test
    void labelsThatAWorkerLeftBehindAreDeleted() throws Exception {
        Path labels = Files.writeString(folder.resolve("gpu-cdi"), "gpu-cdi.count=8\n");
        takeDriver();
        start("--nfd-file=" + labels);
        watching.await("no labels", () -> !Files.exists(labels));
    }
}
