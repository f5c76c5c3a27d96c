package io.github.gpucdi.probe;

import io.github.gpucdi.host.DriverFiles;
import io.github.gpucdi.host.FoundFile;
import io.github.gpucdi.host.Library;
import io.github.gpucdi.host.PlainText;
import io.github.gpucdi.host.SideDevices;
import io.github.gpucdi.host.WslAdapter;
import io.github.gpucdi.host.WslFacts;
import io.github.gpucdi.host.WslStore;
import io.github.gpucdi.probe.LibraryLocator.Hit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what WSL shows of GPUs: what libdxcore tells, what is in the driver stores, the device node. */
final class WslProbe {
    /** nvidia-ctk's. */
    private static final List<NamePattern> FILES = List.of(
            new NamePattern("*.so*"),
            new NamePattern("*.bin"),
            new NamePattern("*.dll"),
            new NamePattern("nvidia-smi"));

    private static final String LIBRARIES = "lib*.so*";
    private static final String NODE = "/dev/dxg";

    private final ProbeRequest request;
    private final Roots roots;
    private final Loader loader;
    private final TimeLimit limit;

    /**
     * @param loader whose libraries the stores are searched for
     * @param limit of each call of libdxcore's, and of what is read besides
     */
    WslProbe(ProbeRequest request, Roots roots, Loader loader, TimeLimit limit) {
        this.request = request;
        this.roots = roots;
        this.loader = loader;
        this.limit = limit;
    }

    /** Asks a library that was found. */
    WslFacts of(Hit library) {
        Optional<String> failure = Optional.empty();
        List<WslAdapter> adapters = List.of();
        try {
            adapters = adapters(library.fs().realPath(library.path()));
        } catch (UnsatisfiedLinkError e) {
            failure = Optional.of("it cannot be loaded: " + PlainText.escaped(String.valueOf(e.getMessage())));
        } catch (TimeLimit.Exceeded e) {
            String what = String.valueOf(e.getMessage());
            failure = Optional.of(what + ": "
                    + NvmlProbe.noAnswer(what, request.nvmlTimeout()).text());
        } catch (CallFailed e) {
            failure = Optional.of(e.what());
        }
        Set<String> paths = new LinkedHashSet<>();
        for (WslAdapter adapter : adapters) {
            adapter.store().ifPresent(paths::add);
        }
        return new WslFacts(
                library(library),
                failure,
                adapters,
                limit.within("reading the driver stores", () -> stores(paths)),
                limit.within("looking for " + NODE, this::device));
    }

    private List<WslAdapter> adapters(Path library) throws CallFailed {
        Dxcore dxcore =
                limit.within("loading " + library, () -> request.others().loadDxcore(library));
        return new DxcoreReader(dxcore, limit, roots.driver()).adapters();
    }

    private SideDevices device() {
        return new SideProbe(roots.host().below(request.options().devRoot()), roots.driver()).find(List.of(NODE));
    }

    private List<WslStore> stores(Set<String> paths) {
        List<WslStore> stores = new ArrayList<>();
        for (String path : paths) {
            Place place = roots.onHost(path);
            Failures failures = new Failures();
            List<FoundFile> files = new FileLocator(failures).regular(FoundFile.Role.SIDE, FILES, place);
            stores.add(new WslStore(path, new DriverFiles(List.of(path), libraries(place), files, failures.list())));
        }
        return stores;
    }

    /** Those that the loader takes. What else has such a name is a file, and so are the links. */
    private List<Library> libraries(Place store) {
        List<Library> libraries = new ArrayList<>();
        LibraryLocator locator = new LibraryLocator(roots, request.options(), loader, new Failures());
        for (Hit hit : locator.in(List.of(store), LIBRARIES)) {
            libraries.add(library(hit));
        }
        return libraries;
    }

    private static Library library(Hit hit) {
        return new Library(Library.Role.DRIVER, hit.hostPath(), hit.elf().soname(), List.of());
    }
}
