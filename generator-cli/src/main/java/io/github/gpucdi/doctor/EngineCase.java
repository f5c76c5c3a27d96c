package io.github.gpucdi.doctor;

import io.github.gpucdi.cdi.engine.EngineLookup;
import io.github.gpucdi.cdi.engine.EngineRelease;
import io.github.gpucdi.cdi.engine.EngineSwitch;
import io.github.gpucdi.cdi.engine.EngineTable;
import io.github.gpucdi.cdi.engine.SpecDirectories;
import io.github.gpucdi.cdi.spec.ShellWord;
import io.github.gpucdi.host.EngineProgram;
import io.github.gpucdi.host.VersionFailure;
import java.util.List;
import java.util.Optional;

/**
 * An engine to be judged.
 *
 * @param label name and version, or its name alone
 * @param program what is installed; empty for one that the user named
 * @param release what it reads; empty if nothing, or if that cannot be told
 * @param obstacle what keeps it from being judged by its specs, or from using them
 */
record EngineCase(
        String label, Optional<EngineProgram> program, Optional<EngineRelease> release, Optional<Symptom> obstacle) {

    /** An engine that the user named; one that the table does not have is without release. */
    static EngineCase named(String word, Mend mend) {
        EngineLookup lookup = EngineTable.lookUp(word);
        return lookup instanceof EngineLookup.Found found
                ? new EngineCase(word, Optional.empty(), Optional.of(found.release()), Optional.empty())
                : new EngineCase(
                        word, Optional.empty(), Optional.empty(), Optional.of(tooOld(word, word, lookup, mend)));
    }

    /** An installed engine. */
    static EngineCase installed(EngineProgram program, Mend mend) {
        if (program.word().isEmpty()) {
            return new EngineCase(
                    program.engine(),
                    Optional.of(program),
                    Optional.empty(),
                    Optional.of(withoutVersion(program, program.failure(), mend)));
        }
        String word = program.word().get();
        EngineLookup lookup = EngineTable.lookUp(word);
        if (lookup instanceof EngineLookup.Found found) {
            return new EngineCase(word, Optional.of(program), Optional.of(found.release()), off(word, program));
        }
        return new EngineCase(
                word, Optional.of(program), Optional.empty(), Optional.of(tooOld(word, program.path(), lookup, mend)));
    }

    /** Whether it can be told what the engine does with a request for GPUs. */
    boolean isTold() {
        return obstacle.isEmpty()
                || obstacle.get().id() == FindingId.ENGINE_TOO_OLD
                || obstacle.get().id() == FindingId.ENGINE_CDI_OFF;
    }

    private static Symptom withoutVersion(EngineProgram program, Optional<VersionFailure> failure, Mend mend) {
        String why = failure.map(VersionFailure::text).orElse("its version is not in the snapshot");
        VersionFailure.Reason reason = failure.map(VersionFailure::reason).orElse(VersionFailure.Reason.NOT_UNDERSTOOD);
        FindingId id = switch (reason) {
            case NOT_RUN -> FindingId.ENGINE_NOT_ASKED;
            case NOT_TRUSTED -> FindingId.ENGINE_NOT_TRUSTED;
            case NOT_STARTED, NO_ANSWER, EXIT_STATUS, NOT_UNDERSTOOD -> FindingId.ENGINE_BROKEN;
        };
        String command = switch (id) {
            case ENGINE_NOT_ASKED -> "gpu-cdi doctor" + mend.doctor() + " --engine=" + program.engine() + "-VERSION";
            case ENGINE_NOT_TRUSTED -> "ls -ld " + mend.path(program.path());
            default -> ShellWord.of(program.path()) + " --version";
        };
        return Symptom.of(
                id, program.path(), "the version of " + program.path() + " is not known: " + why, List.of(), command);
    }

    private static Symptom tooOld(String word, String subject, EngineLookup lookup, Mend mend) {
        String reason = lookup instanceof EngineLookup.Unknown unknown ? unknown.reason() : word;
        return Symptom.of(
                FindingId.ENGINE_TOO_OLD,
                subject,
                reason,
                List.of(),
                "gpu-cdi validate --all-engines " + mend.path(SpecDirectories.INSTALLED));
    }

    private static Optional<Symptom> off(String word, EngineProgram program) {
        if (program.configProblem().isPresent()) {
            return Optional.of(Symptom.of(
                    FindingId.ENGINE_CONFIG_UNREAD,
                    program.path(),
                    "the configuration of " + word + " is not understood: "
                            + program.configProblem().get(),
                    List.of("whether CDI is on, and which directories it reads, is not known"),
                    ShellWord.of(program.path()) + " --version"));
        }
        if (program.criDisabled().orElse(false)) {
            return Optional.of(Symptom.of(
                    FindingId.ENGINE_CRI_OFF,
                    program.path(),
                    "containerd's plugin cri is disabled: it serves another engine, not Kubernetes",
                    List.of(
                            "disabled_plugins in /etc/containerd/config.toml, or a file that it imports, names it: take it"
                                    + " off that list if Kubernetes is to run here"),
                    "${EDITOR:-vi} /etc/containerd/config.toml && systemctl restart containerd"));
        }
        Optional<EngineSwitch> found = EngineSwitch.of(word);
        if (found.isEmpty() || program.cdiEnabled().orElse(found.get().onByDefault())) {
            return Optional.empty();
        }
        EngineSwitch cdi = found.get();
        return Optional.of(Symptom.of(
                FindingId.ENGINE_CDI_OFF,
                program.path(),
                "CDI is switched off in " + word + ": " + cdi.file() + " needs " + cdi.setting(),
                List.of(
                        program.cdiEnabled().isPresent()
                                ? cdi.file() + " switches it off"
                                : "it is off by default, and " + cdi.file() + " does not switch it on"),
                "${EDITOR:-vi} " + cdi.file() + " && systemctl restart " + cdi.unit()));
    }
}
