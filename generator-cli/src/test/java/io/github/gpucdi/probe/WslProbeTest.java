package io.github.gpucdi.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.gpucdi.host.FailedLookup;
import io.github.gpucdi.host.FoundFile;
import io.github.gpucdi.host.Library;
import io.github.gpucdi.host.Section;
import io.github.gpucdi.host.SectionKey;
import io.github.gpucdi.host.WslAdapter;
import io.github.gpucdi.host.WslFacts;
import io.github.gpucdi.host.WslStore;
import io.github.gpucdi.nvmldouble.DxcoreDouble;
import io.github.gpucdi.nvmldouble.NvmlDouble;
import io.github.gpucdi.testhost.HostTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is learned of a libdxcore that is loaded by a real {@code dlopen}. */
class WslProbeTest {
    private static final String QUERY = "D3DKMTQueryAdapterInfo";

    @TempDir
    Path temp;

    private Path top() throws IOException {
        return Files.createDirectories(temp.resolve("top"));
    }

    private Path library(String... without) throws IOException {
        assumeTrue(NvmlDouble.canBuild(), "the double needs bash and a C compiler");
        return DxcoreDouble.build(top().resolve("usr/lib/wsl/lib/libdxcore.so"), without);
    }

    private Section<WslFacts> section(Duration timeout) throws IOException {
        return HostProbe.probe(ProbeRequests.wsl(top(), timeout)).get(SectionKey.WSL);
    }

    private WslFacts facts(Path library, String... lines) throws IOException {
        DxcoreDouble.configure(library, lines);
        return section(Duration.ofSeconds(60)).data().orElseThrow();
    }

    private static WslAdapter at(int wddm, String store) {
        return new WslAdapter(OptionalInt.of(wddm), Optional.of(store), Optional.empty());
    }

    private static WslAdapter failed(OptionalInt wddm, String failure) {
        return new WslAdapter(wddm, Optional.empty(), Optional.of(failure));
    }

    @Test
    void adaptersAndTheirStoresInTheirOrder() throws IOException {
        Path log = temp.resolve("log");
        WslFacts facts = facts(
                library(),
                "adapter 3100 /s/b",
                "adapter 2600 /s/old",
                "adapter 2700 /s/a//x/../",
                "adapter 3200 /s/b",
                "log " + log);
        assertThat(facts.failure()).isEmpty();
        assertThat(facts.library())
                .isEqualTo(new Library(
                        Library.Role.DRIVER, "/usr/lib/wsl/lib/libdxcore.so", Optional.of("libdxcore.so"), List.of()));
        assertThat(facts.adapters())
                .containsExactly(
                        at(3100, "/s/b"),
                        new WslAdapter(OptionalInt.of(2600), Optional.empty(), Optional.empty()),
                        at(2700, "/s/a"),
                        at(3200, "/s/b"));
        assertThat(facts.stores()).extracting(WslStore::path).containsExactly("/s/b", "/s/a");
        assertThat(facts.device().nodes()).isEmpty();
        assertThat(Files.readAllLines(log))
                .startsWith("D3DKMTEnumAdapters3 -1", "D3DKMTEnumAdapters3 -1", QUERY + ":13 0", QUERY + ":48 0")
                .endsWith(
                        "D3DKMTCloseAdapter 0", "D3DKMTCloseAdapter 1", "D3DKMTCloseAdapter 2", "D3DKMTCloseAdapter 3")
                .doesNotContain(QUERY + ":48 1");
    }

    @Test
    void anOlderLibraryOrKernelIsAskedInTheOlderWay() throws IOException {
        assertThat(facts(library("WITHOUT_ENUM3"), "adapter 3100 /s").adapters())
                .containsExactly(at(3100, "/s"));
    }

    @Test
    void anOlderKernelIsAskedInTheOlderWay() throws IOException {
        WslFacts facts = facts(library(), "adapter 3100 /s", "fail D3DKMTEnumAdapters3 c0000002");
        assertThat(facts.adapters()).containsExactly(at(3100, "/s"));
    }

    @Test
    void noAdaptersAreNone() throws IOException {
        WslFacts facts = facts(library());
        assertThat(facts.failure()).isEmpty();
        assertThat(facts.adapters()).isEmpty();
    }

