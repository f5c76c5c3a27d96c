package io.github.gpucdi.assemble.mode;

import io.github.gpucdi.assemble.model.AssembleException;
import io.github.gpucdi.assemble.model.Notices;
import io.github.gpucdi.host.DeviceNodes;
import io.github.gpucdi.host.DriverFiles;
import io.github.gpucdi.host.DriverVersion;
import io.github.gpucdi.host.FailedLookup;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.Library;
import io.github.gpucdi.host.NvmlCode;
import io.github.gpucdi.host.NvmlFacts;
import io.github.gpucdi.host.NvmlFailure;
import io.github.gpucdi.host.Section;
import io.github.gpucdi.host.SectionKey;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Whether a snapshot's driver can be offered at all, and if not, why. */
public final class DriverHealth {
    private static final String NVML = "libnvidia-ml.so.1";
    private static final String NO_DRIVER_HINT =
            "install the NVIDIA driver, or point --driver-root at it; nvidia-smi must work first";

    private DriverHealth() {}

    /**
     * NVML's answers, if there is a driver that works.
     *
     * @throws AssembleException with the reason why there is none
     */
    public static NvmlFacts working(HostSnapshot snapshot) throws AssembleException {
        Section<NvmlFacts> nvml = required(snapshot, SectionKey.NVML);
        Optional<DriverVersion> version = snapshot.get(SectionKey.DRIVER).data();
        if (nvml instanceof Section.Absent<NvmlFacts> absent) {
            failIfHalfUpgraded(version, absent.reason());
            if (isInstalled(snapshot)) {
                throw failing(absent.reason(), NO_DRIVER_HINT);
            }
            throw new AssembleException(
                    AssembleException.Reason.GONE,
                    "no " + NVML + " below driver root " + snapshot.options().driverRoot()
                            + ": there is no NVIDIA driver",
                    NO_DRIVER_HINT,
                    new NoSuchElementException(absent.reason()));
        }
        NvmlFacts facts = nvml.data().orElseThrow();
        if (facts.failure().isPresent()) {
            NvmlFailure failure = facts.failure().get();
            failIfSilent(snapshot);
            failIfMismatched(failure);
            String what = failure.sentence();
            failIfHalfUpgraded(version, what);
            String hint = hintFor(failure.meaning());
            throw switch (failure.meaning()) {
                case DRIVER_NOT_LOADED, GPU_NOT_FOUND -> gone(what, hint);
                default -> failing(what, hint);
            };
        }
        return facts;
    }

    /** A host of which a part did not answer: what looks absent may be there. */
    static void failIfSilent(HostSnapshot snapshot) throws AssembleException {
        Optional<NvmlFacts> facts = snapshot.get(SectionKey.NVML).data();
        if (facts.isPresent() && facts.get().failure().isPresent()) {
            NvmlFailure failure = facts.get().failure().get();
            if (failure.meaning() == NvmlCode.TIMEOUT) {
                throw new AssembleException(
                        AssembleException.Reason.NO_ANSWER,
                        failure.call() + ": " + failure.text(),
                        "the driver or a file system hangs: dmesg may say why; a longer wait is --nvml-timeout");
            }
        }
    }

    /** The driver files of the version in use. */
    public static DriverFiles files(HostSnapshot snapshot) throws AssembleException {
        Section<DriverFiles> files = required(snapshot, SectionKey.FILES);
        if (files instanceof Section.Absent<DriverFiles> absent) {
            throw nothing(absent.reason(), NO_DRIVER_HINT);
        }
        return files.data().orElseThrow();
    }

    /** The device nodes; that none could be looked for is not that there is none. */
    static DeviceNodes nodes(HostSnapshot snapshot) throws AssembleException {
        Section<DeviceNodes> nodes = required(snapshot, SectionKey.NODES);
        if (nodes instanceof Section.Absent<DeviceNodes> absent) {
            throw failing(absent.reason(), "run as root, and check --dev-root");
        }
        return nodes.data().orElseThrow();
    }

