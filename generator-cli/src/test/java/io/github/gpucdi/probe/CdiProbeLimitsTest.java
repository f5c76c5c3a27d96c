package io.github.gpucdi.probe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.host.CdiDirectory;
import io.github.gpucdi.host.CdiFacts;
import io.github.gpucdi.host.CdiFile;
import io.github.gpucdi.host.FileContent;
import io.github.gpucdi.host.HookFact;
import io.github.gpucdi.host.PathFact;
import io.github.gpucdi.probe.SpecLookup.NamedPaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As much of spec directories as fits into a snapshot, and no more. */
class CdiProbeLimitsTest {
    private static final int ROOM = 4 << 20;

    @TempDir
    Path root;

    private Path cdi;
    private NamedPaths named = NamedPaths.NONE;

    @BeforeEach
    void makeDirectory() throws IOException {
        cdi = Files.createDirectories(root.resolve("etc/cdi"));
    }

    private CdiFacts probe() {
        SpecLookup lookup =
                new SpecLookup(List.of("/etc/cdi"), Optional.empty(), Optional.empty(), (name, content) -> named);
        return new CdiProbe(RootedFs.host(root), lookup).probe(List.of());
    }

    private CdiDirectory directory() {
        return probe().directories().get(0);
    }

    private List<String> problems() {
        return directory().files().stream()
                .map(file -> file.problem().orElse("recorded"))
                .toList();
    }

    /** Text of so many bytes, in lines that a snapshot can have. */
    private static byte[] text(int bytes) {
        return ("x".repeat(1023) + "\n")
                .repeat(bytes / 1024 + 1)
                .substring(0, bytes)
                .getBytes(UTF_8);
    }

    @ParameterizedTest
    @CsvSource({"0, recorded", "1, too large to record"})
    void aTextThatJustFits(int more, String problem) throws IOException {
        Files.write(cdi.resolve("a.yaml"), text(ROOM + more));
        assertThat(problems()).containsExactly(problem);
    }

    /** What is no text is recorded in base64, which takes a third more. */
    @ParameterizedTest
    @CsvSource({"0, recorded", "1, too large to record"})
    void bytesThatJustFit(int more, String problem) throws IOException {
        Files.write(cdi.resolve("a.yaml"), new byte[ROOM / 4 * 3 + more]);
        assertThat(problems()).containsExactly(problem);
    }

    @Test
    void theRoomIsForAllFilesTogether() throws IOException {
        byte[] half = "x".repeat(4096).concat("\n").repeat(ROOM / 4096 / 2).getBytes(UTF_8);
        Files.write(cdi.resolve("a.yaml"), half);
        Files.write(cdi.resolve("b.yaml"), half);
        Files.write(cdi.resolve("c.yaml"), new byte[] {'x', '\n'});
        assertThat(problems()).containsExactly("recorded", CdiFile.TOO_LARGE, "recorded");
    }

    @Test
    void linesCountToo() throws IOException {
        byte[] most = "\n".repeat(FileContent.MAX_LINES - 1).getBytes(UTF_8);
        for (String name : List.of("a.yaml", "b.yaml", "c.yaml")) {
            Files.write(cdi.resolve(name), most);
        }
        assertThat(problems()).containsExactly("recorded", "recorded", CdiFile.TOO_LARGE);
    }

    @Test
    void asManyFilesAsTheRegistryReads() throws IOException {
        for (int i = 0; i < 4096; i++) {
            Files.createFile(cdi.resolve("a" + i + ".yaml"));
            Files.createFile(cdi.resolve("b" + i + ".yml"));
        }
        CdiDirectory all = directory();
        assertThat(all.files()).hasSize(4096);
        assertThat(all.passedOver()).hasSize(4096);
        assertThat(all.problem()).isEmpty();

        Files.createFile(cdi.resolve("c.yml"));
        Files.createFile(cdi.resolve("d.yaml"));
        CdiDirectory more = directory();
        assertThat(more.files()).hasSize(4096).noneMatch(file -> file.name().equals("d.yaml"));
        assertThat(more.passedOver()).hasSize(4096).doesNotContain("c.yml");
        assertThat(more.problem()).contains("more than 4096 spec files");
    }

    @Test
    void asManyPathsAsFit() throws IOException {
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < 20_001; i++) {
            paths.add("/p" + i);
        }
        named = new NamedPaths(paths, List.of());
        Files.createFile(cdi.resolve("a.yaml"));
        assertThat(probe().paths())
                .hasSize(20_000)
                .noneMatch(fact -> fact.path().equals("/p20000"));
    }

    @Test
    void pathsThatASnapshotCanHave() throws IOException {
        String longest = "/" + "x".repeat(FileContent.MAX_LINE - 1);
        named = new NamedPaths(List.of(longest, longest + "x"), List.of("/gone"));
        Files.createFile(cdi.resolve("a.yaml"));
        assertThat(probe().paths())
                .containsExactly(new PathFact(longest, PathFact.Kind.MISSING, false, Optional.empty()));
        assertThat(probe().hooks()).containsExactly(new HookFact("/gone", Optional.of("not there"), Optional.empty()));
    }

    @Test
    void aNameThatCannotBePrintedIsAProblemOfItsDirectory() throws IOException {
        Files.createFile(cdi.resolve("a\nb.yaml"));
        Files.createFile(cdi.resolve("c.yaml"));
        assertThat(directory().problem()).contains("a file's name cannot be printed");
        assertThat(directory().files()).extracting(CdiFile::name).containsExactly("c.yaml");
    }
}
