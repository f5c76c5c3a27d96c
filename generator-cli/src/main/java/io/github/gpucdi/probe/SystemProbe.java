package io.github.gpucdi.probe;

import io.github.gpucdi.host.CharNode;
import io.github.gpucdi.host.DeviceMajor;
import io.github.gpucdi.host.DeviceNodes;
import io.github.gpucdi.host.HostPath;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the commands look at that make device nodes and links to them: one look at the machine. Paths given are absolute, as
 * the host calls them; those of nodes are below the dev root.
 */
public final class SystemProbe {
    private static final String DEV = "/dev";
    private static final String GPUS = "/proc/driver/nvidia/gpus";
    private static final String MINOR = "Device Minor:";
    private static final String NVIDIA = "0x10de";
    /** PCI classes: VGA compatible and 3D controllers. */
    private static final List<String> DISPLAY = List.of("0x0300", "0x0302");

    private final String driverRoot;
    private final RootedFs host;
    private final RootedFs driver;
    private final RootedFs dev;

    /**
     * Looks at a host.
     *
     * @param hostRoot where its root directory is
     * @param driverRoot where the driver is in it, absolute and normalised
     * @param devRoot where {@code dev} is in it, likewise
     */
    public SystemProbe(Path hostRoot, String driverRoot, String devRoot) {
        this.driverRoot = driverRoot;
        this.host = RootedFs.host(hostRoot);
        this.driver = host.below(driverRoot);
        this.dev = host.below(devRoot);
    }

    /**
     * What has a name, links not followed.
     *
     * @param what it is, in words; empty if there is nothing
     * @param node the character device that it is
     * @param link where the symbolic link that it is leads
     */
    public record Standing(String what, Optional<CharNode> node, Optional<String> link) {

        /** Whether there is nothing. */
        public boolean isNothing() {
            return what.isEmpty();
        }
    }

    /** The numbers of NVIDIA's drivers in the kernel; empty if the kernel's list cannot be read. */
    public Optional<List<DeviceMajor>> majors() {
        return host.text(EnvironmentProbe.DEVICES).map(EnvironmentProbe::majors);
    }

    /** The device nodes of NVIDIA's drivers, by path. */
    public List<CharNode> nodes() {
        return new NodeProbe(dev).probe().data().map(DeviceNodes::nodes).orElse(List.of());
    }

    /** What stands in the place of a node. */
    public Standing node(String path) {
        return standing(dev, path);
    }

    /** What the host calls a path of the dev root. */
    public String ofNode(String path) {
        return dev.hostPath(path);
    }

    /** Where this machine finds the directory of the nodes; empty if it is none. */
    public Optional<Path> nodeDirectory() {
        return directory(dev, DEV);
    }

    /** What stands at a path of the host. */
    public Standing at(String path) {
        return standing(host, path);
    }

    /** Where this machine finds a directory of the host; empty if it is none. */
    public Optional<Path> directory(String path) {
        return directory(host, path);
    }

    /** Where this machine finds the driver root; empty if it is no directory. */
    public Optional<Path> driver() {
        return directory(driver, "/");
    }

    /** Why a program below the driver root is not to be run as root there; empty if it can be run with an easy mind. */
    public Optional<String> faultOfProgram(String path) {
        Optional<String> above = new TrustedProgram(host).unsafe(host.resolve(driverRoot));
        return above.isPresent() ? above : new TrustedProgram(driver).fault(driver.resolve(path));
    }

    /**
     * The minor numbers of GPUs, as the driver tells them; if it tells of no GPU, they are counted on the PCI bus, in whose
     * order it numbers them.
     */
    public SortedSet<Integer> gpuMinors() {
        SortedSet<Integer> minors = new TreeSet<>();
        for (String gpu : host.list(GPUS)) {
            minor(gpu).ifPresent(minors::add);
        }
        if (host.list(GPUS).isEmpty()) {
            for (String device : host.list(DrmProbe.DEVICES)) {
                if (isGpu(DrmProbe.DEVICES + "/" + device)) {
                    minors.add(minors.size());
                }
            }
        }
        return minors;
    }

    /** The GPUs of which the driver does not tell the minor number, by their addresses. */
    public List<String> silentGpus() {
        List<String> silent = new ArrayList<>();
        for (String gpu : host.list(GPUS)) {
            if (minor(gpu).isEmpty()) {
                silent.add(gpu);
            }
        }
        return silent;
    }

    private OptionalInt minor(String gpu) {
        return CapabilityProbe.numberAfter(
                MINOR, host.text(GPUS + "/" + gpu + "/information").orElse(""));
    }

    private boolean isGpu(String device) {
        String kind = host.text(device + "/class").orElse("");
        return host.text(device + "/vendor").orElse("").strip().equals(NVIDIA)
                && DISPLAY.contains(kind.substring(0, Math.min(6, kind.length())));
    }

    /** The minor number of each MIG capability that there could be, by its name, such as {@code gpu0/gi1/access}. */
    public Map<String, Integer> migMinors() {
        return new CapabilityProbe(host).table();
    }

    private static Optional<Path> directory(RootedFs fs, String path) {
        Resolution resolution = fs.resolve(path);
        return resolution.kind() == Resolution.Kind.DIRECTORY
                ? Optional.of(fs.realPath(resolution.path()))
                : Optional.empty();
    }

    private static Standing standing(RootedFs fs, String path) {
        String directory = HostPath.parent(path);
        String name = HostPath.name(path);
        Optional<Inode> inode = fs.inode(directory, name);
        return new Standing(
                inode.map(Inode::what).orElse(""),
                inode.filter(Inode::isCharacterDevice).map(found -> found.node(path)),
                fs.linkTarget(directory, name));
    }
}
