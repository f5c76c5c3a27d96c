package io.github.gpucdi.watch;

import io.github.gpucdi.probe.ProbeRequest;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is watched, and for what.
 *
 * @param host the host that is looked at
 * @param outputs the files that specs can be in, the main one first
 * @param interval between two looks
 * @param limit a worker is killed that has not answered after this time
 * @param worker the command that starts a worker
 * @param listener the command that starts what listens to NVML's events; empty if nobody is to
 * @param metrics where metrics are written
 * @param http where metrics and readiness are served; port 0 for any that is free
 * @param labels what workers write after a spec, and is deleted when there is none to go by
 * @param onChange a program and its arguments that is run after a change, empty for none
 * @param onChangeLimit it is killed after this time
 */
public record WatchRequest(
        ProbeRequest host,
        List<Path> outputs,
        Duration interval,
        Duration limit,
        List<String> worker,
        List<String> listener,
        Optional<Path> metrics,
        Optional<InetSocketAddress> http,
        Optional<NodeLabelFile> labels,
        List<String> onChange,
        Duration onChangeLimit) {

    public WatchRequest {
        outputs = List.copyOf(outputs);
        worker = List.copyOf(worker);
        listener = List.copyOf(listener);
        onChange = List.copyOf(onChange);
    }

    /** The main spec's file. */
    public Path output() {
        return outputs.get(0);
    }
}
