package io.github.gpucdi.doctor;

import io.github.gpucdi.assemble.model.ShadowAdvice;
import io.github.gpucdi.cdi.engine.SpecDirectories;
import io.github.gpucdi.cdi.registry.DeviceEntry;
import io.github.gpucdi.cdi.registry.DeviceEntry.State;
import io.github.gpucdi.cdi.registry.SpecDirectory;
import io.github.gpucdi.cdi.registry.SpecFile;
import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.Finding;
import io.github.gpucdi.cdi.spec.QualifiedName;
import io.github.gpucdi.cdi.spec.ShellWord;
import io.github.gpucdi.cdi.validate.Verdict;
import io.github.gpucdi.host.CdiFile;
import io.github.gpucdi.host.HostPath;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Which spec files and devices an engine finds, and why not the others. */
final class RegistryCheck {
    private static final int SHOWN = 8;
    private static final Pattern SPEC_LIKE = Pattern.compile("(?i)\\.(yml|yaml|json)$");

    /** What the NVIDIA toolkit's unit writes. */
    private static final String REFRESHED = SpecDirectories.DYNAMIC + "/" + SpecDirectories.NVIDIA_FILE;

    private final EngineView view;
    private final Mend mend;
    private final SpecCheck specCheck;
    private final boolean refreshes;
    private final List<Symptom> symptoms = new ArrayList<>();

    /**
     * @param refreshes whether the NVIDIA toolkit's unit writes a spec of its own
     */
    RegistryCheck(EngineView view, Mend mend, SpecCheck specCheck, boolean refreshes) {
        this.view = view;
        this.mend = mend;
        this.specCheck = specCheck;
        this.refreshes = refreshes;
    }

    /** What is wrong, the cause of a missing {@code all} among it. */
    List<Symptom> symptoms() {
        for (SpecDirectory directory : view.registry().directories()) {
            directory.problem().ifPresent(problem -> unread(directory.path().toString(), problem));
        }
        for (SpecFile file : view.registry().files()) {
            if (file.spec().isEmpty()) {
                refused(file);
            } else if (!ModeCheck.isOfMode(file.spec().get().kind())) {
                otherKind(file.path().toString(), file.spec().get());
            }
        }
        passedOver();
        overlaps();
        if (!view.findsAll()) {
            whyNoAll();
        }
        return symptoms;
    }

    private void unread(String directory, String problem) {
        symptoms.add(Symptom.of(
                FindingId.SPEC_DIRECTORY_UNREAD,
                directory,
                directory + " is not read: " + problem,
                List.of(),
                "ls -la " + mend.path(directory)));
    }

    private void passedOver() {
        for (SpecDirectory directory : view.registry().directories()) {
            for (String name : view.specs().passedOver(directory.path())) {
                String path = directory.path() + "/" + name;
                symptoms.add(Symptom.of(
                                FindingId.SPEC_PASSED_OVER,
                                path,
                                "no engine reads " + path + ": it is not called *.yaml or *.json",
                                List.of(
                                        "if it is meant as a spec, rename it; see first that no other defines its devices"),
                                "gpu-cdi validate " + mend.path(path))
                        .graveIf(SPEC_LIKE.matcher(name).find()));
            }
        }
    }

