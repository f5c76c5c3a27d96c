package io.github.gpucdi.system.jna;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import io.github.gpucdi.testhost.HostTree;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Device nodes as the C library makes them. */
class DeviceFileTest {
    @TempDir
    Path folder;

    @BeforeEach
    void canMakeNodes() {
        assumeTrue(HostTree.canMakeNodes(), "device nodes need root");
    }

    private static boolean isOne(Path file, long major, long minor) throws IOException {
        return DeviceFile.isOne(
                (Integer) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS),
                (Long) Files.getAttribute(file, "unix:rdev", LinkOption.NOFOLLOW_LINKS),
                major,
                minor);
    }

    private static int mode(Path file) throws IOException {
        return (Integer) Files.getAttribute(file, "unix:mode") & 07777;
    }

    @ParameterizedTest
    @CsvSource({"195, 255", "4095, 1048575", "511, 256", "1, 0"})
    void numbersAreThoseThatStatShows(long major, long minor) throws Exception {
        Path file = folder.resolve("node");
        DeviceFile.make(file.toString(), major, minor, 0640);
        assertThat(isOne(file, major, minor)).isTrue();
        assertThat(isOne(file, major, minor ^ 1)).isFalse();
        Process stat = new ProcessBuilder("stat", "-c", "%F %Hr:%Lr", file.toString()).start();
        assertThat(new String(stat.getInputStream().readAllBytes()).strip())
                .isEqualTo("character special file " + major + ":" + minor);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theUmaskIsNeitherUsedNorChanged(boolean mknod) throws IOException {
        NativeLibrary process = NativeLibrary.getProcess();
        Function umask = process.getFunction("umask");
        int usual = umask.invokeInt(new Object[] {077});
        try {
            DeviceFile.make(process, mknod, folder.resolve("é").toString(), 195, 255, 0666);
            assertThat(umask.invokeInt(new Object[] {077})).isEqualTo(077);
        } finally {
            umask.invokeInt(new Object[] {usual});
        }
        assertThat(mode(folder.resolve("é"))).isEqualTo(0666);
        assertThat(isOne(folder.resolve("é"), 195, 255)).isTrue();
    }

    @Test
    void whatIsThereIsNotTouchedAndALinkNotFollowed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "text");
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("behind"));
        for (Path taken : new Path[] {file, link}) {
            assertThatThrownBy(() -> DeviceFile.make(taken.toString(), 1, 3, 0666))
                    .isInstanceOf(FileAlreadyExistsException.class);
        }
        assertThat(file).hasContent("text");
        assertThat(folder.resolve("behind")).doesNotExist();
    }

    @Test
    void theReasonIsTheSystems() {
        String nowhere = folder.resolve("missing/node").toString();
        assertThatThrownBy(() -> DeviceFile.make(nowhere, 1, 3, 0666))
                .isInstanceOfSatisfying(FileSystemException.class, e -> {
                    assertThat(e.getReason()).isEqualTo("No such file or directory");
                    assertThat(e.getFile()).isEqualTo(nowhere);
                });
    }
}
