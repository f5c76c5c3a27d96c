package io.github.gpucdi.watch;

import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.IoReason;
import io.github.gpucdi.terminal.SafeText;
import io.github.gpucdi.watch.HttpPort.Answer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Answers over HTTP what a cluster asks of a watch: {@code /metrics}, {@code /readyz} and {@code /livez}. It reads and changes
 * nothing.
 */
final class StatusServer implements AutoCloseable {
    private final Supplier<String> metrics;
    private final Supplier<Optional<String>> trouble;
    private final BooleanSupplier alive;
    private final HttpPort port;

    /**
     * Starts to answer; that it cannot listen there is the user's mistake.
     *
     * @param address port 0 for any that is free
     * @param metrics in Prometheus' text format
     * @param trouble why the spec is not what it should be, one line
     * @param alive whether the loop turns
     */
    static StatusServer at(
            InetSocketAddress address,
            Supplier<String> metrics,
            Supplier<Optional<String>> trouble,
            BooleanSupplier alive) {
        try {
            return new StatusServer(address, metrics, trouble, alive);
        } catch (IOException e) {
            throw CommandFailure.usage(
                    "cannot listen at " + words(address) + ": " + IoReason.of(e),
                    "name an address of this host and a free port with --http");
        }
    }

    private StatusServer(
            InetSocketAddress address,
            Supplier<String> metrics,
            Supplier<Optional<String>> trouble,
            BooleanSupplier alive)
            throws IOException {
        this.metrics = metrics;
        this.trouble = trouble;
        this.alive = alive;
        port = new HttpPort(address, this::answer);
    }

    /** Where it listens, as in a URL; a star for all addresses. */
    String address() {
        return words(port.address());
    }

    private static String words(InetSocketAddress address) {
        if (address.getAddress().isAnyLocalAddress()) {
            return "*:" + address.getPort();
        }
        String host = address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    private Answer answer(String method, String target) {
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return new Answer(405, HttpPort.TEXT, "Allow: GET, HEAD\r\n", "only GET and HEAD\n");
        }
        int query = target.indexOf('?');
        return switch (query < 0 ? target : target.substring(0, query)) {
            case "/metrics" -> new Answer(200, "text/plain; version=0.0.4; charset=utf-8", "", metrics.get());
            case "/readyz" ->
                trouble.get()
                        .map(why -> Answer.of(503, "not ready: " + SafeText.escape(why)))
                        .orElse(Answer.of(200, "ready"));
            case "/livez" ->
                alive.getAsBoolean() ? Answer.of(200, "alive") : Answer.of(503, "the host cannot be looked at");
            default -> Answer.of(404, "there are /metrics, /readyz and /livez");
        };
    }

    @Override
    public void close() {
        port.close();
    }
}
