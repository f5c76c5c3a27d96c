package io.github.gpucdi.watch;

import io.github.gpucdi.cdi.publish.Publisher;
import io.github.gpucdi.cdi.spec.CdiException;
import io.github.gpucdi.generate.NotWritten;
import io.github.gpucdi.host.NvmlFacts;
import io.github.gpucdi.terminal.Console;
import io.github.gpucdi.terminal.IoReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * A file of node labels, there only while its node has a spec to go by: by labels work is sent to a node. What goes wrong with it
 * is told, and stops nothing.
 *
 * @param path in a directory that Node Feature Discovery reads
 * @param text the labels of what NVML told, each line with its end
 * @param console is told what goes wrong
 */
public record NodeLabelFile(Path path, Function<NvmlFacts, String> text, Console console) {
    /** After a run that wrote a spec; without NVML, or if it failed, there is nothing to tell by labels. */
    void write(Optional<NvmlFacts> facts) {
        Optional<NvmlFacts> answers = facts.filter(all -> all.failure().isEmpty());
        try {
            Publisher.publishText(path, answers.map(text).orElse("").getBytes(StandardCharsets.UTF_8));
        } catch (CdiException e) {
            console.warning("cannot write " + e.getMessage(), NotWritten.hint(e));
        }
    }

    /** After any other: what the labels say may no longer be. */
    void delete() {
        try {
            if (FileMark.of(path).filter(FileMark::regular).isPresent() && Files.deleteIfExists(path)) {
                console.info("deleted " + path + ": no labels without a spec to go by");
            }
        } catch (IOException e) {
            console.warning(
                    "cannot delete " + path + ": " + IoReason.of(e), "delete it: its labels may no longer be true");
        }
    }
}
