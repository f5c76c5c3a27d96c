package io.github.gpucdi.probe;

import io.github.gpucdi.host.DeviceMajor;
import io.github.gpucdi.host.HostEnvironment;
import io.github.gpucdi.host.HostEnvironment.Selinux;
import io.github.gpucdi.host.Library;
import io.github.gpucdi.host.RefreshUnits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Learns what else decides whether a container gets its GPU: SELinux, the units that write specs, device drivers. */
final class EnvironmentProbe {
    private static final String SELINUX = "/sys/fs/selinux";
    /** Where the kernel shows the numbers of device drivers. */
    static final String DEVICES = "/proc/devices";

    private final RootedFs host;

    EnvironmentProbe(RootedFs host) {
        this.host = host;
    }

    /**
     * @param libraries the driver's, as far as they were looked for
     */
    HostEnvironment probe(List<Library> libraries) {
        Optional<RefreshUnits> refresh = new UnitsProbe(host).probe();
        return new HostEnvironment(
                selinux(),
                host.text(SELINUX + "/booleans/container_use_devices").flatMap(EnvironmentProbe::booleanNow),
                refresh.filter(RefreshUnits::startsToolkit).isPresent(),
                majors(host.text(DEVICES).orElse("")),
                newest(libraries),
                refresh);
    }

    private Selinux selinux() {
        if (!host.resolve(SELINUX + "/enforce").exists()) {
            return Selinux.OFF;
        }
        return switch (host.text(SELINUX + "/enforce").orElse("").trim()) {
            case "1" -> Selinux.ENFORCING;
            case "0" -> Selinux.PERMISSIVE;
            default -> Selinux.UNKNOWN;
        };
    }

    /** The first of two numbers, the second being what is pending. */
    static Optional<Boolean> booleanNow(String text) {
        if (text.startsWith("1")) {
            return Optional.of(true);
        }
        return text.startsWith("0") ? Optional.of(false) : Optional.empty();
    }

    private OptionalLong newest(List<Library> libraries) {
        OptionalLong newest = OptionalLong.empty();
        for (Library library : libraries) {
            OptionalLong changed = host.seconds(library.path(), "ctime");
            if (changed.isPresent() && (newest.isEmpty() || changed.getAsLong() > newest.getAsLong())) {
                newest = changed;
            }
        }
        return newest;
    }

    /** Lines of a number and a name, up to the list of block devices. */
    static List<DeviceMajor> majors(String text) {
        List<DeviceMajor> majors = new ArrayList<>();
        for (String line : Lines.of(text)) {
            String[] words = line.strip().split(" +");
            if (words[0].equals("Block")) {
                break;
            }
            if (words.length == 2
                    && words[0].matches("[0-9]{1,9}")
                    && words[1].startsWith("nvidia")
                    && words[1].length() <= 64
                    && PathText.isFileName(words[1])) {
                majors.add(new DeviceMajor(words[1], Long.parseLong(words[0])));
            }
        }
        return majors;
    }
}
