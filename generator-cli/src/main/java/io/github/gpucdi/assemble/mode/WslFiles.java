package io.github.gpucdi.assemble.mode;

import io.github.gpucdi.assemble.inject.DriverMounts;
import io.github.gpucdi.assemble.inject.FailedLookups;
import io.github.gpucdi.assemble.inject.HookEdits;
import io.github.gpucdi.assemble.inject.LibraryNames;
import io.github.gpucdi.assemble.inject.WrittenPaths;
import io.github.gpucdi.assemble.model.Feature;
import io.github.gpucdi.assemble.model.Notices;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.host.DriverFiles;
import io.github.gpucdi.host.FoundFile;
import io.github.gpucdi.host.HostPath;
import io.github.gpucdi.host.Library;
import io.github.gpucdi.host.WslStore;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The files of WSL's driver stores in a container: all at their own paths, and where programs look for them. */
public final class WslFiles {
    static final String SMI = "nvidia-smi";
    private static final String SMI_PATH = "/usr/bin/" + SMI;

    private final Library dxcore;
    private final List<WslStore> stores;
    private final WrittenPaths paths;

    /**
     * @param stores those that are wanted, the one that programs are to find first; never empty
     */
    WslFiles(Library dxcore, List<WslStore> stores, WrittenPaths paths) {
        this.dxcore = dxcore;
        this.stores = List.copyOf(stores);
        this.paths = paths;
    }

    /** The libraries that a loader in a container is to find, by name. */
    public DriverFiles libraries() {
        List<String> directories = new ArrayList<>();
        List<Library> libraries = new ArrayList<>();
        for (WslStore store : stores) {
            directories.add(store.path());
            libraries.addAll(store.files().libraries());
        }
        directories.add(HostPath.parent(dxcore.path()));
        libraries.add(dxcore);
        return new DriverFiles(directories, libraries, List.of(), List.of());
    }

    /** Every file at its own path. */
    public ContainerEdits mounts(Notices notices, Set<Feature> features) {
        ContainerEdits.Builder edits = ContainerEdits.builder().env(CommonEdits.VOID);
        edits.mount(DriverMounts.file(paths.host(dxcore.path()), paths.container(dxcore.path())));
        for (WslStore store : stores) {
            for (FoundFile file : store.files().files()) {
                edits.mount(DriverMounts.file(paths.host(file), paths.container(file)));
            }
            FailedLookups.report(store.files().failed(), features, notices);
        }
        return edits.build();
    }

    /** {@code nvidia-smi} where shells look for it. */
    public ContainerEdits program() {
        ContainerEdits.Builder edits = ContainerEdits.builder();
        smi().ifPresent(file -> edits.mount(DriverMounts.file(paths.host(file), SMI_PATH)));
        return edits.build();
    }

    /** The same by hooks, and the directories of libraries in the loader's cache. */
    public ContainerEdits hooks(HookEdits hooks) {
        ContainerEdits.Builder edits = ContainerEdits.builder();
        Optional<String> smi = smi().map(paths::container).filter(hooks::takes);
        hooks.addLinks(edits, smi.map(path -> path + "::" + SMI_PATH).stream().toList());
        Set<String> folders = new LinkedHashSet<>();
        for (WslStore store : stores) {
            if (WslMode.REQUIRED.stream().anyMatch(name -> LibraryNames.isLibrary(name) && store.has(name))) {
                folders.add(paths.container(store.path()));
            }
        }
        folders.add(HostPath.parent(paths.container(dxcore.path())));
        folders.removeIf(folder -> !hooks.takes(folder));
        hooks.addFolders(edits, folders);
        return edits.build();
    }

    private Optional<FoundFile> smi() {
        for (FoundFile file : stores.get(0).files().files()) {
            if (file.name().equals(SMI)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }
}
