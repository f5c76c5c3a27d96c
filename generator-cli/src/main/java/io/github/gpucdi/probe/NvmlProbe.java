package io.github.gpucdi.probe;

import io.github.gpucdi.host.Gpu;
import io.github.gpucdi.host.NvmlFacts;
import io.github.gpucdi.host.NvmlFailure;
import io.github.gpucdi.host.Section;
import io.github.gpucdi.nvml.Nvml;
import io.github.gpucdi.nvml.NvmlException;
import io.github.gpucdi.nvml.NvmlLibrary;
import io.github.gpucdi.nvml.NvmlReturn;
import io.github.gpucdi.nvml.NvmlThread;
import io.github.gpucdi.nvml.NvmlTimeoutException;
import io.github.gpucdi.probe.LibraryLocator.Hit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Asks NVML, in one session, what GPUs there are. One that cannot be asked is told with its failure. */
final class NvmlProbe {
    private final ProbeRequest request;

    NvmlProbe(ProbeRequest request) {
        this.request = request;
    }

    /** Asks a library that was found. */
    Section<NvmlFacts> of(Hit library) {
        try {
            return Section.of(ask(request.loader().load(library.fs().realPath(library.path())), library.hostPath()));
        } catch (NvmlException e) {
            return Section.absent("cannot load " + library.hostPath() + ": " + PathText.escaped(message(e)));
        }
    }

    /**
     * Asks the library that the machine's loader finds.
     *
     * @param searched where it was looked for in vain, for the message
     */
    Section<NvmlFacts> bySoname(String soname, String searched) {
        try {
            return Section.of(ask(request.loader().loadBySoname(), soname));
        } catch (NvmlException e) {
            return Section.absent(searched + "; " + PathText.escaped(message(e)));
        }
    }

    private NvmlFacts ask(NvmlLibrary library, String name) {
        Session session = new Session(name);
        try {
            return NvmlThread.call(library, request.nvmlTimeout(), session::read);
        } catch (NvmlTimeoutException e) {
            int code = NvmlReturn.TIMEOUT.code();
            String text = "no answer within " + request.nvmlTimeout().toMillis() / 1000.0 + " s";
            return failed(name, new NvmlFailure(e.call(), code, text));
        } catch (NvmlException e) {
            // Only initialisation throws: the session keeps what fails in it.
            if (e.answer().atInit() == NvmlReturn.Action.OK) {
                return new NvmlFacts(
                        name, Optional.empty(), Optional.empty(), Optional.empty(), OptionalInt.empty(), List.of());
            }
            return failed(name, failure(e));
        }
    }

    private static NvmlFacts failed(String library, NvmlFailure failure) {
        return new NvmlFacts(
                library, Optional.of(failure), Optional.empty(), Optional.empty(), OptionalInt.empty(), List.of());
    }

    static NvmlFailure failure(NvmlException e) {
        return new NvmlFailure(e.call(), e.answer().code(), e.answer().name());
    }

    private static String message(NvmlException e) {
        return String.valueOf(e.getMessage());
    }

    /** The queries of one session. Runs on NVML's thread, so it has a view of the host of its own. */
    private final class Session {
        private final String library;
        private final List<Gpu> gpus = new ArrayList<>();
        private Optional<String> driverVersion = Optional.empty();
        private Optional<String> nvmlVersion = Optional.empty();
        private OptionalInt cudaVersion = OptionalInt.empty();
        private Optional<NvmlFailure> failure = Optional.empty();

        Session(String library) {
            this.library = library;
        }

        NvmlFacts read(Nvml nvml) {
            try {
                versions(nvml);
                GpuReader reader = new GpuReader(RootedFs.host(request.hostRoot()), request.details());
                int count = nvml.deviceCount();
                for (int index = 0; index < count; index++) {
                    gpus.add(reader.read(nvml, index));
                }
            } catch (NvmlException e) {
                failure = Optional.of(failure(e));
            }
            return new NvmlFacts(library, failure, driverVersion, nvmlVersion, cudaVersion, gpus);
        }

        private void versions(Nvml nvml) {
            try {
                driverVersion = Optional.of(nvml.driverVersion());
                if (request.details()) {
                    nvmlVersion = nvml.nvmlVersion();
                    cudaVersion = cudaNumber(nvml.cudaDriverVersion());
                }
            } catch (NvmlException e) {
                if (e.isFatal()) {
                    throw e;
                }
            }
        }
    }

    /** {@code 12060} for {@code 12.6}. */
    static OptionalInt cudaNumber(Optional<String> version) {
        if (version.isEmpty()) {
            return OptionalInt.empty();
        }
        String text = version.get();
        int dot = text.indexOf('.');
        return OptionalInt.of(
                1000 * Integer.parseInt(text.substring(0, dot)) + 10 * Integer.parseInt(text.substring(dot + 1)));
    }
}
