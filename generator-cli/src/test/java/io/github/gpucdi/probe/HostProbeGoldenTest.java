package io.github.gpucdi.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.Mode;
import io.github.gpucdi.host.SectionKey;
import io.github.gpucdi.host.json.SnapshotJson;
import io.github.gpucdi.nvml.NvmlException;
import io.github.gpucdi.nvml.NvmlLibrary;
import io.github.gpucdi.nvml.jna.JnaNvmlLibrary;
import io.github.gpucdi.nvmldouble.DoubleConfig;
import io.github.gpucdi.nvmldouble.DxcoreDouble;
import io.github.gpucdi.nvmldouble.NvmlDouble;
import io.github.gpucdi.nvmldouble.SandboxutilsDouble;
import io.github.gpucdi.nvmldouble.SymbolSet;
import io.github.gpucdi.probe.jna.JnaDxcore;
import io.github.gpucdi.probe.jna.JnaSandboxutils;
import io.github.gpucdi.testhost.GoldenHost;
import io.github.gpucdi.testhost.HostTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each golden host, laid out below a directory and looked at, gives its snapshot to the byte. */
class HostProbeGoldenTest {
    @TempDir
    Path temp;

    static List<GoldenHost> hosts() {
        return GoldenHost.all().stream().filter(GoldenHost::hasTree).toList();
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void probing(GoldenHost host) throws IOException {
        assumeTrue(HostTree.canMakeNodes(), "device nodes can be made by root only");
        Path top = Files.createDirectory(temp.resolve("top"));
        HostTree.layOut(top, host.folder(), top);
        Path hostRoot = top.resolve(host.argument("--host-root").orElse("/").substring(1));
        ProbeRequest request = new ProbeRequest(
                hostRoot,
                host.options(),
                host.argument("PATH").stream()
                        .flatMap(path -> List.of(path.split(":")).stream())
                        .toList(),
                Optional.empty(),
                sections(host),
                List.of(),
                new SpecLookup(
                        List.of("/etc/cdi", "/var/run/cdi", "/etc/buildkit/cdi"),
                        Optional.empty(),
                        Optional.empty(),
                        (name, content) -> SpecLookup.NamedPaths.NONE),
                true,
                false,
                Duration.ofSeconds(60),
                loader(host),
                others(host));

        HostSnapshot snapshot = HostProbe.probe(request, host.architecture());

        String probed = new String(GoldenHost.text(snapshot), StandardCharsets.UTF_8);
        String text = GoldenHost.timeless(probed);
        assertThat(text.equals(probed)).isEqualTo(host.modes().contains(Mode.WSL));
        if (GoldenHost.isUpdate()) {
            Files.writeString(host.snapshotFile(), text);
            fail("%s was written: read it, then test without golden.update", host.snapshotFile());
        }
        assertThat(text).isEqualTo(Files.readString(host.snapshotFile()));
    }

    private static Set<SectionKey<?>> sections(GoldenHost host) {
        Set<SectionKey<?>> sections = new HashSet<>(SnapshotJson.SECTIONS);
        if (!host.lines("sandboxutils").isEmpty()) {
            sections.add(SectionKey.SANDBOXUTILS);
        }
        return sections;
    }

    /** The library in the tree is an empty shell, so that a host of another architecture can be looked at too. */
    private NvmlLoader loader(GoldenHost host) {
        DoubleConfig config = DoubleConfig.empty();
        host.lines("nvml").forEach(config::line);
        NvmlDouble.configure(config);
        String version = host.lines("nvml").get(0).replace("driver = ", "");
        Path library = NvmlDouble.build(temp.resolve("libnvidia-ml.so." + version), version, symbols(version));
        return new NvmlLoader() {
            @Override
            public NvmlLibrary load(Path file) {
                assertThat(file).startsWith(temp.resolve("top")).isRegularFile();
                return JnaNvmlLibrary.load(library);
            }

            @Override
            public NvmlLibrary loadBySoname() {
                throw new NvmlException("dlopen", 12, "libnvidia-ml.so.1: not on this host");
            }
        };
    }

    private LibraryLoader others(GoldenHost host) {
        return new LibraryLoader() {
            @Override
            public Dxcore loadDxcore(Path file) {
                assertThat(file).startsWith(temp.resolve("top")).isRegularFile();
                Path library = DxcoreDouble.build(temp.resolve("libdxcore.so"));
                DxcoreDouble.configure(library, host.lines("dxcore").toArray(String[]::new));
                return JnaDxcore.load(library);
            }

            @Override
            public Sandboxutils loadSandboxutils(String name) {
                assertThat(Path.of(name)).startsWith(temp.resolve("top")).isRegularFile();
                Path library = SandboxutilsDouble.build(temp.resolve("libnvidia-sandboxutils.so.1"));
                SandboxutilsDouble.configure(library, host.lines("sandboxutils"));
                return JnaSandboxutils.load(library.toString());
            }
        };
    }

    private static SymbolSet symbols(String version) {
        int branch = Integer.parseInt(version.substring(0, 3));
        return branch >= 580 ? SymbolSet.FULL : branch >= 550 ? SymbolSet.DRIVER_550 : SymbolSet.DRIVER_535;
    }
}
