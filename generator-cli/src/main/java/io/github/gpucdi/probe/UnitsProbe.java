package io.github.gpucdi.probe;

import io.github.gpucdi.host.RefreshUnit;
import io.github.gpucdi.host.RefreshUnits;
import io.github.gpucdi.host.UnitRun;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Learns what there is of the systemd units that keep specs up to date. Files tell it: another root has no systemd that
 * could be asked.
 */
final class UnitsProbe {
    /** Where units are looked for (systemd.unit(5)); what is in an earlier directory counts. */
    private static final List<String> UNITS = List.of(
            "/etc/systemd/system",
            "/run/systemd/system",
            "/usr/local/lib/systemd/system",
            "/usr/lib/systemd/system",
            "/lib/systemd/system");

    /** The same for rules of systemd-tmpfiles: tmpfiles.d(5). */
    private static final List<String> RULES =
            List.of("/etc/tmpfiles.d", "/run/tmpfiles.d", "/usr/local/lib/tmpfiles.d", "/usr/lib/tmpfiles.d");

    private static final String RULE = "gpu-cdi.conf";
    private static final String SPEC = "/etc/cdi/nvidia.yaml";
    private static final String NOTHING = "/dev/null";

    /** Where systemd keeps control groups of services: with the unified hierarchy, and with the older ones. */
    private static final List<String> GROUPS =
            List.of("/sys/fs/cgroup/system.slice", "/sys/fs/cgroup/systemd/system.slice");

    /** What our services leave behind when they end. */
    private static final Map<String, String> RESULTS = Map.of(
            RefreshUnits.SERVICE, "/run/gpu-cdi/refresh.result",
            RefreshUnits.WATCH, "/run/gpu-cdi/watch.result");

    private static final int MAX_RESULT = 128;
    private static final Set<String> ENDINGS = Set.of(
            "success",
            "protocol",
            "timeout",
            "exit-code",
            "signal",
            "core-dump",
            "watchdog",
            "exec-condition",
            "oom-kill",
            "start-limit-hit",
            "resources");
    private static final Set<String> CODES = Set.of("exited", "killed", "dumped");
    private static final Pattern STATUS = Pattern.compile("[0-9]{1,3}|[A-Z][A-Z0-9+]{1,11}");

    private final RootedFs host;

    UnitsProbe(RootedFs host) {
        this.host = host;
    }

    /** What there is; empty if there is nothing of any unit. */
    Optional<RefreshUnits> probe() {
        Set<String> wanted = wanted();
        List<RefreshUnit> units = new ArrayList<>();
        for (String name : RefreshUnits.NAMES) {
            RefreshUnit unit = unit(name, wanted.contains(name));
            if (!unit.files().isEmpty() || unit.enabled()) {
                units.add(unit);
            }
        }
        return units.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new RefreshUnits(host.resolve("/run/systemd/system").exists(), deletedAtBoot(), units));
    }

    /** A unit is enabled by a link in the directory of what wants it. */
    private Set<String> wanted() {
        Set<String> wanted = new HashSet<>();
        for (String directory : UNITS) {
            for (String name : host.list(directory)) {
                if (name.endsWith(".wants") || name.endsWith(".requires")) {
                    wanted.addAll(host.list(PathText.child(directory, name)));
                }
            }
        }
        return wanted;
    }

    private RefreshUnit unit(String name, boolean enabled) {
        // By where it leads: /lib may be /usr/lib, and a unit may be linked from the one to the other.
        Map<String, String> files = new LinkedHashMap<>();
        boolean masked = false;
        for (String directory : UNITS) {
            String path = PathText.child(directory, name);
            Resolution resolved = host.resolve(path);
            boolean nothing =
                    host.linkTarget(directory, name).filter(NOTHING::equals).isPresent()
                            || resolved.kind() == Resolution.Kind.REGULAR
                                    && host.bytes(path, 1)
                                            .filter(read -> read.length == 0)
                                            .isPresent();
            masked |= nothing && files.isEmpty();
            if (nothing || resolved.kind() == Resolution.Kind.REGULAR) {
                files.putIfAbsent(resolved.path(), path);
            }
        }
        return new RefreshUnit(name, List.copyOf(files.values()), masked, enabled, isActive(name), lastRun(name));
    }

    private boolean isActive(String name) {
        for (String group : GROUPS) {
            if (host.resolve(PathText.child(group, name)).exists()) {
                return true;
            }
        }
        return false;
    }

    private Optional<UnitRun> lastRun(String name) {
        return Optional.ofNullable(RESULTS.get(name))
                .flatMap(path -> host.bytes(path, MAX_RESULT))
                .flatMap(bytes -> run(new String(bytes, StandardCharsets.ISO_8859_1)));
    }

    /** One line of systemd's words; nothing for any other text. */
    static Optional<UnitRun> run(String text) {
        String[] words = text.strip().split(" ");
        boolean none = words.length == 1;
        boolean known = none
                || words.length == 3
                        && CODES.contains(words[1])
                        && STATUS.matcher(words[2]).matches();
        return known && ENDINGS.contains(words[0])
                ? Optional.of(new UnitRun(words[0], none ? "" : words[1], none ? "" : words[2]))
                : Optional.empty();
    }

    private boolean deletedAtBoot() {
        for (String directory : RULES) {
            if (host.inode(directory, RULE).isPresent()) {
                return host.text(PathText.child(directory, RULE))
                        .filter(rule -> rule.contains(SPEC))
                        .isPresent();
            }
        }
        return false;
    }
}
