package io.github.gpucdi.assemble;

import io.github.gpucdi.assemble.model.AssembleException;
import io.github.gpucdi.assemble.model.AssembleOptions;
import io.github.gpucdi.assemble.model.HooksPolicy;
import io.github.gpucdi.assemble.model.Notice;
import io.github.gpucdi.assemble.model.Notices;
import io.github.gpucdi.cdi.engine.EngineLookup;
import io.github.gpucdi.cdi.engine.EngineTable;
import io.github.gpucdi.host.EngineProgram;
import io.github.gpucdi.host.VersionFailure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Who a spec is for: engines that the user named, and those of the host. What the latter cost is said in one line, since
 * nobody asked for each of them.
 *
 * @param named those that the user named
 * @param installed those of the host that read specs
 * @param remarks which engines of the host do not count, and why
 */
public record EngineTarget(Set<EngineFit.Reader> named, List<Installed> installed, List<Notice> remarks) {

    /** Any engine: nothing is left out. */
    public static final EngineTarget ANY = new EngineTarget(Set.of(), List.of(), List.of());

    /**
     * An engine of the host.
     *
     * @param word such as {@code podman-4.3.1}
     * @param reader what it reads and runs
     */
    public record Installed(String word, EngineFit.Reader reader) {}

    public EngineTarget {
        named = Collections.unmodifiableSet(new LinkedHashSet<>(named));
        installed = List.copyOf(installed);
        remarks = List.copyOf(remarks);
    }

    /**
     * The engines among {@code programs} that read specs in their version; none of a version that is not known. One whose
     * CDI is switched off counts: it is to read them once that is mended.
     */
    public static EngineTarget of(List<EngineProgram> programs) {
        Notices remarks = new Notices();
        List<Installed> installed = new ArrayList<>();
        for (EngineProgram program : programs) {
            if (program.word().isEmpty()) {
                remarks.advice(
                        "the version of " + program.path() + " is not known, so the spec may be too new for it: "
                                + program.failure().map(VersionFailure::text).orElse("it is not in the snapshot"),
                        "name it: --engine=" + program.engine() + "-VERSION");
            } else {
                String word = program.word().get();
                EngineLookup lookup = EngineTable.lookUp(word);
                if (lookup instanceof EngineLookup.Found found) {
                    installed.add(new Installed(word, EngineFit.Reader.of(found.release())));
                } else if (lookup instanceof EngineLookup.Unknown unknown) {
                    remarks.info("not for " + word + ": " + unknown.reason());
                }
            }
        }
        return new EngineTarget(Set.of(), installed, remarks.toList());
    }

    /** This one and the engines that the user named. */
    public EngineTarget and(Set<EngineFit.Reader> more) {
        Set<EngineFit.Reader> all = new LinkedHashSet<>(named);
        all.addAll(more);
        return new EngineTarget(all, installed, remarks);
    }

    /**
     * For a target that nobody asked for: without the engines of the host that cannot have what is asked for. That is
     * hooks, for one that runs none.
     */
    public EngineTarget yieldingTo(AssembleOptions wanted) {
        if (wanted.hooks() != HooksPolicy.NVIDIA) {
            return this;
        }
        Notices more = new Notices(remarks);
        List<Installed> rest = new ArrayList<>();
        for (Installed engine : installed) {
            if (engine.reader().runsHooks()) {
                rest.add(engine);
            } else {
                more.advice(
                        "not for " + engine.word() + ": it runs no hooks, and hooks are asked for",
                        "with --hooks=none the spec is for it too");
            }
        }
        return new EngineTarget(named, rest, more.toList());
    }

    /** All of them. */
    public Set<EngineFit.Reader> readers() {
        Set<EngineFit.Reader> readers = new LinkedHashSet<>(named);
        for (Installed engine : installed) {
            readers.add(engine.reader());
        }
        return readers;
    }

    /** The options as these engines let them be: see {@link EngineFit#options}. */
    public AssembleOptions options(AssembleOptions wanted) {
        return EngineFit.options(wanted, readers());
    }

    /**
     * The specs with what all of these engines know. If there are some of the host among them, one notice says for whom
     * the specs are and what that cost; else each loss is one.
     *
     * @throws AssembleException as {@link EngineFit#fit} does
     */
    public Assembly fit(Assembly assembly) throws AssembleException {
        if (installed.isEmpty()) {
            return EngineFit.fit(assembly, named);
        }
        LoweredSpecs lowered = lowered(assembly);
        Notices notices = new Notices(assembly.notices());
        String line = "for " + String.join(", ", words()) + ": CDI "
                + lowered.specs().get(0).spec().cdiVersion()
                + EngineFit.hookless(readers())
                        .map(hookless -> ", without hooks (" + hookless + ")")
                        .orElse("");
        if (lowered.losses().isEmpty()) {
            notices.info(line + ", nothing left out");
        } else {
            List<String> losses = new ArrayList<>();
            List<String> hints = new ArrayList<>();
            for (LoweredSpecs.Loss loss : lowered.losses()) {
                losses.add(loss.what() + " (" + loss.why() + ")");
                hints.add(loss.hint());
            }
            notices.warning(line + ", left out: " + String.join(", ", losses), String.join("; ", hints));
        }
        return new Assembly(lowered.specs(), notices.toList());
    }

    private LoweredSpecs lowered(Assembly assembly) throws AssembleException {
        try {
            return EngineFit.lowered(assembly, readers());
        } catch (AssembleException e) {
            throw new AssembleException(
                    e.reason(),
                    e.getMessage(),
                    e.hint() + "; --engine names others, --engine=any is for none in particular");
        }
    }

    private List<String> words() {
        Set<String> words = new LinkedHashSet<>();
        installed.forEach(engine -> words.add(engine.word()));
        named.forEach(reader -> words.add(reader.label()));
        return List.copyOf(words);
    }
}
