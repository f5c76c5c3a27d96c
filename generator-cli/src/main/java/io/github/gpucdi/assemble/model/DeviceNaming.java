package io.github.gpucdi.assemble.model;

import io.github.gpucdi.host.Gpu;
import io.github.gpucdi.host.MigDevice;
import java.util.Optional;

/** A strategy that names devices. */
public enum DeviceNaming {
    /** {@code 0}, MIG {@code 0:1}: the NVML index. */
    INDEX("index") {
        @Override
        public Optional<String> name(Gpu gpu) {
            return Optional.of(Integer.toString(gpu.index()));
        }

        @Override
        public Optional<String> name(Gpu gpu, MigDevice mig) {
            return Optional.of(gpu.index() + ":" + mig.index());
        }
    },
    /** {@code GPU-…}, {@code MIG-…}. */
    UUID("uuid") {
        @Override
        public Optional<String> name(Gpu gpu) {
            return given(gpu.uuid());
        }

        @Override
        public Optional<String> name(Gpu gpu, MigDevice mig) {
            return given(mig.uuid());
        }
    },
    /** {@code gpu0}, MIG {@code mig0:1}. */
    TYPE_INDEX("type-index") {
        @Override
        public Optional<String> name(Gpu gpu) {
            return Optional.of("gpu" + gpu.index());
        }

        @Override
        public Optional<String> name(Gpu gpu, MigDevice mig) {
            return Optional.of("mig" + gpu.index() + ":" + mig.index());
        }
    },
    /** {@code 0000:65:00.0}, MIG {@code 0000:65:00.0:1}: stable across reboots. */
    PCI("pci") {
        @Override
        public Optional<String> name(Gpu gpu) {
            return gpu.pciAddress();
        }

        @Override
        public Optional<String> name(Gpu gpu, MigDevice mig) {
            return gpu.pciAddress().map(address -> address + ":" + mig.index());
        }
    },
    /** {@code minor0}, MIG {@code minor0:<GPU instance>:<compute instance>}: as the device files are named. */
    MINOR("minor") {
        @Override
        public Optional<String> name(Gpu gpu) {
            return gpu.minor().isPresent() ? Optional.of("minor" + gpu.minor().getAsInt()) : Optional.empty();
        }

        @Override
        public Optional<String> name(Gpu gpu, MigDevice mig) {
            return name(gpu).map(minor -> minor + ":" + mig.gpuInstance() + ":" + mig.computeInstance());
        }
    };

    private final String option;

    DeviceNaming(String option) {
        this.option = option;
    }

    /** The name on the command line. */
    public String option() {
        return option;
    }

    /** The full GPU's name, empty if this strategy has none for it. */
    public abstract Optional<String> name(Gpu gpu);

    /** The MIG device's name, empty if this strategy has none for it. */
    public abstract Optional<String> name(Gpu gpu, MigDevice mig);

    private static Optional<String> given(String uuid) {
        return uuid.isEmpty() ? Optional.empty() : Optional.of(uuid);
    }
}
