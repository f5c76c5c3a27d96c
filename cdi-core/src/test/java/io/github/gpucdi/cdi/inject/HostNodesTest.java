package io.github.gpucdi.cdi.inject;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands on a host, read from this machine and given as data. */
class HostNodesTest {
    @TempDir
    private Path directory;

    @Test
    void readsACharacterDevice() {
        HostNode node = HostNodes.ofMachine().at("/dev/null").orElseThrow();
        assertThat(node.type()).isEqualTo(HostNode.Type.CHAR);
        assertThat(node.major()).isEqualTo(1);
        assertThat(node.minor()).isEqualTo(3);
        assertThat(node.mode() & ~0777).isZero();
    }

    @Test
    void readsAFifoAndDoesNotFollowLinks() throws IOException, InterruptedException {
        String fifo = directory.resolve("fifo").toString();
        assertThat(new ProcessBuilder("mkfifo", "-m", "640", fifo).start().waitFor())
                .isZero();
        assertThat(HostNodes.ofMachine().at(fifo)).contains(new HostNode(HostNode.Type.FIFO, 0, 0, 0640));
        String link = Files.createSymbolicLink(directory.resolve("link"), Path.of("fifo"))
                .toString();
        assertThat(HostNodes.ofMachine().at(link).orElseThrow().type()).isEqualTo(HostNode.Type.OTHER);
    }

    @ParameterizedTest
    @CsvSource({"/dev/null/", "/dev/null/.", "/dev/null/x", "/dev/no such node", "'/dev/\0'"})
    void findsNothingWhereTheKernelDoesNot(String path) {
        assertThat(HostNodes.ofMachine().at(path)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        // type and mode, st_rdev, what is read from it
        "0020666, c303,             CHAR 195:3 666",
        "0020600, 1ef00,            CHAR 495:0 600",
        "0060660, 800000,           BLOCK 0:2048 660",
        "0060660, 12345fffabcde,    BLOCK 76476:878706654 660",
        "0021777, ffffffffffffffff, CHAR 4294967295:4294967295 1777",
        "0100644, 0,                OTHER 0:0 644",
        "0140755, 0,                OTHER 0:0 755",
    })
    void decodesModeAndNumbers(String mode, String rdev, String expected) {
        HostNode node = MachineNodes.of(Integer.parseInt(mode, 8), Long.parseUnsignedLong(rdev, 16));
        assertThat(node.type() + " " + node.major() + ":" + node.minor() + " " + Integer.toOctalString(node.mode()))
                .isEqualTo(expected);
    }

    @Test
    void givesTheNodesItWasGiven() {
        HostNode node = new HostNode(HostNode.Type.CHAR, 1, 2, 0600);
        HostNodes nodes = HostNodes.of(Map.of("/dev/x", node));
        assertThat(nodes.at("/dev/x")).contains(node);
        assertThat(nodes.at("/dev/y")).isEmpty();
    }
}