    private void refused(SpecFile file) {
        String path = file.path().toString();
        Optional<Finding> error = file.error();
        String why = error.map(RegistryCheck::line).orElse("it is refused");
        boolean tooLarge = view.specs()
                .file(file.path())
                .flatMap(CdiFile::problem)
                .filter(CdiFile.TOO_LARGE::equals)
                .isPresent();
        Verdict verdict = error.map(Verdict::of).orElse(Verdict.REFUSED);
        Optional<String> kind =
                view.specs().read(file.path()).understood().map(CdiSpec::kind).filter(text -> !text.isEmpty());
        boolean gpus = kind.map(EngineView.KIND::equals).orElse(true);
        List<String> evidence = error.map(Finding::howToMend).stream().toList();
        if (tooLarge || verdict == Verdict.NOT_JUDGED) {
            String validate = "gpu-cdi validate " + mend.path(path);
            symptoms.add(Symptom.of(
                    FindingId.SPEC_NOT_JUDGED, path, path + " cannot be judged: " + why, evidence, validate));
        } else if (verdict == Verdict.CRASHES) {
            symptoms.add(Symptom.of(
                    FindingId.SPEC_CRASHES_ENGINE,
                    path,
                    "the engine dies of " + path + ": " + why,
                    evidence,
                    gpus ? mend.generate(path) : mend.disable(path)));
        } else {
            String what = path + " is not loaded: " + why;
            boolean unreadable = error.isPresent() && error.get().code() == Finding.Code.UNREADABLE;
            Symptom refused = gpus && unreadable
                    ? Symptom.of(FindingId.SPEC_REFUSED, path, what, evidence, "ls -l " + mend.path(path))
                    : Symptom.of(
                            FindingId.SPEC_REFUSED,
                            path,
                            what,
                            evidence,
                            gpus ? mend.generate(path) : mend.disable(path));
            symptoms.add(refused.graveIf(gpus && !view.findsAll()));
        }
    }

    private static String line(Finding finding) {
        boolean unreadable = finding.code() == Finding.Code.UNREADABLE;
        String place = unreadable
                ? ""
                : finding.position()
                        .map(at -> at.line() + ":" + at.column() + " ")
                        .orElse("");
        return place + finding.what();
    }

    private void otherKind(String path, CdiSpec spec) {
        List<String> names = new ArrayList<>();
        spec.devices().forEach(device -> names.add(spec.kind() + "=" + device.name()));
        symptoms.add(Symptom.of(
                FindingId.SPEC_OTHER_KIND,
                path,
                path + " defines devices of kind " + spec.kind() + ", not " + EngineView.KIND,
                some(names),
                "gpu-cdi list" + specDirectories()));
    }

    private void overlaps() {
        Map<List<Path>, TreeSet<String>> conflicts = new LinkedHashMap<>();
        Map<List<Path>, TreeSet<String>> shadows = new LinkedHashMap<>();
        for (DeviceEntry entry : view.registry().entries()) {
            List<Path> files = new ArrayList<>(List.of(entry.file()));
            files.addAll(entry.others());
            Map<List<Path>, TreeSet<String>> overlaps = entry.state() == State.SHADOWED ? shadows : conflicts;
            if (entry.state() == State.CONFLICTING) {
                files.sort(null);
            }
            if (entry.state() == State.CONFLICTING || entry.state() == State.SHADOWED) {
                overlaps.computeIfAbsent(files, unseen -> new TreeSet<>())
                        .add(entry.name().text());
            }
        }
        conflicts.forEach(this::conflict);
        shadows.forEach(
                (files, names) -> shadowed(files.get(0).toString(), files.get(1).toString(), new ArrayList<>(names)));
    }

    private void conflict(List<Path> files, TreeSet<String> names) {
        List<String> paths = files.stream().map(Path::toString).toList();
        // The others than ours are in the way.
        String keep = paths.stream()
                .filter(path -> HostPath.name(path).equals(SpecDirectories.NVIDIA_FILE))
                .findFirst()
                .orElse(paths.get(0));
        List<Mending> moves = new ArrayList<>();
        paths.stream().filter(path -> !path.equals(keep)).map(mend::disable).forEach(moves::add);
        symptoms.add(Symptom.of(
                        FindingId.DEVICE_CONFLICT,
                        String.join(", ", paths),
                        String.join(" and ", paths) + " define the same devices: engines give them to nobody",
                        some(new ArrayList<>(names)),
                        moves.stream().reduce(Mending::then).orElseThrow())
                .graveIf(names.contains(Diagnosis.ALL_GPUS) && !view.findsAll()));
    }

