package io.github.gpucdi.probe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.gpucdi.host.CdiDirectory;
import io.github.gpucdi.host.CdiFacts;
import io.github.gpucdi.host.CdiFile;
import io.github.gpucdi.host.CharNode;
import io.github.gpucdi.host.FileContent;
import io.github.gpucdi.host.HookFact;
import io.github.gpucdi.host.PathFact;
import io.github.gpucdi.probe.SpecLookup.NamedPaths;
import io.github.gpucdi.testhost.HostTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CdiProbeTest {
    @TempDir
    Path temp;

    private NamedPaths named = NamedPaths.NONE;
    private String read = "";

    private CdiFacts probe(List<String> directories, String... tree) throws IOException {
        Path root = Files.createDirectory(temp.resolve("host"));
        HostTree.layOut(root, String.join("\n", tree));
        return probe(root, directories);
    }

    private CdiFacts probe(Path root, List<String> directories) {
        SpecLookup lookup =
                new SpecLookup(directories, Optional.of("/home/u/.config"), Optional.empty(), (name, content) -> {
                    read += name + "=" + new String(content, UTF_8) + ";";
                    return named;
                });
        return new CdiProbe(RootedFs.host(root), lookup).probe(List.of("/srv/cdi"));
    }

    private CdiDirectory directory(String... tree) throws IOException {
        return probe(List.of("/etc/cdi"), tree).directories().get(0);
    }

    @Test
    void directoriesOfEnginesAndOfTheirConfigurationInOrderEachOnce() throws IOException {
        CdiFacts facts = probe(List.of("/etc/cdi", "/var/run/cdi", "/srv/cdi", "/etc/cdi"), "dir /etc/cdi");
        assertThat(facts.directories())
                .extracting(CdiDirectory::path)
                .containsExactly("/etc/cdi", "/var/run/cdi", "/srv/cdi");
        assertThat(facts.directories()).extracting(CdiDirectory::present).containsExactly(true, false, false);
        assertThat(facts.configHome()).contains("/home/u/.config");
        assertThat(facts.runtimeDir()).isEmpty();
    }

    /** The file of a process's memory is a regular one, and has none at 0. */
    @Test
    void whyAFileCannotBeReadIsTold() throws IOException {
        Files.createSymbolicLink(temp.resolve("a.yaml"), Path.of("/proc/self/mem"));
        List<CdiFile> files = probe(Path.of("/"), List.of(temp.toString()))
                .directories()
                .get(0)
                .files();
        assertThat(files.get(0).problem()).contains("Input/output error");
    }

    @Test
    void specFilesAndNoOthers() throws IOException {
        CdiDirectory directory = directory(
                "text /etc/cdi/b.yaml kind: b\\n",
                "text /etc/cdi/.a.json {}",
                "file /etc/cdi/c.yml",
                "file /etc/cdi/d.yaml.off",
                "dir /etc/cdi/e.yaml",
                "text /opt/real.yaml kind: f\\n",
                "link /etc/cdi/f.yaml /opt/real.yaml");
        assertThat(directory.files()).extracting(CdiFile::name).containsExactly(".a.json", "b.yaml", "f.yaml");
        assertThat(directory.files()).allMatch(file -> file.problem().isEmpty());
        FileTime written = Files.getLastModifiedTime(temp.resolve("host/opt/real.yaml"));
        assertThat(directory.files().get(2).modified()).hasValue(written.to(TimeUnit.SECONDS));
        assertThat(directory.files().get(2).content()).contains(FileContent.of("kind: f\n".getBytes(UTF_8)));
        assertThat(read).isEqualTo(".a.json={};b.yaml=kind: b\n;f.yaml=kind: f\n;");
    }

    @Test
    void filesThatCannotBeRead() throws IOException {
        CdiDirectory directory = directory(
                "link /etc/cdi/dangling.yaml nowhere",
                "fifo /etc/cdi/fifo.yaml",
                "dir /opt/d",
                "link /etc/cdi/linked.yaml /opt/d",
                "link /etc/cdi/loop.yaml loop.yaml");
        assertThat(directory.files())
                .extracting(file -> file.name() + ": " + file.problem().orElse(""))
                .containsExactly(
                        "dangling.yaml: a link that leads nowhere",
                        "fifo.yaml: not a regular file",
                        "linked.yaml: a directory",
                        "loop.yaml: a link that leads back to itself");
        assertThat(read).isEmpty();
    }

    @Test
    void directoriesThatAreNoneOrLinks() throws IOException {
        List<CdiDirectory> directories = probe(
                        List.of("/a", "/b", "/c", "/run/cdi", "/var/run/cdi"),
                        "file /a",
                        "dir /opt/cdi",
                        "link /b /opt/cdi",
                        "link /c nowhere",
                        "text /run/cdi/x.yaml kind: x",
                        "link /var/run ../run")
                .directories();
        assertThat(directories.get(0).problem()).contains("not a directory");
        assertThat(directories.get(1).link()).isTrue();
        assertThat(directories.get(1).problem()).isEmpty();
        assertThat(directories.get(2))
                .isEqualTo(new CdiDirectory("/c", true, true, Optional.empty(), Optional.empty(), List.of()));
        assertThat(directories.get(4).link()).isFalse();
        assertThat(directories.get(4).files()).hasSize(1);
    }

    @Test
    void whatIsClosedToUsers() throws IOException {
        List<CdiDirectory> directories = probe(
                        List.of("/etc/cdi", "/open", "/passable"),
                        "dir /etc/cdi 750",
                        "exe /etc/cdi/a.yaml 644",
                        "dir /open 755",
                        "exe /open/b.yaml 600",
                        "exe /open/c.yaml 644",
                        "link /open/d.yaml /etc/cdi/a.yaml",
                        "dir /passable 711")
                .directories();
        assertThat(directories.get(0).closedAt()).contains("/etc/cdi");
        assertThat(directories.get(0).files().get(0).closedAt()).contains("/etc/cdi");
        assertThat(directories.get(1).closedAt()).isEmpty();
        assertThat(directories.get(1).files())
                .extracting(file -> file.closedAt().orElse("open"))
                .containsExactly("/open/b.yaml", "open", "/etc/cdi");
        assertThat(directories.get(2).closedAt()).contains("/passable");
    }

    @Test
    void pathsThatSpecsName() throws IOException {
        named = new NamedPaths(
                List.of("/lib/a.so", "/lib/b.so", "/lib/../lib/a.so", "relative", "/no\nline", "/gone", "/opt", ""),
                List.of("/usr/bin/hook", "hook"));
        CdiFacts facts = probe(
                List.of("/etc/cdi"),
                "file /etc/cdi/x.yaml",
                "file /lib/a.so",
                "link /lib/b.so nowhere",
                "dir /opt",
                "file /usr/bin/hook");
        assertThat(facts.paths())
                .containsExactly(
                        new PathFact("/gone", PathFact.Kind.MISSING, false, Optional.empty()),
                        new PathFact("/lib/a.so", PathFact.Kind.REGULAR, false, Optional.empty()),
                        new PathFact("/lib/b.so", PathFact.Kind.DANGLING_LINK, true, Optional.empty()),
                        new PathFact("/opt", PathFact.Kind.DIRECTORY, false, Optional.empty()));
        assertThat(facts.hooks())
                .containsExactly(new HookFact("/usr/bin/hook", Optional.of("not executable"), Optional.empty()));
    }

    @Test
    void deviceNodesAndPrograms() throws IOException {
        assumeTrue(HostTree.canMakeNodes(), "device nodes and root's files need root");
        named = new NamedPaths(List.of("/dev/nvidia0", "/dev/link"), List.of("/usr/bin/good", "/usr/bin/bad"));
        CdiFacts facts = probe(
                List.of("/etc/cdi"),
                "file /etc/cdi/x.yaml",
                "chr /dev/nvidia0 195 0 660 0 44",
                "link /dev/link nvidia0",
                "exe /usr/bin/good",
                "exe /usr/bin/bad 777");
        Optional<CharNode> node = Optional.of(new CharNode("/dev/nvidia0", 195, 0, 0660, 0, 44));
        assertThat(facts.paths())
                .containsExactly(
                        new PathFact("/dev/link", PathFact.Kind.CHARACTER_DEVICE, true, node),
                        new PathFact("/dev/nvidia0", PathFact.Kind.CHARACTER_DEVICE, false, node));
        assertThat(facts.hooks())
                .containsExactly(
                        new HookFact(
                                "/usr/bin/bad",
                                Optional.empty(),
                                Optional.of("/usr/bin/bad is writable by others than its owner")),
                        new HookFact("/usr/bin/good", Optional.empty(), Optional.empty()));
    }

    @Test
    void whatASnapshotHasNoRoomFor() throws IOException {
        Path root = Files.createDirectory(temp.resolve("host"));
        Path cdi = Files.createDirectories(root.resolve("etc/cdi"));
        String line = "#" + "x".repeat(1000) + "\n";
        Files.writeString(cdi.resolve("a.yaml"), line.repeat(3000));
        Files.writeString(cdi.resolve("b.yaml"), line.repeat(3000));
        Files.writeString(cdi.resolve("c.yaml"), "kind: c\n");
        Files.write(cdi.resolve("d.yaml"), ("\r" + line.repeat(900)).getBytes(StandardCharsets.UTF_16));
        CdiDirectory directory = probe(root, List.of("/etc/cdi")).directories().get(0);
        assertThat(directory.files())
                .extracting(file -> file.problem().orElse("recorded"))
                .containsExactly("recorded", CdiFile.TOO_LARGE, "recorded", CdiFile.TOO_LARGE);
    }

    @Test
    void namesThatEnginesPassOver() throws IOException {
        List<CdiDirectory> directories = probe(
                        List.of("/etc/cdi"),
                        "text /etc/cdi/a.yaml kind: x",
                        "text /etc/cdi/b.yml kind: x",
                        "text /etc/cdi/c.YAML kind: x",
                        "text /etc/cdi/d.yaml.off kind: x",
                        "text /etc/cdi/.hidden kind: x",
                        "dir /etc/cdi/sub.yml")
                .directories();
        assertThat(directories.get(0).files()).hasSize(1);
        assertThat(directories.get(0).passedOver()).containsExactly("b.yml", "c.YAML");
    }
}
