package io.github.gpucdi.probe;

import io.github.gpucdi.host.DriverVersion;
import io.github.gpucdi.host.DriverVersion.Source;
import io.github.gpucdi.host.Section;
import io.github.gpucdi.probe.LibraryLocator.Hit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Learns the driver's version from the kernel module, NVML and file names. */
final class DriverVersionProbe {
    private static final String SYSFS = "/sys/module/nvidia/version";
    private static final String PROCFS = "/proc/driver/nvidia/version";
    private static final String[] LIBRARIES = {"libcuda.so.", "libnvidia-ml.so."};
    private static final int MAX_VERSION = 64;

    private final RootedFs host;
    private final LibraryLocator locator;

    DriverVersionProbe(RootedFs host, LibraryLocator locator) {
        this.host = host;
        this.locator = locator;
    }

    /**
     * @param reported what NVML says
     */
    Section<DriverVersion> probe(Optional<String> reported) {
        List<String> fromNames = new ArrayList<>();
        for (String prefix : LIBRARIES) {
            for (Hit hit : locator.locate(prefix + "*.*")) {
                String name = hit.name();
                if (name.startsWith(prefix) && isVersion(name.substring(prefix.length()))) {
                    fromNames.add(name.substring(prefix.length()));
                }
            }
        }
        Optional<String> module = module();
        Optional<String> version = reported.filter(DriverVersionProbe::isVersion);
        Source source = Source.NVML;
        if (version.isEmpty()) {
            source = fromNames.isEmpty() ? Source.NONE : Source.FILE_NAME;
            version = module.isPresent() && fromNames.contains(module.get()) ? module : first(fromNames);
        }
        if (version.isEmpty() && module.isEmpty()) {
            return Section.absent("no kernel module named nvidia is loaded, and neither libcuda.so.* nor"
                    + " libnvidia-ml.so.* is in " + locator.description());
        }
        return Section.of(new DriverVersion(version, source, module, new ArrayList<>(new TreeSet<>(fromNames))));
    }

    private static Optional<String> first(List<String> versions) {
        return versions.isEmpty() ? Optional.empty() : Optional.of(versions.get(0));
    }

    /** The loaded kernel module's version. */
    private Optional<String> module() {
        Optional<String> sysfs = host.text(SYSFS).map(String::trim).filter(DriverVersionProbe::isVersion);
        return sysfs.isPresent() ? sysfs : host.text(PROCFS).flatMap(DriverVersionProbe::ofProcfs);
    }

    /**
     * The first word of the first line that looks like a driver version, such as {@code 571.20.03} in
     * {@code NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  571.20.03  Release Build …}.
     */
    static Optional<String> ofProcfs(String text) {
        List<String> lines = Lines.of(text);
        if (!lines.isEmpty()) {
            for (String word : lines.get(0).split("[ \t]+")) {
                if (isVersion(word) && word.indexOf('.') == 3) {
                    return Optional.of(word);
                }
            }
        }
        return Optional.empty();
    }

    /** Two or more numbers with dots between. */
    static boolean isVersion(String text) {
        boolean digitBefore = false;
        int dots = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.' && digitBefore) {
                dots++;
                digitBefore = false;
            } else if (c >= '0' && c <= '9') {
                digitBefore = true;
            } else {
                return false;
            }
        }
        return digitBefore && dots > 0 && text.length() <= MAX_VERSION;
    }
}
