package io.github.gpucdi.probe;

import io.github.gpucdi.host.Mode;
import io.github.gpucdi.host.Platform;
import io.github.gpucdi.host.ProbeOptions;
import io.github.gpucdi.host.SectionKey;
import io.github.gpucdi.host.SideDevices;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What can be seen, without NVML, of all that a spec depends on: two looks differ if one of them would give another spec.
 * Read, not waited for: the kernel raises no event for {@code /proc} and {@code /sys}, and to see a directory's time is
 * cheap, cannot overflow, and needs no care for directories that are made, moved away or mounted over.
 *
 * @param driver what the driver's libraries are, by where it was seen
 * @param devices the rest, likewise
 */
public record HostState(Map<String, Object> driver, Map<String, Object> devices) {
    private static final String CAPABILITIES = "/proc/driver/nvidia/capabilities";
    private static final String VERSION = "/proc/driver/nvidia/version";
    private static final String MODULE_VERSION = "/sys/module/nvidia/version";
    private static final String CACHE = "/etc/ld.so.cache";
    private static final Pattern GPU = Pattern.compile("gpu[0-9]+");

    private static final String WSL_DEVICE = "/dev/dxg";
    /** The library that knows the driver stores, and where Windows shows them. */
    private static final List<String> WSL_DIRECTORIES = List.of("/usr/lib/wsl/lib", "/usr/lib/wsl/drivers");

    /** Any of them is there while a driver is in the kernel: NVIDIA's, that of Tegra, that of WSL. */
    private static final List<String> MODULES =
            List.of(VERSION, MODULE_VERSION, "/sys/module/nvidia", "/sys/module/nvgpu", WSL_DEVICE);

    /** Looks at a host; the request says which one, and what a spec of it depends on. */
    public static HostState look(ProbeRequest request) {
        RootedFs host = RootedFs.host(request.hostRoot());
        ProbeOptions options = request.options();
        Roots roots = Roots.of(host, options);
        return new HostState(driver(host, roots, options), devices(host, roots, request));
    }

    /** Whether a driver is in the kernel of the host: NVML, asked without one, would have it loaded. */
    public static boolean isDriverLoaded(ProbeRequest request) {
        RootedFs host = RootedFs.host(request.hostRoot());
        for (String path : MODULES) {
            if (host.resolve(path).exists()) {
                return true;
            }
        }
        return false;
    }

    /** Where this look saw something else than an earlier one. */
    public List<String> changedSince(HostState earlier) {
        List<String> changed = new ArrayList<>();
        addChanged(changed, driver, earlier.driver);
        addChanged(changed, devices, earlier.devices);
        return changed;
    }

    private static void addChanged(List<String> changed, Map<String, Object> now, Map<String, Object> earlier) {
        for (Map.Entry<String, Object> place : now.entrySet()) {
            if (!place.getValue().equals(earlier.get(place.getKey()))) {
                changed.add(place.getKey());
            }
        }
    }

    private static Map<String, Object> driver(RootedFs host, Roots roots, ProbeOptions options) {
        Map<String, Object> seen = new LinkedHashMap<>();
        seen.put(VERSION, host.text(VERSION).orElse(""));
        seen.put(MODULE_VERSION, host.text(MODULE_VERSION).orElse(""));
        RootedFs driver = roots.driver();
        Platform platform = PlatformProbe.probe(host, System.getProperty("os.arch"));
        for (Place place : Loader.of(platform).places(roots, options)) {
            seen.put(place.fs().hostPath(place.directory()), place.fs().stamp(place.directory()));
        }
        seen.put(driver.hostPath(CACHE), driver.stamp(CACHE));
        return seen;
    }

    private static Map<String, Object> devices(RootedFs host, Roots roots, ProbeRequest request) {
        Map<String, Object> seen = new LinkedHashMap<>();
        seen.put(CAPABILITIES, instances(host));
        seen.put("/proc/devices", nvidiaLines(host.text("/proc/devices").orElse("")));
        seen.put("/sys/bus/pci/devices", host.list("/sys/bus/pci/devices"));
        seen.put("/sys/bus/pci/drivers/nvidia", host.list("/sys/bus/pci/drivers/nvidia"));
        RootedFs dev = host.below(request.options().devRoot());
        seen.put("/dev", new NodeProbe(dev).probe());
        if (request.sections().contains(SectionKey.CSV)) {
            Loader loader = Loader.of(PlatformProbe.probe(host, System.getProperty("os.arch")));
            seen.put("what CSV files name", new CsvProbe(roots, dev, request.options(), loader).probe());
        }
        for (Mode mode : Mode.values()) {
            Optional<SectionKey<SideDevices>> side = mode.side().filter(request.sections()::contains);
            side.ifPresent(
                    key -> seen.put("the nodes of mode " + mode.word(), new SideProbe(dev, roots.driver()).probe(key)));
        }
        if (request.sections().contains(SectionKey.WSL)) {
            seen.put(WSL_DEVICE, new SideProbe(dev, roots.driver()).find(List.of(WSL_DEVICE)));
            for (String directory : WSL_DIRECTORIES) {
                seen.put(roots.driver().hostPath(directory), roots.driver().stamps(directory));
            }
        }
        seen.put("the hook program", new HookProgramProbe(host).probe(request.options(), request.pathEntries()));
        seen.put("the driver's sockets", new IpcProbe(new FileLocator(new Failures()), roots).probe());
        for (String program : EngineProbe.programs(request.engines())) {
            seen.put(program, host.stamp(program));
        }
        return seen;
    }

    /**
     * The GPU instances: the kernel's tree is {@code gpuN/mig/giM/ciK}. One that is made anew has another stamp, also under its
     * old name, and so has one that gets or loses compute instances.
     */
    private static Map<String, Object> instances(RootedFs host) {
        Map<String, Object> instances = new LinkedHashMap<>();
        for (String name : host.list(CAPABILITIES)) {
            if (GPU.matcher(name).matches()) {
                instances.put(name, host.stamps(CAPABILITIES + "/" + name + "/mig"));
            }
        }
        return instances;
    }

    /** Numbers of other drivers come and go without a meaning for a spec. */
    private static List<String> nvidiaLines(String text) {
        List<String> lines = new ArrayList<>();
        for (String line : Lines.of(text)) {
            if (line.contains("nvidia")) {
                lines.add(line);
            }
        }
        return lines;
    }
}
