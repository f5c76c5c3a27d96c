package io.github.gpucdi.e2e.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * A container to be run by Podman, with the probe in it.
 *
 * @param image one of those of {@code build-engines.sh}
 * @param options further options of {@code podman run}
 */
record Container(String image, OciRuntime runtime, List<String> options) {
    /** Where the probe's directory is mounted. */
    static final String PROBE = "/check/probe";

    static Container of(String image, OciRuntime runtime) {
        return new Container(image, runtime, List.of());
    }

    /** With further options. */
    Container with(String... more) {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of(more));
        return new Container(image, runtime, all);
    }

    /** With a CDI device. */
    Container device(String kind, String name) {
        return with("--device=" + kind + "=" + name);
    }

    /** Runs any command. */
    Outcome run(EngineHost host, List<String> command) {
        String libc = image.equals("musl") ? "musl" : "glibc";
        List<String> words = new ArrayList<>(
                List.of("--runtime=" + runtime, "run", "--rm", "--volume=/run/gpu-cdi/bin/" + libc + ":/check:ro"));
        words.addAll(options);
        // A container that shall outlive its program, for what comes after.
        if (options.stream().anyMatch(option -> option.startsWith("--name="))) {
            words.remove("--rm");
        }
        words.add("localhost/" + image);
        words.addAll(command);
        return host.podman(words);
    }

    /** Asks the probe. */
    Inside ask(EngineHost host, List<String> questions) {
        List<String> command = new ArrayList<>(List.of(PROBE));
        command.addAll(questions);
        return Inside.of(run(host, command).orFail(this).out());
    }

    /** The same. */
    Inside ask(EngineHost host, String... questions) {
        return ask(host, List.of(questions));
    }
}
