package io.github.gpucdi.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.testhost.HttpAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class StatusServerTest {
    private static final InetSocketAddress FREE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private volatile Optional<String> trouble = Optional.empty();
    private volatile boolean alive = true;

    private final StatusServer server =
            StatusServer.at(FREE, () -> "gpu_cdi_events_total 0\n", () -> trouble, () -> alive);

    @AfterEach
    void close() {
        server.close();
    }

    private HttpAnswer ask(String method, String path) throws Exception {
        return HttpAnswer.of(method, "http://" + server.address() + path);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /metrics, 200, gpu_cdi_events_total 0",
        "GET, /readyz, 200, ready",
        "GET, /readyz?verbose, 200, ready",
        "GET, /livez, 200, alive",
        "GET, /, 404, 'there are /metrics, /readyz and /livez'",
        "GET, /metrics/../readyz, 404, 'there are /metrics, /readyz and /livez'",
        "GET, /readyz/x, 404, 'there are /metrics, /readyz and /livez'",
        "POST, /readyz, 405, only GET and HEAD",
        "DELETE, /metrics, 405, only GET and HEAD",
    })
    void answers(String method, String path, int status, String text) throws Exception {
        HttpAnswer response = ask(method, path);
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.body()).isEqualTo(text + "\n");
        assertThat(response.type()).startsWith("text/plain;");
    }

    @Test
    void headHasNoBody() throws Exception {
        HttpAnswer response = ask("HEAD", "/metrics");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void whyItIsNotReadyIsTold() throws Exception {
        trouble = Optional.of("no driver\nready");
        HttpAnswer response = ask("GET", "/readyz");
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.body()).isEqualTo("not ready: no driver\\u000aready\n");
    }

    @Test
    void aLoopThatStandsStillIsTold() throws Exception {
        alive = false;
        assertThat(ask("GET", "/livez").status()).isEqualTo(503);
        assertThat(ask("GET", "/readyz").status()).isEqualTo(200);
    }

    /** What says nothing, or half a request, keeps nobody else waiting, and does not stay. */
    @Test
    void slowAndManyDoNotKeepOthersWaiting() throws Exception {
        List<Socket> idlers = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                Socket idler = new Socket();
                idlers.add(idler);
                idler.connect(address());
                idler.getOutputStream().write("GET /readyz HTTP/1.1\r\nHost:".getBytes(StandardCharsets.US_ASCII));
            }
            assertThat(ask("GET", "/livez").status()).isEqualTo(200);
            idlers.get(19).setSoTimeout(1);
            assertThatExceptionOfType(SocketTimeoutException.class)
                    .as("it is not cut off yet")
                    .isThrownBy(() -> idlers.get(19).getInputStream().read());
            assertThat(end(idlers.get(0).getInputStream())).isTrue();
        } finally {
            for (Socket idler : idlers) {
                idler.close();
            }
        }
    }

    private static boolean end(InputStream in) {
        try {
            return in.read() < 0;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void aRequestWithoutAnEndIsCutOff() throws Exception {
        try (Socket socket = new Socket()) {
            socket.connect(address());
            byte[] line = ("X-" + "y".repeat(1000) + ": z\r\n").getBytes(StandardCharsets.US_ASCII);
            socket.getOutputStream().write("GET /readyz HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> {
                for (int i = 0; i < 100_000; i++) {
                    socket.getOutputStream().write(line);
                }
            });
        }
    }

    private InetSocketAddress address() {
        String[] parts = server.address().split(":");
        return new InetSocketAddress(parts[0], Integer.parseInt(parts[1]));
    }

    @Test
    void aPortInUseIsTheUsersMistake() {
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> StatusServer.at(address(), () -> "", Optional::empty, () -> true))
                .withMessageContaining("cannot listen at " + server.address() + ": ")
                .satisfies(failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE));
    }
}
