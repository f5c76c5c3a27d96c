package io.github.gpucdi.probe;

import io.github.gpucdi.host.CharNode;
import io.github.gpucdi.host.CsvEntry;
import io.github.gpucdi.host.CsvEntry.Type;
import io.github.gpucdi.host.CsvLink;
import io.github.gpucdi.host.FailedLookup.Reason;
import io.github.gpucdi.host.FoundFile;
import io.github.gpucdi.host.FoundFile.Role;
import io.github.gpucdi.host.HostPath;
import io.github.gpucdi.host.Library;
import io.github.gpucdi.host.ShellPattern;
import io.github.gpucdi.probe.LibraryLocator.Hit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds what a line of a CSV file names. */
final class CsvLookup {
    /** As many links as Linux follows in one lookup. */
    private static final int MAX_HOPS = 40;

    private final Place dev;
    private final Place driver;
    private final List<Place> searched;
    private final Loader loader;
    private final Glob glob = new Glob();

    /**
     * @param searched where files are looked for before the driver root
     */
    CsvLookup(RootedFs dev, RootedFs driver, List<Place> searched, Loader loader) {
        this.dev = new Place(dev, "/");
        this.driver = new Place(driver, "/");
        this.searched = searched;
        this.loader = loader;
    }

    /** What was found, and what was not. */
    CsvEntry entry(CsvText.Line line) {
        Search search = new Search(line);
        boolean absolute = line.path().startsWith("/");
        String path = absolute ? line.path().substring(1) : line.path();
        switch (line.type()) {
            case DEV -> search.in(absolute ? dev : dev.below("dev"), path);
            case DIR -> search.in(driver, path);
            case LIB, SYM -> {
                for (Place place : searched) {
                    if (!search.hasFound()) {
                        search.in(place, path);
                    }
                }
                if (!search.hasFound() && absolute) {
                    search.in(driver, path);
                }
            }
        }
        return search.entry();
    }

    /** The search for one line. */
    private final class Search {
        private final CsvText.Line line;
        private final List<CharNode> nodes = new ArrayList<>();
        private final List<FoundFile> directories = new ArrayList<>();
        private final List<Library> libraries = new ArrayList<>();
        private final List<CsvLink> links = new ArrayList<>();
        private final Failures failures = new Failures();

        Search(CsvText.Line line) {
            this.line = line;
        }

        boolean hasFound() {
            return !(nodes.isEmpty() && directories.isEmpty() && libraries.isEmpty() && links.isEmpty());
        }

        CsvEntry entry() {
            if (!hasFound()) {
                failures.addNotFound(line.path());
            }
            return new CsvEntry(
                    line.type(), line.number(), line.path(), nodes, directories, libraries, links, failures.list());
        }

        void in(Place place, String path) {
            RootedFs fs = place.fs();
            Optional<List<String>> fitting = glob.expand(place, path);
            if (fitting.isEmpty()) {
                fail(fs, place.child(path), Reason.TOO_MANY);
            }
            for (String found : fitting.orElse(List.of())) {
                if (line.type() == Type.DEV) {
                    addNode(fs, found);
                } else {
                    addFile(fs, found);
                }
            }
        }

        private void addNode(RootedFs fs, String path) {
            Optional<Inode> inode = fs.inode(HostPath.parent(path), HostPath.name(path));
            if (inode.isEmpty()) {
                return;
            }
            if (!PathText.isWritable(path)) {
                fail(fs, path, Reason.UNWRITABLE_NAME);
            } else if (inode.get().isCharacterDevice()) {
                nodes.add(inode.get().node(path));
            } else {
                wrongKind(fs, path);
            }
        }

        /** Wildcards mean what is of their kind, among other things of such names. */
        private void wrongKind(RootedFs fs, String path) {
            if (!ShellPattern.isPattern(line.path())) {
                fail(fs, path, Reason.WRONG_KIND);
            }
        }

        private void addFile(RootedFs fs, String path) {
            Resolution resolution = fs.resolve(path);
            Optional<Reason> broken = FileLocator.reason(path, resolution);
            if (broken.isPresent()) {
                fail(fs, path, broken.get());
            } else if (resolution.exists()) {
                boolean directory = resolution.kind() == Resolution.Kind.DIRECTORY;
                if (line.type() == Type.SYM) {
                    addLink(fs, path, resolution);
                } else if (resolution.kind()
                        != (line.type() == Type.DIR ? Resolution.Kind.DIRECTORY : Resolution.Kind.REGULAR)) {
                    wrongKind(fs, path);
                } else if (directory) {
                    directories.add(FileLocator.found(Role.SIDE, HostPath.name(path), fs, path, resolution, List.of()));
                } else {
                    addLibrary(fs, resolution);
                }
            }
        }

        private void addLibrary(RootedFs fs, Resolution file) {
            String path = file.path();
            Optional<ElfFile> elf = Optional.empty();
            if (file.kind() == Resolution.Kind.REGULAR && HostPath.name(path).contains(".so")) {
                try (ByteSource source = fs.open(path)) {
                    elf = ElfFile.read(source);
                } catch (IOException e) {
                    fail(fs, path, Reason.UNREADABLE);
                    return;
                }
            }
            if (elf.isPresent() && !loader.takes(elf.get())) {
                fail(fs, path, Reason.FOREIGN_ELF);
                return;
            }
            libraries.add(
                    elf.isPresent()
                            ? LibraryProbe.library(Library.Role.DRIVER, new Hit(fs, path, elf.get()))
                            : new Library(Library.Role.DRIVER, fs.hostPath(path), Optional.empty(), List.of()));
        }

        private void addLink(RootedFs fs, String path, Resolution end) {
            List<CsvLink.Hop> hops = new ArrayList<>();
            String at = path;
            boolean same = true;
            Optional<String> text = fs.linkTarget(HostPath.parent(at), HostPath.name(at));
            while (text.isPresent() && hops.size() < MAX_HOPS) {
                if (!PathText.isWritable(text.get())) {
                    fail(fs, at, Reason.UNWRITABLE_NAME);
                    return;
                }
                hops.add(new CsvLink.Hop(fs.hostPath(at), text.get()));
                String next = next(fs, at, text.get());
                same &= next.equals(byText(HostPath.parent(at), text.get()));
                at = next;
                text = fs.linkTarget(HostPath.parent(at), HostPath.name(at));
            }
            Resolution reached = fs.resolve(at);
            if (!same || !reached.path().equals(end.path())) {
                // A text goes through a directory's link and up again, which a container need not have.
                at = end.path();
                reached = end;
                hops = List.of(new CsvLink.Hop(fs.hostPath(path), at));
            }
            FoundFile target = FileLocator.found(Role.SIDE, HostPath.name(at), fs, at, reached, List.of());
            links.add(new CsvLink(fs.hostPath(path), hops, target));
        }

        private void fail(RootedFs fs, String path, Reason reason) {
            failures.add(line.path(), fs.hostPath(path), reason);
        }
    }

    /** Where a link's text leads. What goes up does so from where the directory really is. */
    private static String next(RootedFs fs, String link, String text) {
        String from = HostPath.parent(link);
        if (text.startsWith("..") || text.contains("/..")) {
            from = fs.resolve(from).path();
        }
        return byText(from, text);
    }

    private static String byText(String directory, String text) {
        return HostPath.normalised(text.startsWith("/") ? text : directory + "/" + text);
    }
}
