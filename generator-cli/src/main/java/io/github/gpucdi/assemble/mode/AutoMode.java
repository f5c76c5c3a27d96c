package io.github.gpucdi.assemble.mode;

import io.github.gpucdi.host.CsvFacts;
import io.github.gpucdi.host.CsvFile;
import io.github.gpucdi.host.Gpu;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.Mode;
import io.github.gpucdi.host.NvmlFacts;
import io.github.gpucdi.host.Section;
import io.github.gpucdi.host.SectionKey;
import io.github.gpucdi.host.WslFacts;
import java.util.List;
import java.util.Optional;

/** Which mode a host's GPUs are for, in nvidia-ctk's order. */
public final class AutoMode {
    private AutoMode() {}

    /** One of the modes for GPUs. What nobody looked for, as in an older snapshot, is not there. */
    public static Mode of(HostSnapshot snapshot) {
        Section<NvmlFacts> nvml = snapshot.get(SectionKey.NVML);
        List<Gpu> gpus = nvml.data().map(NvmlFacts::gpus).orElse(List.of());
        if (isWsl(snapshot, gpus)) {
            return Mode.WSL;
        }
        Optional<CsvFacts> csv = snapshot.get(SectionKey.CSV).data();
        if (csv.isPresent()) {
            boolean noNvml = nvml instanceof Section.Absent<NvmlFacts>;
            if (noNvml && csv.get().tegra().isPresent() || hasIntegrated(gpus) && hasContent(csv.get())) {
                return Mode.CSV;
            }
        }
        return Mode.NVML;
    }

    /** WSL has a libdxcore; one without its device is a stray file, if there are GPUs without it. */
    private static boolean isWsl(HostSnapshot snapshot, List<Gpu> gpus) {
        Optional<WslFacts> wsl = snapshot.get(SectionKey.WSL).data();
        return wsl.isPresent() && (!wsl.get().device().nodes().isEmpty() || gpus.isEmpty());
    }

    private static boolean hasIntegrated(List<Gpu> gpus) {
        for (Gpu gpu : gpus) {
            if (CsvMode.isIntegrated(gpu)) {
                return true;
            }
        }
        return false;
    }

    /** Without CSV files NVML serves the GPU of a processor too; files that are no good are told of, not passed over. */
    private static boolean hasContent(CsvFacts csv) {
        for (CsvFile file : csv.files()) {
            boolean empty = file.entries().isEmpty() && file.rejected().isEmpty();
            boolean none = file.state() == CsvFile.State.MISSING || file.state() == CsvFile.State.READ && empty;
            if (!none) {
                return true;
            }
        }
        return false;
    }
}
