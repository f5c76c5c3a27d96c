package io.github.gpucdi.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.testhost.HostTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What keeps an ordinary user from a file: a directory on any of the ways to it, or the file. */
class OpenPathTest {
    private static final String TREE = """
            dir /open 755
            dir /closed 750
            dir /passable 711
            exe /open/file 644
            exe /open/secret 640
            exe /closed/file 644
            exe /passable/file 604
            link /open/direct file
            link /open/away /closed/file
            link /closed/back /open/file
            link /passable/back ../closed/back
            """;

    @TempDir
    Path top;

    private RootedFs host() throws IOException {
        Files.setPosixFilePermissions(top, PosixFilePermissions.fromString("rwxr-xr-x"));
        HostTree.layOut(top, TREE);
        return RootedFs.host(top);
    }

    @ParameterizedTest
    @CsvSource({
        "/open/file, ",
        "/open/secret, /open/secret",
        "/closed/file, /closed",
        "/passable/file, ",
        "/open/direct, ",
        "/open/away, /closed",
        "/closed/back, /closed",
        "/passable/back, /closed",
    })
    void theFirstThatIsClosedIsNamed(String path, String closedAt) throws IOException {
        RootedFs host = host();
        assertThat(new OpenPath(host).closedFile(host.resolve(path))).isEqualTo(Optional.ofNullable(closedAt));
    }

    @ParameterizedTest
    @CsvSource({"/open, ", "/closed, /closed", "/passable, /passable", "/, "})
    void theNamesInADirectoryAreToBeReadToo(String path, String closedAt) throws IOException {
        RootedFs host = host();
        assertThat(new OpenPath(host).closedDirectory(host.resolve(path))).isEqualTo(Optional.ofNullable(closedAt));
    }

    @Test
    void aNameThatCannotBePrintedIsSpelledOut() throws IOException {
        RootedFs host = host();
        Path file = Files.createFile(top.resolve("open/a\nb"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(new OpenPath(host).closedFile(host.resolve("/open/a\nb"))).contains("/open/a\\x0ab");
    }
}
