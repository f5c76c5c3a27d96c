package io.github.gpucdi.fleet;

import io.github.gpucdi.doctor.Diagnosis;
import io.github.gpucdi.doctor.Diagnosis.EngineVerdict;
import io.github.gpucdi.doctor.FindingId;
import io.github.gpucdi.doctor.Symptom;
import io.github.gpucdi.host.CdiDirectory;
import io.github.gpucdi.host.CdiFacts;
import io.github.gpucdi.host.CdiFile;
import io.github.gpucdi.host.DriverFiles;
import io.github.gpucdi.host.DriverVersion;
import io.github.gpucdi.host.EnumWord;
import io.github.gpucdi.host.Gpu;
import io.github.gpucdi.host.HostPath;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.NvmlFacts;
import io.github.gpucdi.host.SectionKey;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a host is in each aspect, in words that are the same for hosts that are alike. */
final class HostAspects {
    private static final String NONE = "none";
    private static final String OFF = "off";

    /** No host that there is needs more; a snapshot may hold anything. */
    private static final int MAX_LENGTH = 500;

    /** Characters in the names of a host's files, of which a driver's have about 4000. */
    private static final int MAX_NAMES_LENGTH = 16_384;

    private final HostSnapshot snapshot;
    private final Diagnosis diagnosis;

    HostAspects(HostSnapshot snapshot, Diagnosis diagnosis) {
        this.snapshot = snapshot;
        this.diagnosis = diagnosis;
    }

    Map<Aspect, String> values() {
        Map<Aspect, String> values = new EnumMap<>(Aspect.class);
        values.put(Aspect.DRIVER, named(version().stream().toList()));
        values.put(Aspect.GPUS, gpus());
        values.put(Aspect.MIG, mig());
        values.put(Aspect.ENGINES, engines());
        values.put(Aspect.SPEC, spec());
        return values;
    }

    private Optional<String> version() {
        Optional<DriverVersion> driver = snapshot.get(SectionKey.DRIVER).data();
        return driver.flatMap(DriverVersion::module).or(() -> driver.flatMap(DriverVersion::version));
    }

    private List<Gpu> devices() {
        return snapshot.get(SectionKey.NVML).data().map(NvmlFacts::gpus).orElse(List.of());
    }

    private String gpus() {
        List<String> names = new ArrayList<>();
        for (Gpu gpu : devices()) {
            names.add((gpu.name().isEmpty() ? "unknown" : gpu.name())
                    + (gpu.failure().isPresent() ? " (failing)" : ""));
        }
        List<String> products = new ArrayList<>();
        counts(names).forEach((name, count) -> products.add(count + " " + name));
        return named(products);
    }

    /** How each GPU is partitioned, those that are alike as one: {@code off}, {@code 8x[7x1g.5gb]}, {@code 2x[], 6xoff}. */
    private String mig() {
        List<String> layouts = new ArrayList<>();
        for (Gpu gpu : devices()) {
            List<String> profiles = new ArrayList<>();
            gpu.migDevices().forEach(mig -> profiles.add(mig.profile().orElse("unknown")));
            layouts.add(gpu.migEnabled() ? "[" + String.join(", ", timesEach(profiles)) + "]" : OFF);
        }
        return Set.copyOf(layouts).equals(Set.of(OFF)) ? OFF : named(timesEach(layouts));
    }

    private static String named(List<String> texts) {
        String all = texts.isEmpty() ? NONE : String.join(", ", texts);
        return all.length() <= MAX_LENGTH ? all : all.substring(0, MAX_LENGTH) + "…";
    }

    private static List<String> timesEach(List<String> texts) {
        List<String> parts = new ArrayList<>();
        counts(texts).forEach((text, count) -> parts.add(count == 1 ? text : count + "x" + text));
        return parts;
    }

    private static Map<String, Integer> counts(List<String> texts) {
        Map<String, Integer> counts = new TreeMap<>();
        texts.forEach(text -> counts.merge(text, 1, Integer::sum));
        return counts;
    }

    private String engines() {
        List<String> engines = new ArrayList<>();
        for (EngineVerdict verdict : diagnosis.engines()) {
            engines.add(verdict.engine() + " " + EnumWord.of(verdict.outcome()));
        }
        return named(engines);
    }

    private String spec() {
        if (diagnosis.spec().isEmpty()) {
            return NONE;
        }
        String file = diagnosis.spec().get();
        for (Symptom symptom : diagnosis.symptoms()) {
            if (symptom.id() == FindingId.SPEC_STALE_DRIVER && symptom.subject().equals(file)) {
                return "of another driver";
            }
            if (symptom.id() == FindingId.SPEC_OLDER_THAN_DRIVER
                    && symptom.subject().equals(file)) {
                return "older than the driver";
            }
        }
        return version().isPresent() ? "of this driver" : "no driver to compare with";
    }

    OptionalLong specWritten() {
        String spec = diagnosis.spec().orElse("");
        for (CdiDirectory directory :
                snapshot.get(SectionKey.CDI).data().map(CdiFacts::directories).orElse(List.of())) {
            for (CdiFile file : directory.files()) {
                if (spec.equals(directory.path() + "/" + file.name())) {
                    return file.modified();
                }
            }
        }
        return OptionalLong.empty();
    }

    List<String> files() {
        Set<String> names = new TreeSet<>();
        snapshot.get(SectionKey.FILES).data().ifPresent(files -> addNames(files, names));
        List<String> kept = new ArrayList<>();
        int length = 0;
        for (String name : names) {
            length += name.length();
            if (length > MAX_NAMES_LENGTH) {
                kept.add("and " + (names.size() - kept.size()) + " more");
                break;
            }
            kept.add(name);
        }
        return kept;
    }

    private void addNames(DriverFiles files, Set<String> names) {
        // The version that files were looked for by, which on a half-upgraded host is not the module's.
        String version = "."
                + snapshot.get(SectionKey.DRIVER)
                        .data()
                        .flatMap(DriverVersion::version)
                        .orElse("*");
        files.libraries()
                .forEach(library -> names.add(HostPath.name(library.path()).replace(version, ".*")));
        files.files().forEach(file -> names.add(HostPath.name(file.path()).replace(version, ".*")));
    }
}
