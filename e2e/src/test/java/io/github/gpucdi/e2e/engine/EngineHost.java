package io.github.gpucdi.e2e.engine;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A GPU host in a mount namespace, with the engine's images and our specs in {@code /etc/cdi}; see {@code
 * engine-host.sh}. One for all tests of this JVM; it goes when the JVM does, because its standard input ends then.
 */
public final class EngineHost {
    /** Kind of the hook-free spec. */
    static final String HOOK_FREE = "nvidia.com/gpu";

    /** Kind of the spec with hooks, whose program records its calls. */
    static final String HOOKED = "nvidia.com/hooked";

    /** Kind of the spec with hooks whose program does nothing. */
    static final String IDLE_HOOKS = "nvidia.com/idle";

    /** Where {@code build-engines.sh} has put what is needed. */
    public static final Path ENGINES = Path.of(System.getProperty("engines.directory", "target/engine tests"));

    /** What Maven has built, run. */
    public static final String PROGRAM =
            Path.of("../bin/gpu-cdi").toAbsolutePath().normalize().toString();

    private static final String CALLS = "/run/gpu-cdi/calls";

    /** The system that {@code build-root.sh} installs. */
    static final Path NEWER_ROOT = ENGINES.resolve("newer/root").toAbsolutePath();

    /** What makes a command an ordinary user's. */
    public static final List<String> AS_USER = List.of(
            "setpriv",
            "--reuid=1000",
            "--regid=1000",
            "--init-groups",
            "env",
            "--chdir=/",
            "HOME=/run/gpu-cdi/user/home",
            "XDG_RUNTIME_DIR=/run/gpu-cdi/user/run");

    private static final String LOWERED = "--engine=auto";

    private static EngineHost shared;
    private static EngineHost newer;
    private static EngineHost pages;

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
            host.generate(HOOK_FREE, "nvidia", LOWERED, "--hooks=none");
            host.generate(HOOKED, "hooked", LOWERED, "--hooks=nvidia");
            host.generate(IDLE_HOOKS, "idle", LOWERED, "--nvidia-cdi-hook-path=/run/gpu-cdi/bin/nothing");
            shared = host;
        }
        return shared;
    }

    /** The host with newer engines and the userland of the real driver, which the first caller starts. */
    static synchronized EngineHost newer() {
        if (newer == null) {
            EngineHost host = in(NEWER_ROOT);
            host.generate(HOOK_FREE, "nvidia", "--hooks=none");
            newer = host;
        }
        return newer;
    }

    /** A host as a reader of the examples has it: no spec and no hook program. The first caller starts it. */
    static synchronized EngineHost pages() {
        if (pages == null) {
            pages = in(Path.of("/"));
            pages.inside(List.of("rm", "/usr/bin/nvidia-cdi-hook")).orFail("rm");
        }
        return pages;
    }

    /** One that is the caller's alone: without images and specs. */
    public static EngineHost another() {
        return new EngineHost(hold(Path.of("/")), "");
    }

    /**
     * A host whose system, with its own engine, is below a directory.
     *
     * @param root {@code /} for the machine's own
     */
    private static EngineHost in(Path root) {
        EngineHost host = new EngineHost(hold(root), root.equals(Path.of("/")) ? "" : root.toString());
        host.importImages();
        return host;
    }

    /** Runs a command on this machine, which has no GPU. */
    public static Outcome machine(List<String> command) {
        return Outcome.of(new ProcessBuilder(command));
    }

    /** Runs a command of this machine on the host: it sees the host's files below its root. */
    public Outcome run(List<String> command) {
        return Outcome.of(builder(root, command));
    }

    /** Runs a command of the host's own system. */
    Outcome inside(List<String> command) {
        return Outcome.of(builder("", inRoot(command)));
    }

    /**
     * Starts a daemon of the host's own system, which ends when this JVM does.
     *
     * @param ready part of the line of its log that says that it can be asked
     */
    public void start(List<String> command, String ready) {
        Process daemon = Background.start(
                builder("", inRoot(command))
                        .redirectInput(new File("/dev/null"))
                        .redirectErrorStream(true),
                ready);
        Runtime.getRuntime().addShutdownHook(new Thread(daemon::destroy));
    }

    private ProcessBuilder builder(String above, List<String> command) {
        List<String> words = new ArrayList<>(List.of("nsenter", "-m", "-t", Long.toString(holder.pid()), "--"));
        words.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().put("NVML_DOUBLE_CONFIG", above + "/run/gpu-cdi/nvml");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder;
    }

    /** Runs Podman. */
    Outcome podman(List<String> arguments) {
        List<String> words = new ArrayList<>(List.of("podman"));
        words.addAll(arguments);
        return inside(words);
    }

    private List<String> inRoot(List<String> command) {
        if (root.isEmpty()) {
            return command;
        }
        List<String> words = new ArrayList<>(List.of("unshare", "-m", script("in-root.sh"), root));
        words.addAll(command);
        return words;
    }

    /** The path of one of the scripts, on this machine and on a host. */
    static String script(String name) {
        return Path.of("src/test/sh", name).toAbsolutePath().toString();
    }

    /** Writes {@code /etc/cdi/FILE.yaml} with the built program. */
    void generate(String kind, String file, String... options) {
        List<String> words = new ArrayList<>(List.of(
                "generate",
                "--output=" + root + "/etc/cdi/" + file + ".yaml",
                "--class=" + kind.substring(kind.indexOf('/') + 1)));
        words.addAll(List.of(options));
        program(words).orFail(words);
    }

    /** Runs {@code gpu-cdi} of this machine for the host. */
    Outcome program(List<String> arguments) {
        List<String> words = new ArrayList<>(List.of(PROGRAM));
        words.addAll(arguments);
        words.add("--host-root=" + (root.isEmpty() ? "/" : root));
        return run(words);
    }

    /** Writes a file on the host. */
    public void write(String path, String text) {
        run(List.of("sh", "-c", "printf %s \"$2\" >\"$1\"", "sh", root + path, text))
                .orFail(path);
    }

    /** What the hook program recorded, in order, since the last time. */
    List<HookCall> hookCalls() {
        List<HookCall> calls = HookCall.parse(run(List.of("cat", root + CALLS)).out());
        run(List.of("rm", "-f", root + CALLS));
        return calls;
    }

    /** Gives an ordinary user's Podman an image. */
    void importAsUser(String image) {
        importImage(AS_USER, image);
    }

    private void importImages() {
        try (DirectoryStream<Path> images = Files.newDirectoryStream(ENGINES.resolve("images"), "*.tar")) {
            for (Path image : images) {
                importImage(List.of(), image.getFileName().toString().replace(".tar", ""));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("no images: run src/test/sh/build-engines.sh", e);
        }
    }

    private void importImage(List<String> before, String image) {
        List<String> words = new ArrayList<>(before);
        words.addAll(List.of("podman", "import", "-q", "/run/gpu-cdi/images/" + image + ".tar", "localhost/" + image));
        inside(words).orFail(words);
    }

    private static Process hold(Path root) {
        ProcessBuilder builder = new ProcessBuilder(
                        "unshare", "-m", script("engine-host.sh"), ENGINES.toString(), root.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return Background.start(builder, "ready");
    }
}
