package io.github.gpucdi.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputLockTest {
    @TempDir
    Path folder;

    @Test
    void oneAtATimeHasIt() throws IOException {
        Path output = folder.resolve("cdi/nvidia.yaml");
        try (OutputLock lock = OutputLock.take(output).orElseThrow()) {
            assertThat(lock).isNotNull();
            assertThat(OutputLock.take(output)).isEmpty();
        }
        try (OutputLock again = OutputLock.take(output).orElseThrow()) {
            assertThat(again).isNotNull();
        }
    }

    /** Any failure will do: a file system without locks, as some are over a network, cannot be had here. */
    @Test
    void aFileThatCannotBeLockedIsClosed() throws IOException {
        try (FileChannel channel =
                FileChannel.open(Files.createFile(folder.resolve("file")), StandardOpenOption.READ)) {
            assertThatExceptionOfType(NonWritableChannelException.class).isThrownBy(() -> OutputLock.of(channel));
            assertThat(channel.isOpen()).isFalse();
        }
    }
}
