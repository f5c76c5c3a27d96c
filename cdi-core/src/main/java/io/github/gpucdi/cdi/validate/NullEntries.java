package io.github.gpucdi.cdi.validate;

import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.cdi.spec.Device;
import io.github.gpucdi.cdi.spec.Finding;
import io.github.gpucdi.cdi.spec.Finding.Code;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/** The null entries of a file: a loader crashes on the first that it comes to. */
final class NullEntries {
    static final NullEntries NONE = new NullEntries(Map.of());

    private final Map<String, Finding> byPlace;

    private NullEntries(Map<String, Finding> byPlace) {
        this.byPlace = byPlace;
    }

    static NullEntries in(List<Finding> findings) {
        Map<String, Finding> byPlace = new HashMap<>();
        for (Finding finding : findings) {
            if (finding.code() == Code.NULL_ENTRY) {
                byPlace.put(finding.where(), finding);
            }
        }
        return byPlace.isEmpty() ? NONE : new NullEntries(byPlace);
    }

    /** The null entry at {@code pointer}. */
    Optional<Finding> at(String pointer) {
        return byPlace.isEmpty() ? Optional.empty() : Optional.ofNullable(byPlace.get(pointer));
    }

    /**
     * The null that is met while a loader finds out which version the content needs: it looks for device names with a
     * digit first, else for a {@code hostPath} in device nodes, then for a {@code type} in mounts; each time in the
     * devices, then in the common edits, and no further than the first.
     */
    Optional<Finding> metByVersionCheck(CdiSpec spec) {
        if (byPlace.isEmpty()) {
            return Optional.empty();
        }
        Optional<Finding> met = Optional.empty();
        if (!hasDigitName(spec)) {
            met = firstUnless(spec, "/deviceNodes/", NullEntries::hostPaths);
        }
        return met.isPresent() ? met : firstUnless(spec, "/mounts/", NullEntries::types);
    }

    /** Says of one list of entries how long it is, and of an entry whether the search ends there. */
    private record Entries(int size, IntPredicate ends) {}

    private interface Part {
        Entries of(ContainerEdits edits);
    }

    private static Entries hostPaths(ContainerEdits edits) {
        return new Entries(
                edits.deviceNodes().size(),
                i -> !edits.deviceNodes().get(i).hostPath().isEmpty());
    }

    private static Entries types(ContainerEdits edits) {
        return new Entries(
                edits.mounts().size(), i -> !edits.mounts().get(i).type().isEmpty());
    }

    private Optional<Finding> firstUnless(CdiSpec spec, String list, Part part) {
        for (int i = 0; i <= spec.devices().size(); i++) {
            boolean common = i == spec.devices().size();
            String where = (common ? "" : "/devices/" + i) + "/containerEdits" + list;
            Entries entries = part.of(
                    common ? spec.containerEdits() : spec.devices().get(i).containerEdits());
            for (int k = 0; k < entries.size(); k++) {
                Optional<Finding> found = at(where + k);
                if (found.isPresent() || entries.ends().test(k)) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static boolean hasDigitName(CdiSpec spec) {
        for (Device device : spec.devices()) {
            if (!device.name().isEmpty()
                    && device.name().charAt(0) >= '0'
                    && device.name().charAt(0) <= '9') {
                return true;
            }
        }
        return false;
    }
}
