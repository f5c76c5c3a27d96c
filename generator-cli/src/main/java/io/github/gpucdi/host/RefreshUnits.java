package io.github.gpucdi.host;

import java.util.List;
import java.util.Optional;

/**
 * What there is of the systemd units that keep specs up to date, ours and the NVIDIA toolkit's.
 *
 * @param systemdRuns whether systemd runs the host: {@code /run/systemd/system} is there
 * @param deletedAtBoot whether our rule of systemd-tmpfiles is in force, by which {@code /etc/cdi/nvidia.yaml} does not
 *     outlive a boot
 * @param units those of {@link #NAMES} of which there is anything, in that order
 */
public record RefreshUnits(boolean systemdRuns, boolean deletedAtBoot, List<RefreshUnit> units) {
    /** Writes {@code /etc/cdi/nvidia.yaml} at boot, and whenever it is started. */
    public static final String SERVICE = "gpu-cdi-refresh.service";

    /** Starts that service after a change. */
    public static final String PATH = "gpu-cdi-refresh.path";

    /** Does what both do, for as long as it runs. */
    public static final String WATCH = "gpu-cdi-watch.service";

    /** Notes that something changed, whoever noticed it. */
    public static final String EVENT = "gpu-cdi-event.service";

    /** Notices changes of files and directories, one instance each. */
    public static final String EVENT_PATHS = "gpu-cdi-event@.path";

    /** Starts the service that writes, while there is such a note. */
    public static final String CHANGED = "gpu-cdi-changed.path";

    /** Leaves such a note after a failure. */
    public static final String RETRY = "gpu-cdi-retry.timer";

    /** Units that {@link #PATH} needs for what it does; nobody enables them. */
    public static final List<String> HELPERS = List.of(EVENT, EVENT_PATHS, CHANGED, RETRY);

    /** The NVIDIA toolkit's: writes {@code /var/run/cdi/nvidia.yaml}. */
    public static final String TOOLKIT_SERVICE = "nvidia-cdi-refresh.service";

    /** Starts the toolkit's service. */
    public static final String TOOLKIT_PATH = "nvidia-cdi-refresh.path";

    /** The units that are looked for. */
    public static final List<String> NAMES =
            List.of(SERVICE, PATH, WATCH, EVENT, EVENT_PATHS, CHANGED, RETRY, TOOLKIT_SERVICE, TOOLKIT_PATH);

    public RefreshUnits {
        units = List.copyOf(units);
    }

    /** What there is of a unit. */
    public Optional<RefreshUnit> unit(String name) {
        for (RefreshUnit unit : units) {
            if (unit.name().equals(name)) {
                return Optional.of(unit);
            }
        }
        return Optional.empty();
    }

    /** Whether systemd starts a unit by itself. */
    public boolean starts(String name) {
        return unit(name).filter(RefreshUnit::isStarted).isPresent();
    }

    /** Whether it starts one of the NVIDIA toolkit's. */
    public boolean startsToolkit() {
        return starts(TOOLKIT_SERVICE) || starts(TOOLKIT_PATH);
    }
}
