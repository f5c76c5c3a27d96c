package io.github.gpucdi.command;

import io.github.gpucdi.nvmldouble.DoubleConfig;
import io.github.gpucdi.nvmldouble.NvmlDouble;
import io.github.gpucdi.testhost.HostTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A host with two A100 and the few files that a complete spec needs, to be made sick line by line. */
final class SmallHost {
    static final String VERSION = "580.95.05";
    private static final String LIB = "/usr/lib/x86_64-linux-gnu/";

    private final Path folder;
    private final List<String> tree = new ArrayList<>();
    private DoubleConfig nvml;

    private SmallHost(Path folder, DoubleConfig nvml) {
        this.folder = folder;
        this.nvml = nvml;
    }

    /** The healthy host, below {@code folder}. */
    static SmallHost in(Path folder) {
        SmallHost host = new SmallHost(folder, DoubleConfig.of(2, "a100-40").driver(VERSION));
        host.with("nvml " + LIB + "libnvidia-ml.so." + VERSION)
                .with("link " + LIB + "libnvidia-ml.so.1 libnvidia-ml.so." + VERSION)
                .with("lib " + LIB + "libcuda.so." + VERSION + " libcuda.so.1")
                .with("link " + LIB + "libcuda.so.1 libcuda.so." + VERSION)
                .with("lib " + LIB + "libnvidia-ptxjitcompiler.so." + VERSION + " libnvidia-ptxjitcompiler.so.1")
                .with("text /sys/module/nvidia/version " + VERSION + "\\n")
                .with("chr /dev/nvidia0 195 0 666")
                .with("chr /dev/nvidia1 195 1 666")
                .with("chr /dev/nvidiactl 195 255 666")
                .with("chr /dev/nvidia-uvm 510 0 666");
        return host;
    }

    /** Adds an item to the tree. */
    SmallHost with(String item) {
        tree.add(item);
        return this;
    }

    /** Takes the items that hold {@code text} out of the tree. */
    SmallHost without(String text) {
        tree.removeIf(item -> item.contains(text));
        return this;
    }

    /** What NVML answers, to be changed. */
    DoubleConfig nvml() {
        return nvml;
    }

    /** Replaces what NVML answers. */
    SmallHost answering(DoubleConfig answers) {
        nvml = answers;
        return this;
    }

    /** Lays the host out; its root. */
    Path layOut() {
        try {
            Path root = Files.createDirectories(folder.resolve("host"));
            Path plan = Files.createDirectories(folder.resolve("plan"));
            Files.write(plan.resolve("tree"), tree);
            HostTree.layOut(root, plan, NvmlDouble.buildIn(folder.resolve("double"), VERSION));
            NvmlDouble.configure(nvml);
            return root;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
