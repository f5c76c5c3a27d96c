package io.github.gpucdi.cdi.validate;

import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.CdiVersion;
import io.github.gpucdi.cdi.spec.Device;
import io.github.gpucdi.cdi.spec.Finding;
import io.github.gpucdi.cdi.spec.Finding.Code;
import io.github.gpucdi.cdi.spec.QualifiedName;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Judges a spec before it is written. Errors are what a release of the CDI library in use refuses (or crashes on);
 * warnings are what it takes although the specification or common sense does not.
 */
public final class SpecValidator {
    private final Findings findings = new Findings();

    private SpecValidator() {}

    /** All findings, in the order of the document; empty for a good spec. */
    public static List<Finding> validate(CdiSpec spec) {
        SpecValidator validator = new SpecValidator();
        validator.spec(spec);
        return validator.findings.all();
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

    private void spec(CdiSpec spec) {
        version(spec);
        kind(spec.kind());
        new AnnotationRules(findings).check("/annotations", spec.annotations());
        devices(spec.devices());
        new EditRules(findings).check("/containerEdits", spec.containerEdits());
    }

    private void version(CdiSpec spec) {
        String where = "/cdiVersion";
        String declared = spec.cdiVersion();
        CdiVersion minimum = CdiVersion.minimumFor(spec);
        Optional<CdiVersion> known = CdiVersion.parse(declared);
        if (known.isEmpty() || known.get().compareTo(CdiVersion.FLOOR) < 0) {
            findings.error(
                    Code.VERSION_UNKNOWN,
                    where,
                    "'" + declared + "' is not a CDI version that engines accept",
                    "declare " + minimum.text());
            return;
        }
        if (known.get().compareTo(minimum) < 0) {
            findings.error(
                    Code.VERSION_TOO_LOW,
                    where,
                    "the content needs CDI " + minimum.text() + ", declared is " + declared,
                    "declare " + minimum.text() + " or remove what needs it");
        }
        if (declared.startsWith("v")) {
            findings.warning(
                    Code.VERSION_UNKNOWN,
                    where,
                    "engines with a CDI library before 0.5.4 refuse the leading 'v'",
                    "write " + known.get().text());
        }
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
        } else if (QualifiedName.crashesEngines(name)) {
            findings.error(
                    Code.KIND_CRASHES_ENGINES,
                    where,
                    "the " + part + " '" + name + "' has one letter, which crashes engines",
                    "use two characters or more");
        }
    }

    private void devices(List<Device> devices) {
        if (devices.isEmpty()) {
            findings.error(Code.NO_DEVICES, "/devices", "the spec has no devices", "add a device");
        }
        EditRules edits = new EditRules(findings);
        AnnotationRules annotations = new AnnotationRules(findings);
        Set<String> names = new HashSet<>();
        for (int i = 0; i < devices.size(); i++) {
            Device device = devices.get(i);
            String where = "/devices/" + i;
            deviceName(where + "/name", device.name(), names);
            annotations.check(where + "/annotations", device.annotations());
            if (device.containerEdits().isEmpty()) {
                findings.error(
                        Code.EDITS_EMPTY,
                        where + "/containerEdits",
                        "device '" + device.name() + "' edits nothing",
                        "give it an edit or remove it");
            }
            edits.check(where + "/containerEdits", device.containerEdits());
        }
    }

    private void deviceName(String where, String name, Set<String> names) {
        if (!QualifiedName.isDeviceName(name)) {
            findings.error(
                    Code.DEVICE_NAME_INVALID,
                    where,
                    "'" + name + "' is not a valid device name",
                    "start and end with an ASCII letter or digit, between them also _ . : -");
        }
        if (!names.add(name)) {
            findings.error(
                    Code.DEVICE_DUPLICATE, where, "there are two devices '" + name + "'", "rename or remove one");
        }
    }
}
