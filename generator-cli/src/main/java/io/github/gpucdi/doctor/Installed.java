package io.github.gpucdi.doctor;

import io.github.gpucdi.assemble.SpecAssembler;
import io.github.gpucdi.assemble.model.AssembleException;
import io.github.gpucdi.assemble.model.AssembleOptions;
import io.github.gpucdi.cdi.engine.SpecDirectories;
import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.text.write.SpecWriter;
import io.github.gpucdi.host.CdiDirectory;
import io.github.gpucdi.host.CdiFacts;
import io.github.gpucdi.host.CdiFile;
import io.github.gpucdi.host.CharNode;
import io.github.gpucdi.host.CsvFacts;
import io.github.gpucdi.host.DeviceNodes;
import io.github.gpucdi.host.EngineProgram;
import io.github.gpucdi.host.Engines;
import io.github.gpucdi.host.FileContent;
import io.github.gpucdi.host.HookFact;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.Mode;
import io.github.gpucdi.host.PathFact;
import io.github.gpucdi.host.Section;
import io.github.gpucdi.host.SectionKey;
import io.github.gpucdi.host.SideDevices;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** A simulated host, on which nothing is installed but the driver, with an engine and the specs that we write there. */
public final class Installed {
    /** The engine: of Debian 13. */
    public static final String ENGINE = "podman-5.4.2";

    private final HostSnapshot host;
    private final Map<String, CharNode> nodes = new HashMap<>();
    private final Map<String, PathFact> paths = new TreeMap<>();
    private final Map<String, HookFact> hooks = new TreeMap<>();
    private final List<CdiFile> files = new ArrayList<>();

    private Installed(HostSnapshot host) {
        this.host = host;
        host.get(SectionKey.NODES).data().map(DeviceNodes::nodes).ifPresent(this::add);
        host.get(SectionKey.WSL).data().map(found -> found.device().nodes()).ifPresent(this::add);
        host.get(SectionKey.CSV).data().map(CsvFacts::nodes).ifPresent(this::add);
    }

    /**
     * The host with {@link #ENGINE}, a spec of its GPUs, and one of every mode that it has devices of beside them. What
     * the specs name is there.
     *
     * @throws AssembleException if it has nothing to offer
     */
    public static HostSnapshot on(HostSnapshot host) throws AssembleException {
        return new Installed(host).installed();
    }

    private HostSnapshot installed() throws AssembleException {
        write(Mode.AUTO, "nvidia.yaml");
        for (Mode mode : Mode.values()) {
            Optional<SideDevices> beside =
                    mode.side().flatMap(key -> host.get(key).data());
            if (beside.isPresent() && !beside.get().nodes().isEmpty()) {
                add(beside.get().nodes());
                write(mode, "nvidia-" + mode.word() + ".yaml");
            }
        }
        int dash = ENGINE.indexOf('-');
        String name = ENGINE.substring(0, dash);
        EngineProgram engine = new EngineProgram(
                name,
                "/usr/bin/" + name,
                Optional.of(ENGINE.substring(dash + 1)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty());
        return host.with(SectionKey.ENGINES, Section.of(new Engines(List.of(engine), List.of(), Optional.empty())))
                .with(
                        SectionKey.CDI,
                        Section.of(new CdiFacts(
                                Optional.empty(),
                                Optional.empty(),
                                directories(),
                                List.copyOf(paths.values()),
                                List.copyOf(hooks.values()))));
    }

    private List<CdiDirectory> directories() {
        List<CdiDirectory> directories = new ArrayList<>();
        for (CdiDirectory known :
                host.get(SectionKey.CDI).data().map(CdiFacts::directories).orElse(List.of())) {
            directories.add(
                    known.path().equals(SpecDirectories.STATIC)
                            ? new CdiDirectory(known.path(), true, false, Optional.empty(), Optional.empty(), files)
                            : known);
        }
        return directories;
    }

    private void add(List<CharNode> found) {
        found.forEach(node -> nodes.put(node.path(), node));
    }

    private void write(Mode mode, String name) throws AssembleException {
        CdiSpec spec = SpecAssembler.assemble(mode, host, AssembleOptions.DEFAULT)
                .specs()
                .get(0)
                .spec();
        byte[] text = SpecWriter.yaml(spec);
        files.add(new CdiFile(
                name, Optional.empty(), Optional.empty(), OptionalLong.empty(), Optional.of(FileContent.of(text))));
        SpecPaths named = SpecPaths.of(name, text);
        named.paths().forEach(path -> paths.put(path, there(path)));
        named.hooks().forEach(path -> hooks.put(path, new HookFact(path, Optional.empty(), Optional.empty())));
    }

    private PathFact there(String path) {
        Optional<CharNode> node = Optional.ofNullable(nodes.get(path));
        PathFact.Kind kind = node.isPresent() ? PathFact.Kind.CHARACTER_DEVICE : PathFact.Kind.REGULAR;
        return new PathFact(path, kind, false, node);
    }
}