    /** The version whose files the spec mounts; at least one of its two main libraries must be there. */
    public static String version(HostSnapshot snapshot, DriverFiles files, Notices notices) throws AssembleException {
        String version = required(snapshot, SectionKey.DRIVER)
                .data()
                .flatMap(DriverVersion::version)
                .orElseThrow(() -> nothing("no source tells the driver's version", NO_DRIVER_HINT));
        boolean cuda = has(files, "libcuda", version);
        boolean nvml = has(files, "libnvidia-ml", version);
        String where = " below driver root " + snapshot.options().driverRoot();
        if (!cuda && !nvml) {
            throw nothing(
                    "neither libcuda.so." + version + " nor libnvidia-ml.so." + version + " is" + where,
                    "check --driver-root and --library-search-path; the driver in use is " + version);
        }
        for (String library : List.of("libcuda", "libnvidia-ml", "libnvidia-ptxjitcompiler")) {
            if (!has(files, library, version)) {
                notices.warning(
                        library + ".so." + version + " is not" + where,
                        "CUDA programs need it: install the driver's compute libraries of version " + version);
            }
        }
        return version;
    }

    /**
     * A section without which nothing can be decided.
     *
     * @throws AssembleException of reason {@code USAGE} if nobody probed it
     */
    public static <T> Section<T> required(HostSnapshot snapshot, SectionKey<T> key) throws AssembleException {
        Section<T> section = snapshot.get(key);
        if (section instanceof Section.NotProbed) {
            throw new AssembleException(
                    AssembleException.Reason.USAGE,
                    "the snapshot has no section '" + key.name() + "'",
                    "make it anew with: gpu-cdi snapshot");
        }
        return section;
    }

    /** Whether a library is there, by the name with its version or, in some packages, by its SONAME. */
    private static boolean has(DriverFiles files, String stem, String version) {
        for (Library library : files.libraries()) {
            if (library.isCalled(stem + ".so." + version) || library.isCalled(stem + ".so.1")) {
                return true;
            }
        }
        return false;
    }

    /** Libraries that say themselves that the loaded module is of another version. */
    static void failIfMismatched(NvmlFailure failure) throws AssembleException {
        if (failure.meaning() == NvmlCode.LIB_RM_VERSION_MISMATCH) {
            throw halfUpgraded("the driver's libraries and its loaded kernel module differ: " + failure.sentence());
        }
    }

    /** A loaded module of one version, and libraries of others only. */
    static void failIfHalfUpgraded(Optional<DriverVersion> version, String because) throws AssembleException {
        if (version.isEmpty() || version.get().module().isEmpty()) {
            return;
        }
        String module = version.get().module().get();
        List<String> installed = version.get().libraryVersions();
        if (!installed.isEmpty() && !installed.contains(module)) {
            throw halfUpgraded("the loaded kernel module is " + module + ", the installed libraries are "
                    + String.join(", ", installed) + " (" + because + ")");
        }
    }

    private static AssembleException halfUpgraded(String what) {
        return new AssembleException(
                AssembleException.Reason.HALF_UPGRADED,
                what,
                "reboot, or unload and load the nvidia kernel modules; an existing spec was kept");
    }

    /** Whether NVML's file was found, whatever came of it. */
    private static boolean isInstalled(HostSnapshot snapshot) {
        for (FailedLookup lookup :
                snapshot.get(SectionKey.FILES).data().map(DriverFiles::failed).orElse(List.of())) {
            if (lookup.name().equals(NVML) && lookup.reason() == FailedLookup.Reason.NOT_FOUND) {
                return false;
            }
        }
        return snapshot.get(SectionKey.FILES).data().isPresent();
    }

    public static AssembleException gone(String what, String hint) {
        return new AssembleException(AssembleException.Reason.GONE, what, hint);
    }

    private static AssembleException failing(String what, String hint) {
        return new AssembleException(AssembleException.Reason.FAILING, what, hint);
    }

    private static AssembleException nothing(String what, String hint) {
        return new AssembleException(AssembleException.Reason.NOTHING_TO_OFFER, what, hint);
    }

    private static String hintFor(NvmlCode code) {
        return switch (code) {
            case NO_PERMISSION -> "run as root, or as a user who may open /dev/nvidiactl";
            case DRIVER_NOT_LOADED -> "load the kernel module: modprobe nvidia; dmesg says why if it fails";
            case LIBRARY_NOT_FOUND -> NO_DRIVER_HINT;
            case OPERATING_SYSTEM, UNKNOWN ->
                "is the device access of this process limited (container, cgroup)? dmesg and nvidia-smi tell more";
            case GPU_NOT_FOUND -> "no GPU is attached to the nvidia driver: see lspci -d 10de: and dmesg";
            default -> "nvidia-smi must work first; dmesg tells more";
        };
    }
}
