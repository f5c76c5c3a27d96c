package io.github.gpucdi.assemble.model;

import io.github.gpucdi.host.Library;
import io.github.gpucdi.host.Mode;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the user asked of the spec, as opposed to what the host is.
 *
 * @param vendor vendor of the kind, empty for the mode's
 * @param clazz class of the kind, empty for the mode's
 * @param namings one device per strategy and GPU, in any order
 * @param deviceIds {@code all}, {@code none}, indices, {@code <gpu>:<mig>} pairs, UUIDs, names by minor number
 * @param allDevice whether the merged device {@code all} is written
 * @param hooks whether hooks may be named
 * @param hookSwitches which of them
 * @param ldconfigPath argument of the hook {@code update-ldcache}, empty for its default
 * @param features feature flags
 * @param numbers whether device numbers are written
 * @param targetDriverRoot stands in the spec for the driver root, if present
 * @param targetDevRoot stands in the spec for the dev root, if present
 * @param csv what concerns mode {@code csv} alone
 */
public record AssembleOptions(
        Optional<String> vendor,
        Optional<String> clazz,
        List<DeviceNaming> namings,
        List<String> deviceIds,
        boolean allDevice,
        HooksPolicy hooks,
        HookSwitches hookSwitches,
        Optional<String> ldconfigPath,
        Set<Feature> features,
        DeviceNumbers numbers,
        Optional<String> targetDriverRoot,
        Optional<String> targetDevRoot,
        CsvOptions csv) {

    /** The device id that means every full GPU that is not partitioned, and every MIG device. */
    public static final String ALL = "all";

    /** The device id that means one device that gives the driver's files and no GPU. */
    public static final String NONE = "none";

    /** The defaults of the command line. */
    public static final AssembleOptions DEFAULT = new AssembleOptions(
            Optional.empty(),
            Optional.empty(),
            List.of(DeviceNaming.INDEX, DeviceNaming.UUID),
            List.of(ALL),
            true,
            HooksPolicy.AUTO,
            HookSwitches.DEFAULT,
            Optional.empty(),
            Set.of(),
            DeviceNumbers.WRITE,
            Optional.empty(),
            Optional.empty(),
            CsvOptions.NONE);

    public AssembleOptions {
        namings = List.copyOf(namings);
        deviceIds = List.copyOf(deviceIds);
        features = Set.copyOf(features);
    }

    /** The kind of a mode's spec. */
    public String kind(Mode mode) {
        return vendor.orElse(mode.vendor()) + "/" + clazz.orElse(mode.clazz());
    }

    /** Whether the device {@code none} is asked for, alone: it counts only before the first {@code all}. */
    public boolean wantsNone() {
        int none = deviceIds.indexOf(NONE);
        int all = deviceIds.indexOf(ALL);
        return none >= 0 && (all < 0 || none < all);
    }

    /** Whether a library goes into the spec; vendor-neutral ones do on demand. */
    public boolean wants(Library library) {
        return library.role() != Library.Role.EXPLICIT || features.contains(Feature.EXPLICIT_DRIVER_LIBRARIES);
    }

    /** These options with another hooks policy. */
    public AssembleOptions withHooks(HooksPolicy policy) {
        return with(policy, hookSwitches);
    }

    /** These options with other hooks. */
    public AssembleOptions with(HookSwitches switches) {
        return with(hooks, switches);
    }

    private AssembleOptions with(HooksPolicy policy, HookSwitches switches) {
        return new AssembleOptions(
                vendor,
                clazz,
                namings,
                deviceIds,
                allDevice,
                policy,
                switches,
                ldconfigPath,
                features,
                numbers,
                targetDriverRoot,
                targetDevRoot,
                csv);
    }
}