    private void shadowed(String lower, String higher, List<String> names) {
        boolean unit = refreshes && higher.equals(REFRESHED);
        List<String> evidence = new ArrayList<>(some(names));
        if (unit) {
            evidence.add("the NVIDIA toolkit's unit nvidia-cdi-refresh writes " + higher);
        }
        boolean higherGoes = ShadowAdvice.higherGoes(isStale(lower), isStale(higher));
        Mending mending = mend.disable(lower);
        if (higherGoes) {
            mending = unit ? mend.disableRefreshed(higher) : mend.disable(higher);
        }
        symptoms.add(Symptom.of(
                FindingId.DEVICE_SHADOWED,
                lower,
                lower + " does not count: " + higher + " defines the same devices",
                evidence,
                mending));
    }

    private boolean isStale(String path) {
        return view.registry().files().stream()
                .filter(file -> file.path().toString().equals(path))
                .flatMap(file -> file.spec().stream())
                .anyMatch(specCheck::isStale);
    }

    private static List<String> some(List<String> names) {
        List<String> shown = new ArrayList<>(names.subList(0, Math.min(SHOWN, names.size())));
        if (names.size() > SHOWN) {
            shown.add("and " + (names.size() - SHOWN) + " more");
        }
        return shown.isEmpty() ? List.of() : List.of(String.join(", ", shown));
    }

    private void whyNoAll() {
        List<DeviceEntry> entries = view.registry().entries(Diagnosis.ALL_GPUS);
        for (DeviceEntry entry : entries) {
            if (entry.state() == State.BLOCKED) {
                symptoms.add(Symptom.of(
                        FindingId.SPEC_ERRORS_BLOCK_ALL,
                        entry.file().toString(),
                        view.release().engine().label() + " injects no device at all while any spec file has an error",
                        List.of("the files and devices in error are told beside this"),
                        "gpu-cdi list --as=" + ShellWord.of(view.engine()) + specDirectories()));
                return;
            }
        }
        if (!entries.isEmpty()) {
            return;
        }
        for (SpecFile file : view.registry().files()) {
            if (file.spec().filter(spec -> spec.kind().equals(EngineView.KIND)).isPresent()) {
                symptoms.add(Symptom.of(
                        FindingId.DEVICE_ALL_UNDEFINED,
                        file.path().toString(),
                        "no spec defines " + Diagnosis.ALL_GPUS,
                        some(names()),
                        mend.generate(file.path().toString())));
                return;
            }
        }
        if (symptoms.stream().noneMatch(symptom -> symptom.severity() == Finding.Severity.ERROR)) {
            symptoms.add(missing());
        }
    }

    /** The engine's own are known to the command by its name, where they are the ones that were looked at. */
    private String specDirectories() {
        if (mend.hostRoot().equals("/") && mend.specDirectories().isEmpty()) {
            return "";
        }
        List<String> words = new ArrayList<>();
        view.registry()
                .directories()
                .forEach(directory -> words.add(mend.path(directory.path().toString())));
        return " --spec-dir=" + String.join(",", words);
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        view.registry().devices().stream()
                .map(device -> device.name())
                .filter(name -> (name.vendor() + "/" + name.clazz()).equals(EngineView.KIND))
                .map(QualifiedName::text)
                .forEach(names::add);
        return names;
    }

    private Symptom missing() {
        List<String> directories = new ArrayList<>();
        for (SpecDirectory directory : view.registry().directories()) {
            directories.add(directory.path().toString());
        }
        String file = directories.isEmpty()
                ? SpecDirectories.INSTALLED
                : directories.get(0) + "/" + SpecDirectories.NVIDIA_FILE;
        return Symptom.of(
                FindingId.SPEC_MISSING,
                file,
                directories.isEmpty()
                        ? "the engine has no spec directory"
                        : "no spec of kind " + EngineView.KIND + " is in " + String.join(", ", directories),
                List.of(),
                mend.generate(file));
    }
}
