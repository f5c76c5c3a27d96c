package io.github.gpucdi.assemble.mode;

import io.github.gpucdi.assemble.model.DeviceNaming;
import io.github.gpucdi.host.Gpu;
import io.github.gpucdi.host.MigDevice;
import java.util.Optional;

/** A GPU or MIG device that the spec is to offer. */
public sealed interface Selected extends ModeDevice {

    /** The GPU, or the GPU that the MIG device is a part of. */
    Gpu gpu();

    /** A whole GPU. */
    record Full(Gpu gpu) implements Selected {
        @Override
        public Optional<String> name(DeviceNaming naming) {
            return naming.name(gpu);
        }

        @Override
        public String label() {
            return label(gpu);
        }

        static String label(Gpu gpu) {
            return "GPU " + gpu.index() + (gpu.uuid().isEmpty() ? "" : " (" + gpu.uuid() + ")");
        }

        /** Written out: what the compiler makes of a record is linked anew in each run, which costs a start. */
        @Override
        public int hashCode() {
            return gpu.hashCode();
        }
    }

    /** A MIG device. */
    record Mig(Gpu gpu, MigDevice mig) implements Selected {
        @Override
        public Optional<String> name(DeviceNaming naming) {
            return naming.name(gpu, mig);
        }

        @Override
        public String label() {
            return "MIG device " + gpu.index() + ":" + mig.index()
                    + (mig.uuid().isEmpty() ? "" : " (" + mig.uuid() + ")");
        }

        /** Written out: what the compiler makes of a record is linked anew in each run, which costs a start. */
        @Override
        public int hashCode() {
            return mig.hashCode();
        }
    }
}
