package io.github.gpucdi.doctor;

import io.github.gpucdi.cdi.registry.RegisteredDevice;
import io.github.gpucdi.cdi.spec.Mount;
import io.github.gpucdi.host.CdiFile;
import io.github.gpucdi.host.DriverFiles;
import io.github.gpucdi.host.DriverVersion;
import io.github.gpucdi.host.HostEnvironment;
import io.github.gpucdi.host.HostPath;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.Library;
import io.github.gpucdi.host.SectionKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether the driver has changed since a spec was written, as packages that are installed one after the other do it. Times
 * alone do not tell: a spec that is as it should be is not written again, and a backup or a label changes files' times.
 */
final class AgeCheck {
    private final OptionalLong driverChanged;
    /** Libraries of the driver's version: every tool's specs have them. */
    private final Set<String> libraries = new TreeSet<>();

    private final Mend mend;

    AgeCheck(HostSnapshot snapshot, Mend mend) {
        this.mend = mend;
        driverChanged = snapshot.get(SectionKey.ENVIRONMENT)
                .data()
                .map(HostEnvironment::driverChanged)
                .orElse(OptionalLong.empty());
        String version = snapshot.get(SectionKey.DRIVER)
                .data()
                .flatMap(DriverVersion::version)
                .orElse("");
        for (Library library : snapshot.get(SectionKey.FILES)
                .data()
                .map(DriverFiles::libraries)
                .orElse(List.of())) {
            String name = HostPath.name(library.path());
            if (library.role() == Library.Role.DRIVER && name.endsWith(".so." + version)) {
                libraries.add(name);
            }
        }
    }

    /**
     * Compares with the file that {@code all} comes from.
     *
     * @param all a device of that file
     */
    List<Symptom> symptoms(RegisteredDevice all, RecordedSpecs specs) {
        OptionalLong written = specs.file(all.file()).map(CdiFile::modified).orElse(OptionalLong.empty());
        if (written.isEmpty() || driverChanged.isEmpty() || written.getAsLong() >= driverChanged.getAsLong()) {
            return List.of();
        }
        Set<String> mounted = new HashSet<>();
        for (Mount mount : all.spec().containerEdits().mounts()) {
            mounted.add(HostPath.name(mount.hostPath()));
        }
        List<String> lacking = new ArrayList<>(libraries);
        lacking.removeAll(mounted);
        // A spec of another version lacks them all, which is told as that.
        if (lacking.isEmpty() || lacking.size() == libraries.size()) {
            return List.of();
        }
        String file = all.file().toString();
        lacking.add(
                0,
                "written " + Instant.ofEpochSecond(written.getAsLong()) + ", the driver's libraries changed "
                        + Instant.ofEpochSecond(driverChanged.getAsLong()));
        return List.of(Symptom.of(
                FindingId.SPEC_OLDER_THAN_DRIVER,
                file,
                file + " is older than the driver's last change, and lacks " + (lacking.size() - 1)
                        + " of its libraries",
                lacking,
                mend.generate(file)));
    }
}
