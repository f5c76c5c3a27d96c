package io.github.gpucdi.cdi.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.gpucdi.cdi.spec.CdiException;
import io.github.gpucdi.cdi.spec.CdiException.Code;
import io.github.gpucdi.cdi.text.write.SpecFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the publisher asks of the system, in which order, and what it leaves when the system refuses. */
class PublisherCallsTest {
    private static final byte[] OLD = "old\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NEW = "seven b".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    private WatchedFiles files;

    @BeforeEach
    void watch() {
        files = new WatchedFiles(directory);
    }

    private Path target(String name) {
        return files.watch(directory.resolve(name));
    }

    /** The name of the temporary file that was made. */
    private String temporary() {
        return files.calls().stream()
                .filter(call -> call.startsWith("create "))
                .map(call -> call.substring("create ".length()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theFileIsOnDiskBeforeItsNameAndTheDirectoryAfterwards() throws Exception {
        Publisher.publish(target("nvidia.yaml"), NEW, SpecFormat.YAML);

        String temporary = temporary();
        assertThat(files.calls())
                .containsExactly(
                        "create " + temporary,
                        "write " + temporary,
                        "write " + temporary,
                        "write " + temporary,
                        "force " + temporary,
                        "move " + temporary + " nvidia.yaml",
                        "open " + directory.getFileName(),
                        "force " + directory.getFileName());
        assertThat(directory.resolve("nvidia.yaml")).hasBinaryContent(NEW);
    }

    @Test
    void noEngineReadsTheTemporaryFile() throws Exception {
        Publisher.publish(target("nvidia.yaml"), NEW, SpecFormat.YAML);
        Publisher.publish(target("nvidia.json"), NEW, SpecFormat.JSON);
        assertThat(files.calls())
                .filteredOn(call -> call.startsWith("create "))
                .hasSize(2)
                .doesNotHaveDuplicates()
                .allMatch(call -> call.matches("create \\.spec-[0-9a-f]+\\.tmp"));
    }

    @Test
    void aNewDirectoryIsOnDiskWithItsParent() throws Exception {
        Publisher.publish(target("a/b/nvidia.yaml"), NEW, SpecFormat.YAML);
        String top = directory.getFileName().toString();
        assertThat(files.calls())
                .startsWith("mkdir a", "open " + top, "force " + top, "mkdir b", "open a", "force a")
                .endsWith("open b", "force b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"create", "write", "force .spec", "move"})
    void aRefusalLeavesTheOldFileAlone(String refused) throws Exception {
        Path old = Files.write(directory.resolve("nvidia.yaml"), OLD);
        files.fail(refused);
        CdiException failure = catchThrowableOfType(
                CdiException.class, () -> Publisher.publish(target("nvidia.yaml"), NEW, SpecFormat.YAML));
        assertThat(failure.code()).isEqualTo(Code.UNWRITABLE);
        assertThat(failure.what()).isEqualTo("told to fail");
        assertThat(directory.toFile().list()).containsExactly("nvidia.yaml");
        assertThat(old).hasBinaryContent(OLD);
    }

    /** Some file systems cannot force a directory; the new file is complete and in place then. */
    @ParameterizedTest
    @ValueSource(strings = {"open", "force cdi"})
    void aDirectoryThatCannotBeForcedIsNoFailure(String refused) throws Exception {
        Files.createDirectory(directory.resolve("cdi"));
        files.fail(refused);
        assertThat(Publisher.publish(target("cdi/nvidia.yaml"), NEW, SpecFormat.YAML))
                .isEqualTo(Publisher.Outcome.WRITTEN);
        assertThat(directory.resolve("cdi/nvidia.yaml")).hasBinaryContent(NEW);
    }

    @Test
    void aTemporaryFileIsRemovedAndTheReasonKept() {
        files.fail("move");
        Path target = target("nvidia.yaml");
        assertThat(catchThrowableOfType(CdiException.class, () -> Publisher.publish(target, NEW, SpecFormat.YAML)))
                .hasMessage(target + ": told to fail");
        assertThat(files.calls()).endsWith("delete " + temporary());
    }

    @Test
    void anUnchangedFileIsReadOnly() throws Exception {
        Publisher.publish(target("nvidia.yaml"), NEW, SpecFormat.YAML);
        int before = files.calls().size();
        Publisher.publish(target("nvidia.yaml"), NEW, SpecFormat.YAML);
        Publisher.check(target("nvidia.yaml"), OLD, SpecFormat.YAML);
        Publisher.check(target("a/nvidia.yaml"), OLD, SpecFormat.YAML);
        List<String> after = files.calls().subList(before, files.calls().size());
        assertThat(after).containsExactly("read nvidia.yaml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"seven b", "other, and longer"})
    void whatCannotBeReadIsNoDifference(String there) throws Exception {
        Files.writeString(directory.resolve("nvidia.yaml"), there);
        files.fail("read", 1, AccessDeniedException::new);
        CdiException failure =
                catchThrowableOfType(CdiException.class, () -> Publisher.differs(target("nvidia.yaml"), NEW));
        assertThat(failure.code()).isEqualTo(Code.UNREADABLE);
        assertThat(failure.what()).isEqualTo("permission denied");
    }

    static Stream<Arguments> reasons() {
        return Stream.of(
                reason(AccessDeniedException::new, "permission denied"),
                reason(NoSuchFileException::new, "no such directory"),
                reason(
                        path -> new FileSystemException(path, null, "No space left on device"),
                        "no space left on the device"),
                reason(path -> new FileSystemException(path, null, "Read-only file system"), "read-only file system"),
                reason(path -> new FileSystemException(path, null, "Other"), "Other"),
                reason(path -> new IOException("No space left on device"), "no space left on the device"),
                reason(path -> new IOException("Other"), "Other"),
                reason(path -> new IOException(), "input/output error"));
    }

    private static Arguments reason(Function<String, IOException> how, String words) {
        return Arguments.of(how, words);
    }

    @ParameterizedTest
    @MethodSource("reasons")
    void theSystemsReasonIsGivenInWords(Function<String, IOException> how, String words) {
        files.fail("write", 1, how);
        assertThat(catchThrowableOfType(
                        CdiException.class, () -> Publisher.publish(target("nvidia.yaml"), NEW, SpecFormat.YAML)))
                .extracting(CdiException::what)
                .isEqualTo(words);
    }

    @Test
    void aNameThatIsTakenIsNotWrittenTo() throws Exception {
        files.fail("create", 15, FileAlreadyExistsException::new);
        assertThat(Publisher.publish(target("nvidia.yaml"), NEW, SpecFormat.YAML))
                .isEqualTo(Publisher.Outcome.WRITTEN);
        assertThat(files.calls().stream()
                        .filter(call -> call.startsWith("create "))
                        .distinct())
                .hasSize(16);
    }

    @Test
    void namesThatAreAllTakenAreAFailure() {
        files.fail("create", 100, FileAlreadyExistsException::new);
        assertThat(catchThrowableOfType(
                                CdiException.class,
                                () -> Publisher.publish(target("nvidia.yaml"), NEW, SpecFormat.YAML))
                        .code())
                .isEqualTo(Code.UNWRITABLE);
        assertThat(files.calls()).hasSize(16);
    }
}
