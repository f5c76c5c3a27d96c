package io.github.gpucdi.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.gpucdi.assemble.Assembly;
import io.github.gpucdi.assemble.model.Notice;
import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.text.read.SpecReader;
import io.github.gpucdi.cdi.text.write.SpecFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run finds out before it writes, and what it deletes. */
class SpecFilesTest {
    private static final String KIND = "acme.com/gpu";

    @TempDir
    Path folder;

    private Path low;
    private Path high;
    private final List<Notice> notices = new ArrayList<>();

    @BeforeEach
    void directories() throws IOException {
        low = Files.createDirectory(folder.resolve("low"));
        high = Files.createDirectory(folder.resolve("high"));
    }

    private SpecFiles files(Path file) {
        return new SpecFiles(
                new Destination(Optional.of(file), SpecFormat.YAML),
                new EngineDirectories(Path.of("/"), List.of(low, high)),
                notices);
    }

    private static byte[] text(String kind, String... devices) {
        StringBuilder text = new StringBuilder("cdiVersion: 0.5.0\nkind: " + kind + "\ndevices:\n");
        for (String device : devices) {
            text.append("- {name: ").append(device).append(", containerEdits: {env: [A=b]}}\n");
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Assembly.Part part(String infix, String... devices) {
        CdiSpec spec = SpecReader.read(text(KIND + infix, devices), SpecReader.Format.YAML)
                .spec()
                .orElseThrow();
        return new Assembly.Part(infix, spec);
    }

    private List<String> advice() {
        return notices.stream()
                .filter(notice -> notice.level() == Notice.Level.ADVICE)
                .map(Notice::what)
                .toList();
    }

    @Test
    void aFileThatWinsOverOursIsNamedWithWhatItHides() throws Exception {
        Path winner = Files.write(high.resolve("other.json"), text(KIND, "one", "two", "more"));
        files(low.resolve("nvidia.yaml")).write(List.of(part("", "one", "two", "three")), List.of(), false);

        assertThat(advice())
                .containsExactly(winner + " shadows " + KIND + "=one and 1 more: engines take its definition");
        assertThat(notices)
                .filteredOn(notice -> notice.level() == Notice.Level.ADVICE)
                .allMatch(notice -> notice.hint().contains("nvidia-cdi-refresh"));
        assertThat(low.resolve("nvidia.yaml")).isRegularFile();
    }

    @Test
    void aDirectoryIsKnownThroughALinkToo() throws Exception {
        Files.write(high.resolve("other.yaml"), text(KIND, "one"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), low);
        files(link.resolve("nvidia.yaml")).write(List.of(part("", "one")), List.of(), false);
        assertThat(advice()).singleElement().asString().contains("shadows " + KIND + "=one: ");
    }

    @Test
    void nothingWinsOverTheHighestDirectoryNorOverOneThatEnginesPassOver() throws Exception {
        Files.write(low.resolve("other.yaml"), text(KIND, "one"));
        files(high.resolve("nvidia.yaml")).write(List.of(part("", "one")), List.of(), false);
        files(folder.resolve("nvidia.yaml")).write(List.of(part("", "one")), List.of(), false);
        assertThat(advice()).isEmpty();
    }

    @Test
    void otherNamesShadowNothing() throws Exception {
        Files.write(high.resolve("other.yaml"), text(KIND, "two"));
        Files.write(high.resolve("class.yaml"), text("acme.com/card", "one"));
        files(low.resolve("nvidia.yaml")).write(List.of(part("", "one")), List.of(), false);
        assertThat(advice()).isEmpty();
    }

    @Test
    void whatForbidsTheSecondFileKeepsTheFirstFromBeingWritten() throws IOException {
        Files.createDirectory(low.resolve("nvidia.coherent.yaml"));
        SpecFiles files = files(low.resolve("nvidia.yaml"));
        RunFailure failure = catchThrowableOfType(
                RunFailure.class,
                () -> files.write(List.of(part("", "one"), part(".coherent", "one")), List.of(), false));
        assertThat(failure.ending()).isEqualTo(Ending.NOT_WRITTEN);
        assertThat(failure).hasMessageContaining("nvidia.coherent.yaml: the target is a directory");
        assertThat(low.toFile().list()).containsExactly("nvidia.coherent.yaml");
    }

    @Test
    void aConflictOfTheSecondFileKeepsTheFirstFromBeingWritten() throws IOException {
        Files.write(low.resolve("other.yaml"), text(KIND + ".coherent", "one"));
        SpecFiles files = files(low.resolve("nvidia.yaml"));
        RunFailure failure = catchThrowableOfType(
                RunFailure.class,
                () -> files.write(List.of(part("", "one"), part(".coherent", "one")), List.of(), false));
        assertThat(failure).hasMessageContaining("other.yaml defines " + KIND + ".coherent=one too");
        assertThat(low.toFile().list()).containsExactly("other.yaml");
    }

    @Test
    void aFileBesideThatCannotBeJudgedIsSaid() throws Exception {
        Path bad = Files.writeString(low.resolve("bad.yaml"), "{");
        files(low.resolve("nvidia.yaml")).write(List.of(part("", "one")), List.of(), false);
        assertThat(advice()).singleElement().asString().startsWith(bad + " beside it cannot be judged: ");
    }

    @Test
    void aFileAboveThatCannotBeJudgedIsSaid() throws Exception {
        Path bad = Files.writeString(high.resolve("bad.yaml"), "{");
        files(low.resolve("nvidia.yaml")).write(List.of(part("", "one")), List.of(), false);
        assertThat(advice()).singleElement().asString().startsWith(bad + " cannot be judged: ");
    }

    @Test
    void deletingTakesOursAndNobodyElses() throws Exception {
        Path main = low.resolve("nvidia.yaml");
        SpecFiles files = files(main);
        files.write(List.of(part("", "one"), part(".coherent", "one")), List.of(), false);
        Path other = Files.write(low.resolve("nvidia.noncoherent.yaml"), text("acme.com/card", "one"));

        files.deleteAll(List.of(
                new SpecRequest.Place("", KIND),
                new SpecRequest.Place(".coherent", KIND + ".coherent"),
                new SpecRequest.Place(".noncoherent", KIND + ".noncoherent")));

        assertThat(low.toFile().list()).containsExactly(other.getFileName().toString());
        assertThat(notices)
                .extracting(Notice::what)
                .contains(
                        "deleted " + main + ": there is nothing to offer",
                        "deleted " + low.resolve("nvidia.coherent.yaml") + ": there is nothing to offer");
    }
}
