package io.github.gpucdi.doctor;

import io.github.gpucdi.assemble.Assembly;
import io.github.gpucdi.assemble.SpecAssembler;
import io.github.gpucdi.assemble.model.AssembleException;
import io.github.gpucdi.assemble.model.AssembleOptions;
import io.github.gpucdi.assemble.model.Notice;
import io.github.gpucdi.host.DriverVersion;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.Mode;
import io.github.gpucdi.host.NvmlCode;
import io.github.gpucdi.host.NvmlFacts;
import io.github.gpucdi.host.NvmlFailure;
import io.github.gpucdi.host.SectionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether there is a driver with GPUs that a spec can offer now. */
final class DriverCheck {
    private static final String KERNEL_LOG = "dmesg | grep -i -e nvrm -e nvidia";
    private static final String PCI = "lspci -nnk -d 10de:";

    private DriverCheck() {}

    /**
     * What is wrong with the driver.
     *
     * @param mode what the host's GPUs are for
     * @param missingNodes nodes that are already said to be missing, as paths below the dev root
     * @throws AssembleException if the snapshot lacks a section
     */
    static List<Symptom> symptoms(
            Mode mode, HostSnapshot snapshot, AssembleOptions wanted, List<String> missingNodes, Mend mend)
            throws AssembleException {
        try {
            Assembly assembly = SpecAssembler.assemble(mode, snapshot, wanted);
            return ofNotices(assembly.notices(), missingNodes, mend);
        } catch (AssembleException e) {
            if (e.reason() == AssembleException.Reason.USAGE) {
                throw e;
            }
            return List.of(
                    switch (mode) {
                        case WSL -> ofSystem(e, "dmesg | grep -i dxg");
                        case CSV -> ofSystem(e, "gpu-cdi generate --mode=csv --debug" + mend.look());
                        default -> ofFailure(e, snapshot, mend);
                    });
        }
    }

    private static List<Symptom> ofNotices(List<Notice> notices, List<String> missingNodes, Mend mend) {
        List<Symptom> symptoms = new ArrayList<>();
        for (Notice notice : notices) {
            boolean known = notice.id() == Notice.Id.NODE_MISSING && missingNodes.contains(notice.subject());
            List<String> evidence = notice.hint().isEmpty() ? List.of() : List.of(notice.hint());
            if (notice.level() == Notice.Level.LEFT_OUT && !known) {
                symptoms.add(Symptom.of(
                        FindingId.GPU_LEFT_OUT, "driver", notice.what(), evidence, "gpu-cdi devices" + mend.look()));
            } else if (notice.level() == Notice.Level.WARNING && !known) {
                symptoms.add(Symptom.of(FindingId.DRIVER_INCOMPLETE, "driver", notice.what(), evidence, "nvidia-smi"));
            }
        }
        return symptoms;
    }

    /** None of NVIDIA's kernel modules counts where the driver is that of Windows, or of a Tegra system. */
    private static Symptom ofSystem(AssembleException failure, String command) {
        FindingId id = switch (failure.reason()) {
            case NO_ANSWER -> FindingId.DRIVER_NO_ANSWER;
            case HALF_UPGRADED -> FindingId.DRIVER_HALF_UPGRADED;
            default -> FindingId.NO_GPU;
        };
        return Symptom.of(id, "driver", failure.getMessage(), List.of(failure.hint()), command);
    }

    private static Symptom ofFailure(AssembleException failure, HostSnapshot snapshot, Mend mend) {
        FindingId id = id(failure.reason(), snapshot.get(SectionKey.NVML).data());
        List<String> evidence = evidence(failure, snapshot);
        if (id == FindingId.DRIVER_NOT_LOADED) {
            return Symptom.of(id, "driver", failure.getMessage(), evidence, mend.onMachine("modprobe nvidia"));
        }
        if (id != FindingId.DRIVER_MISSING) {
            return Symptom.of(id, "driver", failure.getMessage(), evidence, command(id, mend));
        }
        // All the directories that were searched are too much for a line.
        Throwable searched = failure.getCause();
        evidence.add(0, searched == null ? failure.getMessage() : searched.getMessage());
        return Symptom.of(id, "driver", "there is no NVIDIA driver", evidence, command(id, mend));
    }

    private static FindingId id(AssembleException.Reason reason, Optional<NvmlFacts> nvml) {
        Optional<NvmlFailure> failure = nvml.flatMap(NvmlFacts::failure);
        return switch (reason) {
            case GONE -> {
                if (nvml.isEmpty()) {
                    yield FindingId.DRIVER_MISSING;
                }
                yield failure.isPresent() && failure.get().meaning() == NvmlCode.DRIVER_NOT_LOADED
                        ? FindingId.DRIVER_NOT_LOADED
                        : FindingId.NO_GPU;
            }
            case NOTHING_TO_OFFER, FAILING ->
                nvml.isEmpty() || failure.isPresent() ? FindingId.DRIVER_FAILING : FindingId.NOTHING_TO_OFFER;
            case NO_ANSWER -> FindingId.DRIVER_NO_ANSWER;
            case HALF_UPGRADED -> FindingId.DRIVER_HALF_UPGRADED;
            // Specs are assembled for no engine here.
            case USAGE, UNFIT -> throw new IllegalArgumentException("told before");
        };
    }

    private static List<String> evidence(AssembleException failure, HostSnapshot snapshot) {
        List<String> evidence = new ArrayList<>();
        Optional<DriverVersion> version = snapshot.get(SectionKey.DRIVER).data();
        evidence.add(version.flatMap(DriverVersion::module)
                .map(module -> "loaded kernel module: " + module)
                .orElse("no kernel module named nvidia is loaded"));
        List<String> libraries = version.map(DriverVersion::libraryVersions).orElse(List.of());
        if (!libraries.isEmpty()) {
            evidence.add("installed libraries: " + String.join(", ", libraries));
        }
        evidence.add(failure.hint());
        return evidence;
    }

    private static String command(FindingId id, Mend mend) {
        return switch (id) {
            case DRIVER_HALF_UPGRADED -> "reboot";
            case DRIVER_NO_ANSWER -> KERNEL_LOG;
            case DRIVER_MISSING, NO_GPU -> PCI;
            case NOTHING_TO_OFFER -> "gpu-cdi devices" + mend.look();
            default -> "nvidia-smi";
        };
    }
}
