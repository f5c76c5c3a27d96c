package io.github.gpucdi.cdi.validate;

import io.github.gpucdi.cdi.engine.EngineRelease;
import io.github.gpucdi.cdi.engine.LibraryRelease;
import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.CdiVersion;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.cdi.spec.Device;
import io.github.gpucdi.cdi.spec.Finding;
import io.github.gpucdi.cdi.spec.Finding.Code;
import io.github.gpucdi.cdi.spec.Position;
import io.github.gpucdi.cdi.spec.QualifiedName;
import io.github.gpucdi.cdi.spec.SpecField;
import io.github.gpucdi.cdi.text.read.SpecDocument;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Judges a spec. Errors are what the CDI library refuses (or crashes on); warnings are what it takes although the
 * specification or common sense does not.
 */
public final class SpecValidator {
    private final Findings findings = new Findings();
    private final LibraryRelease release;
    private final NullEntries nulls;

    private SpecValidator(LibraryRelease release, NullEntries nulls) {
        this.release = release;
        this.nulls = nulls;
    }

    /** What a spec must mend before it is written: judged as the newest release; empty for a good spec. */
    public static List<Finding> validate(CdiSpec spec) {
        SpecValidator validator = new SpecValidator(LibraryRelease.NEWEST, NullEntries.NONE);
        validator.spec(spec);
        validator.goneKeys("/containerEdits", spec.containerEdits());
        for (int i = 0; i < spec.devices().size(); i++) {
            validator.goneKeys(
                    "/devices/" + i + "/containerEdits", spec.devices().get(i).containerEdits());
        }
        return validator.findings.all();
    }

    /** What old releases loaded and new ones refuse is not written; in a text the key itself is found. */
    private void goneKeys(String where, ContainerEdits edits) {
        if (edits.intelRdt().isPresent()
                && (edits.intelRdt().get().enableCmt() || edits.intelRdt().get().enableMbm())) {
            findings.error(
                    Code.UNKNOWN_TO_RELEASE,
                    where + "/intelRdt",
                    "CDI library " + release.text() + " does not know enableCMT and enableMBM",
                    "leave them out: CDI "
                            + SpecField.ENABLE_CMT.goneIn().orElseThrow().text() + " took them away");
        }
    }

    /**
     * All findings about a file, judged as {@code release}, in the order of the text; empty for a good one.
     */
    public static List<Finding> validate(SpecDocument document, LibraryRelease release) {
        return placed(document, inLoadingOrder(document, release));
    }

    /** The same, judged as {@code engine}: what it ignores is a warning. */
    public static List<Finding> validate(SpecDocument document, EngineRelease engine) {
        Findings ignored = new Findings();
        document.understood().ifPresent(new EngineRules(ignored, engine)::check);
        List<Finding> all = new ArrayList<>(inLoadingOrder(document, engine.library()));
        all.addAll(ignored.all());
        return placed(document, all);
    }

    private static List<Finding> placed(SpecDocument document, List<Finding> findings) {
        List<Finding> placed = new ArrayList<>();
        for (Finding finding : new LinkedHashSet<>(findings)) {
            placed.add(finding.position().isPresent() ? finding : finding.at(document.positionOf(finding.where())));
        }
        placed.sort(Comparator.comparing(
                finding -> finding.position().orElseThrow(),
                Comparator.comparingInt(Position::line).thenComparingInt(Position::column)));
        return List.copyOf(placed);
    }

    /** What {@code release} does with a file. */
    public static Verdict verdict(SpecDocument document, LibraryRelease release) {
        return firstError(document, release).map(Verdict::of).orElse(Verdict.ACCEPTED);
    }

    /** The error at which {@code release} stops loading a file, which need not be the first in the text. */
    public static Optional<Finding> firstError(SpecDocument document, LibraryRelease release) {
        for (Finding finding : inLoadingOrder(document, release)) {
            if (finding.severity() == Finding.Severity.ERROR) {
                return Optional.of(
                        finding.position().isPresent() ? finding : finding.at(document.positionOf(finding.where())));
            }
        }
        return Optional.empty();
    }

    /** Of the errors, the first is the one that a loader stops at. */
    private static List<Finding> inLoadingOrder(SpecDocument document, LibraryRelease release) {
        NullEntries nulls = NullEntries.in(document.findings());
        SpecValidator validator = new SpecValidator(release, nulls);
        for (Finding finding : document.findings()) {
            if (finding.code() != Code.NULL_ENTRY) {
                validator.findings.add(finding);
            }
        }
        validator.fields(document.newerFields());
        if (document.understood().isPresent()) {
            validator.spec(document.understood().get());
            return validator.findings.withoutConsequencesOf(document.findings());
        }
        return validator.findings.all();
    }

    private void fields(List<SpecDocument.FieldUse> uses) {
        for (SpecDocument.FieldUse use : uses) {
            SpecField field = use.field();
            if (field.isKnownTo(release.highest())) {
                continue;
            }
            String key = use.where().substring(use.where().lastIndexOf('/') + 1);
            boolean gone = release.highest().compareTo(field.since()) >= 0;
            String since = gone
                    ? "CDI " + field.goneIn().orElseThrow().text() + " took it away"
                    : "CDI " + field.since().text() + " brought it";
            findings.add(new Finding(
                            Code.UNKNOWN_TO_RELEASE,
                            Finding.Severity.ERROR,
                            use.where(),
                            "CDI library " + release.text() + " does not know the key '" + key + "'",
                            "remove it: " + since)
                    .at(use.position()));
        }
    }

