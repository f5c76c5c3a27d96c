package io.github.gpucdi.exam;

import io.github.gpucdi.assemble.model.AssembleException;
import io.github.gpucdi.assemble.model.AssembleOptions;
import io.github.gpucdi.doctor.Diagnosis;
import io.github.gpucdi.doctor.Doctor;
import io.github.gpucdi.doctor.DoctorOptions;
import io.github.gpucdi.doctor.Installed;
import io.github.gpucdi.generate.FactSource;
import io.github.gpucdi.generate.PartTimes;
import io.github.gpucdi.host.CdiDirectory;
import io.github.gpucdi.host.CdiFacts;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.SectionKey;
import io.github.gpucdi.option.HostSource;
import io.github.gpucdi.report.OutcomeReport;
import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.Session;
import java.util.List;
import java.util.Optional;

/**
 * How {@code gpu-cdi doctor} examines a host.
 *
 * @param engines the engines to judge; empty for those installed
 * @param rootless whether a user runs them
 * @param directories the directories that they read; empty for each engine's own
 * @param simulated whether the host is one that the program made up
 * @param session where is told what a made-up host stands for
 */
public record HostExam(
        List<String> engines, boolean rootless, List<String> directories, boolean simulated, Session session) {

    /** What was seen of a host, and what doctor says of it. */
    public record Examined(HostSnapshot snapshot, Diagnosis diagnosis) {}

    /** Examines a host; what keeps it from being examined is the user's mistake. */
    public Examined of(HostSource source) {
        FactSource facts = source.facts(Doctor.SECTIONS, false, directories);
        PartTimes times = new PartTimes(facts);
        HostSnapshot snapshot = facts.snapshot();
        times.ended(PartTimes.LOOKING).ifPresent(session.console()::debug);
        requireRecorded(snapshot);
        DoctorOptions options = new DoctorOptions(
                engines, rootless, directories, source.hostRoot().toString(), AssembleOptions.DEFAULT);
        Diagnosis diagnosis = examine(simulated ? installed(snapshot) : snapshot, options);
        times.ended("judging it").ifPresent(session.console()::debug);
        return new Examined(snapshot, diagnosis);
    }

    private HostSnapshot installed(HostSnapshot simulated) {
        try {
            HostSnapshot installed = Installed.on(simulated);
            session.console()
                    .info("simulated host: as if " + Installed.ENGINE
                            + " and the specs of gpu-cdi were installed on it");
            return installed;
        } catch (AssembleException e) {
            throw OutcomeReport.failure(e);
        }
    }

    private static Diagnosis examine(HostSnapshot snapshot, DoctorOptions options) {
        try {
            return Doctor.examine(snapshot, options);
        } catch (AssembleException e) {
            throw OutcomeReport.failure(e);
        }
    }

    /** A replay has the directories that were looked at, and no others. */
    private void requireRecorded(HostSnapshot snapshot) {
        Optional<CdiFacts> facts = snapshot.get(SectionKey.CDI).data();
        if (facts.isEmpty()) {
            return;
        }
        List<String> recorded =
                facts.get().directories().stream().map(CdiDirectory::path).toList();
        for (String directory : directories) {
            if (!recorded.contains(directory)) {
                String known = "give one of those it has: " + String.join(", ", recorded);
                throw CommandFailure.usage(
                        "the snapshot has no record of --spec-dir " + directory,
                        simulated
                                ? known
                                : known + "; or run on the machine it is of: gpu-cdi snapshot --spec-dir=" + directory
                                        + " --output=FILE, and doctor with --snapshot=FILE");
            }
        }
    }
}
