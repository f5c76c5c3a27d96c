package io.github.gpucdi.cdi.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.cdi.spec.CdiException;
import io.github.gpucdi.cdi.text.write.SpecFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of writers that were killed. */
class TemporaryFileTest {
    @TempDir
    Path directory;

    private void publish() throws CdiException {
        byte[] content = "new\n".getBytes(StandardCharsets.UTF_8);
        Publisher.publish(directory.resolve("nvidia.yaml"), content, SpecFormat.YAML);
    }

    @Test
    void deletesWhatEarlierWritersLeft() throws Exception {
        Path left = old(Files.createFile(directory.resolve(".spec-1f.tmp")));
        publish();
        assertThat(left).doesNotExist();
    }

    @Test
    void deletesNothingThatMayBeAnothers() throws Exception {
        List<Path> others = List.of(
                Files.createFile(directory.resolve(".spec-2f.tmp")),
                old(Files.createFile(directory.resolve(".spec-.tmp"))),
                old(Files.createFile(directory.resolve(".spec-mine.tmp"))),
                old(Files.createFile(directory.resolve(".spec-1f.tmp.yaml"))),
                old(Files.createDirectory(directory.resolve(".spec-3f.tmp"))),
                Files.createSymbolicLink(directory.resolve(".spec-4f.tmp"), Path.of(".spec-1f.tmp.yaml")));
        try {
            publish();
            assertThat(others).allMatch(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS));
        } finally {
            for (Path other : others) {
                Files.delete(other);
            }
        }
    }

    private static Path old(Path file) throws IOException {
        return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    }
}
