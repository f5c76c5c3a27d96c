package io.github.gpucdi.host;

import java.util.List;
import java.util.Optional;

/**
 * What there is of a systemd unit.
 *
 * @param name such as {@code gpu-cdi-refresh.path}
 * @param files its unit files, the one that counts first; a link to another one of them is none of its own
 * @param masked whether the first one is empty or {@code /dev/null}: systemd then starts the unit for nobody
 * @param enabled whether another unit, such as {@code multi-user.target}, wants or requires it
 * @param active whether it has processes now, as its control group tells
 * @param lastRun how it ended the last time since boot, if it is ours, a service, and did
 */
public record RefreshUnit(
        String name, List<String> files, boolean masked, boolean enabled, boolean active, Optional<UnitRun> lastRun) {

    public RefreshUnit {
        files = List.copyOf(files);
    }

    /** Whether there is a unit, be it masked. */
    public boolean isInstalled() {
        return files.size() > (masked ? 1 : 0);
    }

    /** Whether systemd starts it by itself. */
    public boolean isStarted() {
        return isInstalled() && enabled && !masked;
    }
}
