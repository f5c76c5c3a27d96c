package io.github.gpucdi.command;

import io.github.gpucdi.assemble.Assembly;
import io.github.gpucdi.cdi.publish.Publisher;
import io.github.gpucdi.cdi.registry.ConflictCheck;
import io.github.gpucdi.cdi.spec.CdiException;
import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.Console;
import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.terminal.IoReason;
import io.github.gpucdi.terminal.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Puts the specs of a run where they belong. */
final class SpecOutput {
    private final OutputTarget target;
    /** The directories that engines read by default, the one that wins last. */
    private final List<Path> engineDirectories;

    private final Session session;
    private final Console console;

    SpecOutput(OutputTarget target, Path hostRoot, Session session) {
        this.target = target;
        this.engineDirectories = List.of(hostRoot.resolve("etc/cdi"), hostRoot.resolve("var/run/cdi"));
        this.session = session;
        this.console = session.console();
    }

    /** Refuses standard output for {@code option}. */
    void requireFile(String option) {
        if (target.file().isEmpty()) {
            throw CommandFailure.usage(option + " needs --output", "name the file to compare with");
        }
    }

    /** Refuses to offer GPUs that do not exist to this machine's engines. */
    void refuseEngineDirectories() {
        if (target.file().isPresent() && engineDirectory(target.file().get()) >= 0) {
            throw CommandFailure.usage(
                    "engines read " + target.file().get().getParent()
                            + ": a simulated host's spec does not belong there",
                    "write it elsewhere");
        }
    }

    /** Whether any file lacks what would be written. */
    boolean differs(Assembly assembly) {
        boolean differs = false;
        for (Rendered spec : rendered(assembly)) {
            if (Publisher.differs(spec.file(), spec.content())) {
                console.info(spec.file() + " would change");
                differs = true;
            }
        }
        return differs;
    }

    /** Writes all specs; whatever can be known to forbid one is found out before the first is written. */
    void write(Assembly assembly, boolean force) {
        if (target.file().isEmpty()) {
            print(assembly);
            return;
        }
        List<Rendered> specs = rendered(assembly);
        try {
            for (Rendered spec : specs) {
                Publisher.check(spec.file(), spec.content());
                checkConflicts(spec.file(), spec.spec(), force);
            }
            for (Rendered spec : specs) {
                publish(spec);
            }
        } catch (CdiException e) {
            throw new CommandFailure(
                    ExitCode.NOT_WRITTEN, "cannot write " + e.where() + ": " + e.getMessage(), hint(e.code()), e);
        }
    }

    /** A spec, where it goes, and its text. */
    private record Rendered(Path file, CdiSpec spec, byte[] content) {}

    private List<Rendered> rendered(Assembly assembly) {
        List<Rendered> rendered = new ArrayList<>();
        for (Assembly.Part part : assembly.specs()) {
            Path file = target.file(part.infix()).orElseThrow();
            rendered.add(new Rendered(file, part.spec(), target.format().write(part.spec())));
        }
        return rendered;
    }

    private void print(Assembly assembly) {
        for (Assembly.Part part : assembly.specs()) {
            byte[] content = target.format().write(part.spec());
            session.out().write(content, 0, content.length);
        }
    }

    private void publish(Rendered rendered) throws CdiException {
        Path file = rendered.file();
        CdiSpec spec = rendered.spec();
        Publisher.Outcome outcome = Publisher.publish(file, rendered.content());
        String what = spec.kind() + ", " + spec.devices().size() + " devices, CDI " + spec.cdiVersion();
        switch (outcome) {
            case WRITTEN -> console.info("wrote " + file + " (" + what + ")");
            case UNCHANGED -> console.info(file + " is up to date (" + what + ")");
        }
    }

    private void checkConflicts(Path file, CdiSpec spec, boolean force) {
        Path directory = file.getParent();
        ConflictCheck.Report report =
                ConflictCheck.inDirectory(directory, file.getFileName().toString(), spec);
        for (ConflictCheck.Unread unread : report.unread()) {
            console.warning(unread.path() + " beside it cannot be judged: " + unread.reason());
        }
        for (ConflictCheck.Conflict conflict : report.conflicts()) {
            String what = conflict.file() + " defines " + some(conflict.names()) + " too: engines would drop both";
            if (!force) {
                throw new CommandFailure(
                        ExitCode.NOT_WRITTEN,
                        what,
                        "remove that file, write to it with --output, or choose another --class; --force writes all the same");
            }
            console.warning(what);
        }
        int ours = engineDirectory(file);
        if (ours >= 0) {
            List<Path> higher = engineDirectories.subList(ours + 1, engineDirectories.size());
            for (ConflictCheck.Conflict conflict :
                    ConflictCheck.shadowing(higher, spec).conflicts()) {
                console.warning(
                        conflict.file() + " shadows " + some(conflict.names()) + ": engines take its definition",
                        "remove that file; if nvidia-cdi-refresh writes it: systemctl disable --now"
                                + " nvidia-cdi-refresh.path nvidia-cdi-refresh.service");
            }
        }
    }

    private static String some(List<String> names) {
        return names.get(0) + (names.size() == 1 ? "" : " and " + (names.size() - 1) + " more");
    }

    /** Deletes what an earlier run wrote, since there is nothing to offer any more. */
    void delete(boolean coherent) {
        for (String infix : coherent ? List.of("", Assembly.COHERENT, Assembly.NONCOHERENT) : List.of("")) {
            target.file(infix).ifPresent(file -> {
                try {
                    if (Files.isRegularFile(file) && Files.deleteIfExists(file)) {
                        console.info("deleted " + file + ": there is nothing to offer");
                    }
                } catch (IOException e) {
                    console.warning("cannot delete " + file + ": " + IoReason.of(e));
                }
            });
        }
    }

    /** The place of {@code file}'s directory in the engines' list, -1 if they do not read it. */
    private int engineDirectory(Path file) {
        for (int i = 0; i < engineDirectories.size(); i++) {
            if (same(file.getParent(), engineDirectories.get(i))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean same(Path a, Path b) {
        try {
            return real(a).equals(real(b));
        } catch (IOException e) {
            return false;
        }
    }

    /** {@code path} with its links resolved as far as it exists. */
    private static Path real(Path path) throws IOException {
        if (Files.exists(path) || path.getParent() == null) {
            return path.toRealPath();
        }
        return real(path.getParent()).resolve(path.getFileName());
    }

    private static String hint(CdiException.Code code) {
        return switch (code) {
            case NOT_A_REGULAR_FILE -> "name a regular file, or a new one";
            case UNWRITABLE -> "an old file is as it was; check permissions and free space";
            case CONFIG_INVALID -> "give an OCI runtime configuration, such as a bundle's config.json";
            case HOST_NODE_UNUSABLE -> "check that the driver is loaded and has made its device nodes";
            case EDITS_INVALID -> "check the spec";
        };
    }
}
