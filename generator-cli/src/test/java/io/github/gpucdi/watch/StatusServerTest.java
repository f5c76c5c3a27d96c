package io.github.gpucdi.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.testhost.HttpAnswer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** Each as often as connections are kept, and as clients that come back for ever would. */
    @ParameterizedTest
    @ValueSource(strings = {"", "GET /readyz HTTP/1.1\r\nHost:", "GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n"})
    void slowAndManyDoNotKeepOthersWaiting(String request) throws Exception {
        List<Socket> idlers = new ArrayList<>();
        try {
            for (int i = 0; i < HttpPort.CONNECTIONS; i++) {
                Socket idler = new Socket();
                idlers.add(idler);
                idler.connect(address());
                idler.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            }
            for (int i = 0; i < 3; i++) {
                assertThat(ask("GET", "/livez").status()).isEqualTo(200);
                assertThat(ask("GET", "/readyz").status()).isEqualTo(200);
            }
            awaitEnd(idlers.get(HttpPort.CONNECTIONS - 1));
        } finally {
            for (Socket idler : idlers) {
                idler.close();
            }
        }
    }

    /** That of the test is the only other limit. */
    private static void awaitEnd(Socket socket) {
        try {
            socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            // It was reset: the other way to end.
            return;
        }
    }

    @Test
    void aConnectionHasOneAnswer() throws Exception {
        try (Socket socket = new Socket()) {
            socket.connect(address());
            String request = "GET /livez HTTP/1.1\r\nHost: x\r\nConnection: keep-alive\r\n\r\n";
            socket.getOutputStream().write((request + request).getBytes(StandardCharsets.US_ASCII));
            String said = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(said)
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .contains("\r\nConnection: close\r\n")
                    .endsWith("\r\n\r\nalive\n")
                    .containsOnlyOnce("HTTP/1.1");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET /livez, 400",
        "GET  /livez HTTP/1.1, 400",
        "'', 400",
        "' ', 400",
        "GET /livez HTTP/2, 400",
        "GET /livez HTTP/1.0, 200"
    })
    void whatIsNoRequestIsTold(String line, int status) throws Exception {
        assertThat(answer(line + "\r\n\r\n")).startsWith("HTTP/1.1 " + status + " ");
    }

    @Test
    void aHeaderThatIsTooLongIsTold() throws Exception {
        assertThat(answer("GET /livez HTTP/1.1\r\nX: " + "y".repeat(8192))).startsWith("HTTP/1.1 431 ");
    }

    private String answer(String request) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(address());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    /** One after another they have one thread, or few. */
    @Test
    void requestsLeaveNoThreadsBehind() throws Exception {
        for (int i = 0; i < HttpPort.CONNECTIONS; i++) {
            assertThat(ask("GET", "/livez").status()).isEqualTo(200);
        }
        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().equals("http"))
                        .count())
                .isLessThan(HttpPort.CONNECTIONS / 2);
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
