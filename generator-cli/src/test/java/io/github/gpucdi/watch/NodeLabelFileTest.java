package io.github.gpucdi.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.host.NvmlFacts;
import io.github.gpucdi.host.NvmlFailure;
import io.github.gpucdi.terminal.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeLabelFileTest {
    @TempDir
    Path folder;

    private static NvmlFacts facts(Optional<NvmlFailure> failure) {
        return new NvmlFacts(
                "/usr/lib/libnvidia-ml.so.1",
                failure,
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                List.of());
    }

    @Test
    void nvmlThatFailedDoesNotTellThatThereAreNoGpus() {
        Path path = folder.resolve("gpu-cdi");
        Console console = new Console(new PrintStream(new ByteArrayOutputStream()), false);
        NodeLabelFile file =
                new NodeLabelFile(path, facts -> "count=" + facts.gpus().size() + "\n", console);
        file.write(Optional.of(facts(Optional.empty())));
        assertThat(path).hasContent("count=0");
        file.write(Optional.of(facts(Optional.of(new NvmlFailure("nvmlInit_v2", 999, "UNKNOWN")))));
        assertThat(path).isEmptyFile();
    }
}
