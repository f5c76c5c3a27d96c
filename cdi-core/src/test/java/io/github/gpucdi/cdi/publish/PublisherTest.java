package io.github.gpucdi.cdi.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.gpucdi.cdi.publish.Publisher.Outcome;
import io.github.gpucdi.cdi.spec.CdiException;
import io.github.gpucdi.cdi.spec.CdiException.Code;
import io.github.gpucdi.cdi.text.write.SpecFormat;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublisherTest {
    private static final byte[] OLD = "old\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NEW = "new\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    @AfterEach
    void nothingTemporaryIsLeft() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.map(Path::toString)).noneMatch(name -> name.endsWith(".tmp"));
        }
    }

    @Test
    void writesANewFile() throws Exception {
        Path target = directory.resolve("nvidia.yaml");
        assertThat(Publisher.publish(target, NEW, SpecFormat.YAML)).isEqualTo(Outcome.WRITTEN);
        assertThat(target).hasBinaryContent(NEW);
        assertThat(mode(target)).isEqualTo("rw-r--r--");
    }

    @Test
    void replacesTheFileRatherThanItsContent() throws Exception {
        Path target = Files.write(directory.resolve("nvidia.yaml"), OLD);
        Object inode = inode(target);
        Path hardLink = Files.createLink(directory.resolve("other"), target);
        assertThat(Publisher.publish(target, NEW, SpecFormat.YAML)).isEqualTo(Outcome.WRITTEN);
        assertThat(target).hasBinaryContent(NEW);
        assertThat(inode(target)).isNotEqualTo(inode);
        assertThat(hardLink).hasBinaryContent(OLD);
    }

    @Test
    void leavesAnUnchangedFileAlone() throws Exception {
        Path target = directory.resolve("nvidia.yaml");
        Publisher.publish(target, NEW, SpecFormat.YAML);
        FileTime past = FileTime.from(Instant.parse("2001-02-03T04:05:06Z"));
        Files.setLastModifiedTime(target, past);
        Object inode = inode(target);
        assertThat(Publisher.publish(target, NEW, SpecFormat.YAML)).isEqualTo(Outcome.UNCHANGED);
        assertThat(inode(target)).isEqualTo(inode);
        assertThat(Files.getLastModifiedTime(target)).isEqualTo(past);
    }

    @Test
    void sameBytesWithAnotherModeAreWritten() throws Exception {
        Path target = Files.write(directory.resolve("nvidia.yaml"), NEW);
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-------"));
        assertThat(Publisher.publish(target, NEW, SpecFormat.YAML)).isEqualTo(Outcome.WRITTEN);
        assertThat(mode(target)).isEqualTo("rw-r--r--");
    }

    @Test
    void aLinkIsReplacedNotFollowed() throws Exception {
        Path real = Files.write(directory.resolve("real"), NEW);
        Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-r--r--"));
        Path target = Files.createSymbolicLink(directory.resolve("nvidia.yaml"), real);
        assertThat(Publisher.publish(target, NEW, SpecFormat.YAML)).isEqualTo(Outcome.WRITTEN);
        assertThat(Files.isSymbolicLink(target)).isFalse();
        Files.delete(target);
        Files.createSymbolicLink(target, real);
        assertThat(Publisher.publish(target, OLD, SpecFormat.YAML)).isEqualTo(Outcome.WRITTEN);
        assertThat(real).hasBinaryContent(NEW);
        assertThat(target).hasBinaryContent(OLD);
    }

    @Test
    void aLinkToNowhereIsRefused() throws Exception {
        Path target = Files.createSymbolicLink(directory.resolve("nvidia.yaml"), directory.resolve("gone"));
        refused(target, Code.NOT_A_REGULAR_FILE, "the target is a link that leads nowhere");
        assertThat(Files.isSymbolicLink(target)).isTrue();
    }

    @Test
    void makesMissingDirectories() throws Exception {
        Path target = directory.resolve("a/b/nvidia.yaml");
        Publisher.check(target, NEW, SpecFormat.YAML);
        assertThat(directory.resolve("a")).doesNotExist();
        assertThat(Publisher.publish(target, NEW, SpecFormat.YAML)).isEqualTo(Outcome.WRITTEN);
        assertThat(mode(directory.resolve("a"))).isEqualTo("rwxr-xr-x");
        assertThat(mode(directory.resolve("a/b"))).isEqualTo("rwxr-xr-x");
    }

    @ParameterizedTest
    @CsvSource({
        "nvidia.json,YAML",
        "nvidia.yaml,JSON",
        "nvidia.yml,YAML",
        "nvidia.YAML,YAML",
        "nvidia,YAML",
        "nvidia.json.bak,JSON"
    })
    void refusesANameAgainstTheFormat(String name, SpecFormat format) {
        Path target = directory.resolve(name);
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> Publisher.publish(target, NEW, format), () -> Publisher.check(target, NEW, format))) {
            CdiException failure = catchThrowableOfType(CdiException.class, call);
            assertThat(failure.code()).isEqualTo(Code.NAME_AGAINST_FORMAT);
            assertThat(failure)
                    .hasMessage(
                            target + ": engines read " + format + " from files named *" + format.extension() + " only");
        }
        assertThat(target).doesNotExist();
    }

    @Test
    void refusesADirectory() throws Exception {
        Path target = Files.createDirectory(directory.resolve("nvidia.yaml"));
        refused(target, Code.NOT_A_REGULAR_FILE, "the target is a directory");
        Path link = Files.createSymbolicLink(directory.resolve("link.yaml"), target);
        refused(link, Code.NOT_A_REGULAR_FILE, "the target is a directory");
        assertThat(target).isEmptyDirectory();
    }

    @Test
    void refusesAFifoAndADevice() throws Exception {
        Path fifo = directory.resolve("fifo.yaml");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        refused(fifo, Code.NOT_A_REGULAR_FILE, "the target is a device, socket or FIFO");
        Path device = Files.createSymbolicLink(directory.resolve("null.yaml"), Path.of("/dev/null"));
        refused(device, Code.NOT_A_REGULAR_FILE, "the target is a device, socket or FIFO");
        assertThat(Files.isSymbolicLink(device)).isTrue();
    }

    @Test
    void aFileInPlaceOfTheDirectoryIsAPlainReason() throws Exception {
        Path file = Files.write(directory.resolve("file"), OLD);
        refused(file.resolve("nvidia.yaml"), Code.UNWRITABLE, file + " is not a directory");
        refused(file.resolve("deeper/nvidia.yaml"), Code.UNWRITABLE, file + " is not a directory");
        assertThat(file).hasBinaryContent(OLD);
    }

    @Test
    void aDirectoryLinkToNowhereIsAPlainReason() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("cdi"), directory.resolve("gone"));
        refused(link.resolve("nvidia.yaml"), Code.UNWRITABLE, link + " is not a directory");
    }

    @Test
    void aFileSystemThatTakesNoFilesIsAPlainReason() {
        Path target = Path.of("/proc/self/fdinfo/nvidia.yaml");
        CdiException failure =
                catchThrowableOfType(CdiException.class, () -> Publisher.publish(target, NEW, SpecFormat.YAML));
        assertThat(failure.code()).isEqualTo(Code.UNWRITABLE);
        assertThat(failure.where()).isEqualTo(target.toString());
        assertThat(failure.what()).isNotBlank().doesNotContain("Exception");
    }

    /** A child with a file size limit fails in the middle of writing, as with a full disk. */
    @Test
    void aWriteThatFailsHalfwayKeepsTheOldFile() throws Exception {
        Path target = Files.write(directory.resolve("nvidia.yaml"), OLD);
        assertThat(child("ulimit -f 4", target, 1_000_000))
                .startsWith("UNWRITABLE: ")
                .contains("too large");
        assertThat(target).hasBinaryContent(OLD);
        assertThat(directory.toFile().list()).containsExactly("nvidia.yaml");
    }

    @Test
    void theUmaskDoesNotMatter() throws Exception {
        Path target = directory.resolve("made/nvidia.yaml");
        assertThat(child("umask 077", target, 100)).isEqualTo("WRITTEN");
        assertThat(mode(target)).isEqualTo("rw-r--r--");
        assertThat(mode(target.getParent())).isEqualTo("rwxr-xr-x");
    }

    @Test
    void differsByContentOnly() throws Exception {
        Path target = Files.write(directory.resolve("nvidia.yaml"), NEW);
        Path link = Files.createSymbolicLink(directory.resolve("link.yaml"), target);
        assertThat(Publisher.differs(target, NEW)).isFalse();
        assertThat(Publisher.differs(link, NEW)).isFalse();
        assertThat(Publisher.differs(target, OLD)).isTrue();
        assertThat(Publisher.differs(target, "new\nx".getBytes(StandardCharsets.UTF_8)))
                .isTrue();
        assertThat(Publisher.differs(directory.resolve("none"), NEW)).isTrue();
    }

    /** What would not be written has no content that could differ, and what cannot be read may have any. */
    @Test
    void noDifferenceWhereNoneCanBeKnown() throws Exception {
        Path fifo = directory.resolve("fifo.yaml");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        Path loop = directory.resolve("loop.yaml");
        Files.createSymbolicLink(loop, loop);
        for (Path target : List.of(directory, fifo, loop)) {
            CdiException failure = catchThrowableOfType(CdiException.class, () -> Publisher.differs(target, NEW));
            assertThat(failure.code()).isEqualTo(Code.NOT_A_REGULAR_FILE);
        }
        Path file = Files.write(directory.resolve("file"), OLD);
        CdiException failure =
                catchThrowableOfType(CdiException.class, () -> Publisher.differs(file.resolve("nvidia.yaml"), NEW));
        assertThat(failure.code()).isEqualTo(Code.UNREADABLE);
        assertThat(failure.what()).isEqualTo("not in a directory");
    }

    @Test
    void emptyContentIsContent() throws Exception {
        Path target = directory.resolve("nvidia.yaml");
        assertThat(Publisher.differs(target, new byte[0])).isTrue();
        assertThat(Publisher.publish(target, new byte[0], SpecFormat.YAML)).isEqualTo(Outcome.WRITTEN);
        assertThat(Publisher.publish(target, new byte[0], SpecFormat.YAML)).isEqualTo(Outcome.UNCHANGED);
    }

    /** What a child process is told: used by {@link #child}. */
    static final class Child {
        public static void main(String[] args) {
            try {
                System.out.print(
                        Publisher.publish(Path.of(args[0]), new byte[Integer.parseInt(args[1])], SpecFormat.YAML));
            } catch (CdiException e) {
                System.out.print(e.code() + ": " + e.what());
            }
        }
    }

    private static String child(String limit, Path target, int bytes) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(
                "bash",
                "-c",
                limit + "; exec \"$@\"",
                "bash",
                java,
                "-XX:-UsePerfData",
                "-cp",
                "target/classes" + File.pathSeparator + "target/test-classes",
                Child.class.getName(),
                target.toString(),
                Integer.toString(bytes));
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    private static void refused(Path target, Code code, String what) {
        CdiException checked =
                catchThrowableOfType(CdiException.class, () -> Publisher.check(target, NEW, SpecFormat.YAML));
        CdiException published =
                catchThrowableOfType(CdiException.class, () -> Publisher.publish(target, NEW, SpecFormat.YAML));
        for (CdiException failure : List.of(checked, published)) {
            assertThat(failure.code()).isEqualTo(code);
            assertThat(failure.where()).isEqualTo(target.toString());
            assertThat(failure.what()).isEqualTo(what);
        }
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
    }

    private static Object inode(Path file) throws IOException {
        Map<String, Object> attributes = Files.readAttributes(file, "unix:ino");
        return attributes.get("ino");
    }
}
