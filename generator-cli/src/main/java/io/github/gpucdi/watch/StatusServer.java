package io.github.gpucdi.watch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.IoReason;
import io.github.gpucdi.terminal.SafeText;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Answers over HTTP what a cluster asks of a watch: {@code /metrics}, {@code /readyz} and {@code /livez}. It reads and changes
 * nothing, and whoever is slow or many waits or is cut off.
 */
final class StatusServer implements AutoCloseable {
    /** As many as connections: who sends a request slowly keeps a thread. */
    private static final int THREADS = 64;

    private static final String TEXT = "text/plain; charset=utf-8";

    /** What the JDK's server reads once, when it is first used: seconds, header fields, characters, connections. */
    private static final Map<String, String> LIMITS = Map.of(
            "sun.net.httpserver.maxReqTime", "5",
            "sun.net.httpserver.maxRspTime", "5",
            "sun.net.httpserver.maxReqHeaders", "50",
            "sun.net.httpserver.maxReqHeaderSize", "8192",
            "jdk.httpserver.maxConnections", Integer.toString(THREADS));

    private final Supplier<String> metrics;
    private final Supplier<Optional<String>> trouble;
    private final BooleanSupplier alive;
    private final HttpServer server;
    private final ExecutorService threads;

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
        LIMITS.forEach(System::setProperty);
        server = HttpServer.create(address, THREADS);
        threads = Executors.newFixedThreadPool(THREADS, work -> {
            Thread thread = new Thread(work, "http");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Where it listens, as in a URL; a star for all addresses. */
    String address() {
        return words(server.getAddress());
    }

    private static String words(InetSocketAddress address) {
        if (address.getAddress().isAnyLocalAddress()) {
            return "*:" + address.getPort();
        }
        String host = address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            if (!method.equals("GET") && !method.equals("HEAD")) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                send(exchange, 405, TEXT, "only GET and HEAD");
                return;
            }
            switch (exchange.getRequestURI().getPath()) {
                case "/metrics" -> send(exchange, 200, "text/plain; version=0.0.4; charset=utf-8", metrics.get());
                case "/readyz" -> {
                    Optional<String> why = trouble.get();
                    send(
                            exchange,
                            why.isPresent() ? 503 : 200,
                            TEXT,
                            why.map(text -> "not ready: " + SafeText.escape(text))
                                    .orElse("ready"));
                }
                case "/livez" -> {
                    boolean turns = alive.getAsBoolean();
                    send(exchange, turns ? 200 : 503, TEXT, turns ? "alive" : "the host cannot be looked at");
                }
                default -> send(exchange, 404, TEXT, "there are /metrics, /readyz and /livez");
            }
        }
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = (text.endsWith("\n") ? text : text + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
