package io.github.gpucdi.assemble.mode;

import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.Mode;
import io.github.gpucdi.host.SectionKey;
import io.github.gpucdi.host.WslFacts;
import java.util.Optional;

/** Which mode a host's GPUs are for, in nvidia-ctk's order. */
public final class AutoMode {
    private AutoMode() {}

    /** One of the modes for GPUs. What nobody looked for, as in an older snapshot, is not there. */
    public static Mode of(HostSnapshot snapshot) {
        return isWsl(snapshot) ? Mode.WSL : Mode.NVML;
    }

    /** WSL has a libdxcore; one without its device is a stray file, if there are GPUs without it. */
    private static boolean isWsl(HostSnapshot snapshot) {
        Optional<WslFacts> wsl = snapshot.get(SectionKey.WSL).data();
        return wsl.isPresent() && (!wsl.get().device().nodes().isEmpty() || !hasGpus(snapshot));
    }

    private static boolean hasGpus(HostSnapshot snapshot) {
        return snapshot.get(SectionKey.NVML)
                .data()
                .filter(nvml -> !nvml.gpus().isEmpty())
                .isPresent();
    }
}