    /** Whether one of {@code findings} is an error. */
    public static boolean hasErrors(List<Finding> findings) {
        for (Finding finding : findings) {
            if (finding.severity() == Finding.Severity.ERROR) {
                return true;
            }
        }
        return false;
    }

    /** In the order in which loaders check. */
    private void spec(CdiSpec spec) {
        version(spec);
        kind(spec.kind());
        new AnnotationRules(findings).check("/annotations", spec.annotations());
        new EditRules(findings, release, nulls).check("/containerEdits", spec.containerEdits());
        devices(spec.devices());
    }

    private void version(CdiSpec spec) {
        String where = "/cdiVersion";
        String declared = spec.cdiVersion();
        Optional<CdiVersion> known =
                CdiVersion.parse(declared).filter(version -> version.compareTo(release.highest()) <= 0);
        boolean gates = release.isAtLeast(LibraryRelease.V0_5_4);
        if (known.isEmpty() || gates && known.get().compareTo(CdiVersion.FLOOR) < 0) {
            findings.error(
                    Code.VERSION_UNKNOWN,
                    where,
                    declared.isEmpty()
                            ? "missing or empty"
                            : "'" + declared + "' is no CDI version from 0.3.0 to "
                                    + release.highest().text(),
                    "declare " + suggested(spec));
            return;
        }
        if (!gates && declared.startsWith("v")) {
            findings.error(
                    Code.VERSION_UNKNOWN,
                    where,
                    "a leading 'v' needs CDI library 0.5.4",
                    "write " + known.get().text());
        } else if (declared.startsWith("v")) {
            findings.warning(
                    Code.VERSION_UNKNOWN,
                    where,
                    "engines with a CDI library before 0.5.4 refuse the leading 'v'",
                    "write " + known.get().text());
        }
        if (gates) {
            nulls.metByVersionCheck(spec).ifPresent(findings::add);
            CdiVersion minimum = CdiVersion.minimumFor(spec);
            if (known.get().compareTo(minimum) < 0) {
                findings.error(
                        Code.VERSION_TOO_LOW,
                        where,
                        "the content needs CDI " + minimum.text() + ", declared is " + declared,
                        "declare " + minimum.text() + " or remove what needs it");
            }
        }
    }

    private String suggested(CdiSpec spec) {
        CdiVersion minimum = CdiVersion.minimumFor(spec);
        return minimum.compareTo(release.highest()) <= 0
                ? minimum.text()
                : release.highest().text();
    }

    private void kind(String kind) {
        String where = "/kind";
        int slash = kind.indexOf('/');
        if (slash < 0) {
            findings.error(Code.KIND_INVALID, where, "'" + kind + "' has no '/'", "write vendor/class");
            return;
        }
        vendorOrClass(where, "vendor", kind.substring(0, slash));
        vendorOrClass(where, "class", kind.substring(slash + 1));
    }

    private void vendorOrClass(String where, String part, String name) {
        if (!QualifiedName.isVendorOrClass(name)) {
            findings.error(
                    Code.KIND_INVALID,
                    where,
                    "'" + name + "' is not a valid " + part,
                    "start with an ASCII letter, end with a letter or digit, between them also _ . -");
        } else if (part.equals("class") && name.indexOf('.') >= 0 && !release.isAtLeast(LibraryRelease.V0_6)) {
            findings.error(
                    Code.KIND_INVALID,
                    where,
                    "a dot in the class '" + name + "' needs CDI library 0.6.0",
                    "use a class without dots");
        } else if (QualifiedName.crashesEngines(name) && !release.isAtLeast(LibraryRelease.AFTER_V1_1)) {
            findings.error(
                    Code.KIND_CRASHES_ENGINES,
                    where,
                    "the " + part + " '" + name + "' has one letter, which crashes engines",
                    "use two characters or more");
        }
    }

    private void devices(List<Device> devices) {
        EditRules edits = new EditRules(findings, release, nulls);
        AnnotationRules annotations = new AnnotationRules(findings);
        Set<String> names = new HashSet<>();
        for (int i = 0; i < devices.size(); i++) {
            Device device = devices.get(i);
            String where = "/devices/" + i;
            deviceName(where + "/name", device.name());
            annotations.check(where + "/annotations", device.annotations());
            if (device.containerEdits().isEmpty()) {
                findings.error(
                        Code.EDITS_EMPTY,
                        where + "/containerEdits",
                        "device '" + device.name() + "' edits nothing",
                        "give it an edit or remove it");
            }
            edits.check(where + "/containerEdits", device.containerEdits());
            if (!names.add(device.name())) {
                findings.error(
                        Code.DEVICE_DUPLICATE,
                        where + "/name",
                        "there are two devices '" + device.name() + "'",
                        "rename or remove one");
            }
        }
        if (devices.isEmpty()) {
            noDevices();
        }
    }

    private void noDevices() {
        String what = "the spec has no devices";
        String mend = "add a device";
        if (release.isAtLeast(LibraryRelease.V1_0)) {
            findings.error(Code.NO_DEVICES, "/devices", what, mend);
        } else {
            findings.warning(Code.NO_DEVICES, "/devices", what, mend);
        }
    }

    private void deviceName(String where, String name) {
        if (!QualifiedName.isDeviceName(name)) {
            findings.error(
                    Code.DEVICE_NAME_INVALID,
                    where,
                    "'" + name + "' is not a valid device name",
                    "start and end with an ASCII letter or digit, between them also _ . : -");
        } else if (name.charAt(0) <= '9' && !release.isAtLeast(LibraryRelease.V0_5_0)) {
            findings.error(
                    Code.DEVICE_NAME_INVALID,
                    where,
                    "a digit at the start of '" + name + "' needs CDI library 0.5.0",
                    "start with a letter");
        }
    }
}