    @Test
    void aLibraryWithoutItsFunctionsTellsNothing() throws IOException {
        assertThat(facts(library("WITHOUT_ENUM2", "WITHOUT_ENUM3"), "adapter 3100 /s")
                        .failure())
                .hasValue("it has no D3DKMTEnumAdapters3; it has no D3DKMTEnumAdapters2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fail D3DKMTEnumAdapters3 c0000001 | fail D3DKMTEnumAdapters2 c000009a"
                        + " | D3DKMTEnumAdapters3 answered 0xc0000001; D3DKMTEnumAdapters2 answered 0xc000009a",
                "adapters 65 | adapter 3100 /s"
                        + " | D3DKMTEnumAdapters3 answered 65 adapters; D3DKMTEnumAdapters2 answered 65 adapters",
                "adapters 4294967294 | adapter 3100 /s"
                        + " | D3DKMTEnumAdapters3 answered 4294967294 adapters; D3DKMTEnumAdapters2 answered 4294967294 adapters",
            })
    void anEnumerationThatFailsTellsNothing(String one, String other, String failure) throws IOException {
        WslFacts facts = facts(library(), one, other);
        assertThat(facts.failure()).hasValue(failure);
        assertThat(facts.adapters()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fail D3DKMTQueryAdapterInfo:13 c0000001 | /s | -1 | D3DKMTQueryAdapterInfo answered 0xc0000001",
                "fail D3DKMTQueryAdapterInfo:48 c000000d | /s | 3100 | D3DKMTQueryAdapterInfo answered 0xc000000d",
                "status 2 | /s | 3100 | D3DKMTQueryAdapterInfo answered no driver store's path, but status 2",
                "size 1044 | /s | 3100 | D3DKMTQueryAdapterInfo answered a driver store's path of 1044 bytes",
                "size 4294967292 | /s | 3100"
                        + " | D3DKMTQueryAdapterInfo answered a driver store's path of 4294967292 bytes",
                "# | s/relative | 3100 | D3DKMTQueryAdapterInfo answered as a driver store's path 's/relative'",
                "# | /s/\u0001x | 3100 | D3DKMTQueryAdapterInfo answered as a driver store's path '/s/\\x01x'",
                "# | '' | 3100 | D3DKMTQueryAdapterInfo answered as a driver store's path ''",
            })
    void anAdapterThatCannotBeAskedIsToldWithWhy(String line, String store, int wddm, String failure)
            throws IOException {
        WslFacts facts = facts(library(), "adapter 3100 " + store, line);
        assertThat(facts.failure()).isEmpty();
        assertThat(facts.adapters())
                .containsExactly(failed(wddm < 0 ? OptionalInt.empty() : OptionalInt.of(wddm), failure));
        assertThat(facts.stores()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"D3DKMTEnumAdapters3", "D3DKMTQueryAdapterInfo:48", "D3DKMTCloseAdapter"})
    void aCallThatHangsIsToldByItsName(String function) throws IOException {
        Path hanging = Files.createFile(temp.resolve("hanging"));
        DxcoreDouble.configure(library(), "adapter 3100 /s", "hang " + function + " " + hanging);
        WslFacts facts = section(Duration.ofMillis(500)).data().orElseThrow();
        Files.delete(hanging);
        assertThat(facts.failure()).hasValue(function.replaceFirst(":.*", "") + ": no answer within 0.5 s");
        assertThat(facts.adapters()).isEmpty();
    }

    @Test
    void whatCannotBeLoadedIsThereAllTheSame() throws IOException {
        HostTree.layOut(top(), "lib /usr/lib/wsl/lib/libdxcore.so libdxcore.so");
        Path library = top().resolve("usr/lib/wsl/lib/libdxcore.so");
        byte[] executable = Files.readAllBytes(library);
        // e_type: ET_EXEC, which no loader takes for a library.
        executable[16] = 2;
        Files.write(library, executable);
        WslFacts facts = section(Duration.ofSeconds(60)).data().orElseThrow();
        assertThat(facts.failure().orElseThrow())
                .startsWith("it cannot be loaded: ")
                .contains("libdxcore.so");
    }

    @Test
    void whatIsNoLibraryIsNamed() throws IOException {
        HostTree.layOut(top(), "file /usr/lib/wsl/lib/libdxcore.so text");
        assertThat(section(Duration.ofSeconds(60)))
                .isInstanceOfSatisfying(
                        Section.Absent.class,
                        absent -> assertThat(absent.reason())
                                .startsWith("no libdxcore.so in /usr/lib/wsl/lib, /, ")
                                .endsWith("; /usr/lib/wsl/lib/libdxcore.so is of no use: not-elf"));
    }

    @Test
    void anotherMachinesLibraryIsNotTaken() throws IOException {
        DxcoreDouble.configure(library(), "adapter 3100 /s");
        Path other = Files.createDirectories(temp.resolve("other"));
        assertThat(HostProbe.probe(ProbeRequests.wsl(other, Duration.ofSeconds(60)))
                        .get(SectionKey.WSL))
                .isInstanceOf(Section.Absent.class);
    }

    @Test
    void aStoresFilesAreThoseAtItsTopWithTheirNames() throws IOException {
        HostTree.layOut(top(), """
                lib /s/libcuda.so.1.1 libcuda.so.1
                link /s/libcuda.so libcuda.so.1.1
                lib /s/libforeign.so libforeign.so i386
                file /s/libtext.so
                file /s/nvcubins.bin
                file /s/NVCUBINS.BIN
                file /s/nvcuda.dll
                file /s/nvml.DLL
                file /s/nv_dispi.inf
                exe /s/nvidia-smi
                dir /s/directory.so
                fifo /s/pipe.bin
                link /s/gone.so nowhere
                link /s/round.bin round.bin
                link /s/outside.dll /elsewhere/x
                file /elsewhere/x
                file /s/deeper/libdeep.so
                """);
        WslStore store = facts(library(), "adapter 3100 /s").stores().get(0);
        assertThat(store.files().files())
                .extracting(FoundFile::name)
                .containsExactly(
                        "libcuda.so",
                        "libcuda.so.1.1",
                        "libforeign.so",
                        "libtext.so",
                        "nvcubins.bin",
                        "nvcuda.dll",
                        "nvidia-smi",
                        "outside.dll");
        assertThat(store.files().libraries()).extracting(Library::path).containsExactly("/s/libcuda.so.1.1");
        assertThat(store.files().failed())
                .containsExactly(
                        new FailedLookup("gone.so", "/s/gone.so", FailedLookup.Reason.DANGLING_LINK),
                        new FailedLookup("round.bin", "/s/round.bin", FailedLookup.Reason.LINK_LOOP));
    }

    @Test
    void aDirectoryInTheNodesPlaceIsNamed() throws IOException {
        HostTree.layOut(top(), "dir /dev/dxg");
        assertThat(facts(library()).device().rejected()).containsExactly("/dev/dxg is a directory, not a device node");
    }
}
