package io.github.gpucdi.e2e.engine;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A GPU host in a mount namespace, with the engine's images and our specs in {@code /etc/cdi}; see {@code
 * engine-host.sh}. One for all tests of this JVM; it goes when the JVM does, because its standard input ends then.
 */
final class EngineHost {
    /** Kind of the hook-free spec. */
    static final String HOOK_FREE = "nvidia.com/gpu";

    /** Kind of the spec with hooks, whose program records its calls. */
    static final String HOOKED = "nvidia.com/hooked";

    /** Kind of the spec with hooks whose program does nothing. */
    static final String IDLE_HOOKS = "nvidia.com/idle";

    /** Where {@code build-engines.sh} has put what is needed. */
    private static final Path ENGINES = Path.of(System.getProperty("engines.directory", "target/engine tests"));

    private static final Path PROGRAM = Path.of("../bin/gpu-cdi");
    private static final String CALLS = "/run/gpu-cdi/calls";

    /** Podman 4.3.1 reads no spec with additionalGids, and the machine may refuse higher limits. */
    private static final String NO_GROUPS = "--feature-flag=no-additional-gids-for-device-nodes";

    private static final List<String> PODMAN = List.of(
            "podman",
            "--root=/run/gpu-cdi/storage",
            "--runroot=/run/gpu-cdi/run",
            "--cgroup-manager=cgroupfs",
            "--events-backend=none");

    private static EngineHost shared;

    private final Process holder;
    private final String root;

    private EngineHost(Process holder, String root) {
        this.holder = holder;
        this.root = root;
    }

    /** The host, which the first caller starts. */
    static synchronized EngineHost shared() {
        if (shared == null) {
            EngineHost host = in(Path.of("/"));
            host.generate(HOOK_FREE, "nvidia", NO_GROUPS, "--hooks=none");
            host.generate(HOOKED, "hooked", NO_GROUPS, "--hooks=nvidia");
            host.generate(IDLE_HOOKS, "idle", NO_GROUPS, "--nvidia-cdi-hook-path=/run/gpu-cdi/bin/nothing");
            shared = host;
        }
        return shared;
    }

    /**
     * A host whose system, with its own engine, is below a directory.
     *
     * @param root {@code /} for the machine's own
     */
    static EngineHost in(Path root) {
        EngineHost host = new EngineHost(hold(root), root.equals(Path.of("/")) ? "" : root.toString());
        host.importImages();
        return host;
    }

    /** Runs a command of this machine on the host: it sees the host's files below its root. */
    private Outcome run(List<String> command) {
        List<String> words = new ArrayList<>(List.of("nsenter", "-m", "-t", Long.toString(holder.pid()), "--"));
        words.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().put("NVML_DOUBLE_CONFIG", root + "/run/gpu-cdi/nvml");
        return outcome(builder);
    }

    /** Runs Podman. */
    Outcome podman(List<String> arguments) {
        List<String> words = new ArrayList<>(inRoot());
        words.addAll(PODMAN);
        words.addAll(arguments);
        return run(words);
    }

    private List<String> inRoot() {
        return root.isEmpty() ? List.of() : List.of("unshare", "-m", script("in-root.sh"), root);
    }

    private static String script(String name) {
        return Path.of("src/test/sh", name).toAbsolutePath().toString();
    }

    /** Writes {@code /etc/cdi/FILE.yaml} with the built program. */
    void generate(String kind, String file, String... options) {
        List<String> words = new ArrayList<>(List.of(
                PROGRAM.toAbsolutePath().normalize().toString(),
                "generate",
                "--host-root=" + (root.isEmpty() ? "/" : root),
                "--output=" + root + "/etc/cdi/" + file + ".yaml",
                "--class=" + kind.substring(kind.indexOf('/') + 1)));
        words.addAll(List.of(options));
        run(words).orFail(words);
    }

    /** Writes a file on the host. */
    void write(String path, String text) {
        run(List.of("sh", "-c", "printf %s \"$2\" >\"$1\"", "sh", root + path, text))
                .orFail(path);
    }

    /** What the hook program recorded, in order, since the last time. */
    List<HookCall> hookCalls() {
        List<HookCall> calls = HookCall.parse(run(List.of("cat", root + CALLS)).out());
        run(List.of("rm", "-f", root + CALLS));
        return calls;
    }

    private void importImages() {
        try (DirectoryStream<Path> images = Files.newDirectoryStream(ENGINES.resolve("images"), "*.tar")) {
            for (Path image : images) {
                String name = image.getFileName().toString().replace(".tar", "");
                podman(List.of("import", "-q", "/run/gpu-cdi/images/" + name + ".tar", "localhost/" + name))
                        .orFail("podman import of " + name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("no images: run src/test/sh/build-engines.sh", e);
        }
    }

    private static Process hold(Path root) {
        try {
            Process holder = new ProcessBuilder(
                            "unshare", "-m", script("engine-host.sh"), ENGINES.toString(), root.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8));
            if (!"ready".equals(out.readLine())) {
                throw new IllegalStateException("the host does not start: see the messages of engine-host.sh");
            }
            return holder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Outcome outcome(ProcessBuilder builder) {
        try {
            Path err = Files.createTempFile("engine", ".err");
            Path out = Files.createTempFile("engine", ".out");
            try {
                Process process = builder.redirectInput(new File("/dev/null"))
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
                if (!process.waitFor(5, TimeUnit.MINUTES)) {
                    process.destroyForcibly();
                    throw new AssertionError("still running after five minutes: " + builder.command());
                }
                return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
            } finally {
                Files.delete(err);
                Files.delete(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
