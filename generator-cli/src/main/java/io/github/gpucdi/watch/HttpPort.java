package io.github.gpucdi.watch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/**
 * A port where each connection gets one answer over HTTP/1.1 and is closed. Not the JDK's server: at its limit that turns away
 * whoever comes next, and here the oldest connection gives way, so that nobody who holds connections keeps a probe from its
 * answer.
 */
final class HttpPort implements AutoCloseable {
    /** More than ever have a request under way at a time. */
    static final int CONNECTIONS = 64;

    /** From the connection to its end, whoever is slow. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    /** Of a request's line and header fields, in bytes. */
    private static final int MAX_HEAD = 8192;

    /** So much of a body, which nobody reads, is waited for: a connection closed before that could lose the answer. */
    private static final int MAX_BODY = 1 << 16;

    static final String TEXT = "text/plain; charset=utf-8";
    private static final int PAUSE_MILLIS = 100;

    private static final Map<Integer, String> REASONS = Map.of(
            200, "OK",
            400, "Bad Request",
            404, "Not Found",
            405, "Method Not Allowed",
            431, "Request Header Fields Too Large",
            503, "Service Unavailable");

    /**
     * What is answered.
     *
     * @param status of {@link #REASONS}
     * @param more a header field besides those of all answers, with its end
     */
    record Answer(int status, String type, String more, String text) {
        static Answer of(int status, String text) {
            return new Answer(status, TEXT, "", text + "\n");
        }
    }

    private final BiFunction<String, String, Answer> answers;
    private final ServerSocket listening = new ServerSocket();
    /** In the order in which they came. */
    private final Set<Socket> open = new LinkedHashSet<>();

    private final ExecutorService threads;
    private final ScheduledThreadPoolExecutor limits;

    /**
     * Starts to answer.
     *
     * @param answers of a method and a target; called by several threads
     * @throws IOException if it cannot listen there
     */
    HttpPort(InetSocketAddress address, BiFunction<String, String, Answer> answers) throws IOException {
        this.answers = answers;
        try {
            listening.bind(address, CONNECTIONS);
        } catch (IOException e) {
            listening.close();
            throw e;
        }
        ThreadFactory daemons = work -> {
            Thread thread = new Thread(work, "http");
            thread.setDaemon(true);
            return thread;
        };
        threads = Executors.newCachedThreadPool(daemons);
        limits = new ScheduledThreadPoolExecutor(1, daemons);
        limits.setRemoveOnCancelPolicy(true);
        daemons.newThread(this::accept).start();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listening.getLocalSocketAddress();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                begin(listening.accept());
            } catch (IOException e) {
                // It is closed, or there are no descriptors left: somebody else has to give one back.
                pause();
            } catch (RejectedExecutionException e) {
                // It was closed meanwhile.
                return;
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(listening.isClosed() ? 0 : PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void begin(Socket socket) {
        synchronized (open) {
            if (open.size() >= CONNECTIONS) {
                end(open.iterator().next());
            }
            open.add(socket);
            if (listening.isClosed()) {
                end(socket);
            }
        }
        Future<?> limit = limits.schedule(() -> end(socket), LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        threads.execute(() -> {
            try {
                converse(socket);
            } catch (IOException e) {
                // It is gone, or took too long: nobody is left to be told.
            } finally {
                limit.cancel(false);
                end(socket);
            }
        });
    }

    /** Whoever reads from it or writes to it fails at once. */
    private void end(Socket socket) {
        synchronized (open) {
            open.remove(socket);
        }
        try {
            socket.close();
        } catch (IOException e) {
            // It is as closed as it gets.
        }
    }

    private void converse(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        Optional<String> head = head(in);
        if (head.isEmpty()) {
            return;
        }
        String[] line = head.get().lines().findFirst().orElse("").split(" ", -1);
        Answer answer = isWhole(head.get())
                ? line.length == 3 && line[2].startsWith("HTTP/1.")
                        ? answers.apply(line[0], line[1])
                        : Answer.of(400, "not a request of HTTP/1.1")
                : Answer.of(431, "a request has at most " + MAX_HEAD + " bytes of header");
        send(socket.getOutputStream(), answer, !line[0].equals("HEAD"));
        socket.shutdownOutput();
        in.readNBytes(MAX_BODY);
    }

    /** A request up to the end of its header, or as much as is read of it; empty if it ends before. */
    private static Optional<String> head(InputStream in) throws IOException {
        byte[] bytes = new byte[MAX_HEAD];
        int length = 0;
        String head = "";
        while (length < MAX_HEAD && !isWhole(head)) {
            int read = in.read(bytes, length, MAX_HEAD - length);
            if (read < 0) {
                return Optional.empty();
            }
            length += read;
            head = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        }
        return Optional.of(head);
    }

    private static boolean isWhole(String head) {
        return head.contains("\r\n\r\n");
    }

    private static void send(OutputStream out, Answer answer, boolean withBody) throws IOException {
        int length = answer.text().getBytes(StandardCharsets.UTF_8).length;
        String head = "HTTP/1.1 " + answer.status() + " " + REASONS.get(answer.status()) + "\r\n"
                + "Date: " + DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)) + "\r\n"
                + "Content-Type: " + answer.type() + "\r\n"
                + "Content-Length: " + length + "\r\n"
                + answer.more()
                + "Connection: close\r\n\r\n";
        // In one piece: the kernel would keep a second one back until the first has arrived.
        out.write((withBody ? head + answer.text() : head).getBytes(StandardCharsets.UTF_8));
    }

    /** The port is free for another, whatever connections there were. */
    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            // It is as closed as it gets.
        }
        limits.shutdownNow();
        threads.shutdown();
        synchronized (open) {
            Set.copyOf(open).forEach(this::end);
        }
    }
}
