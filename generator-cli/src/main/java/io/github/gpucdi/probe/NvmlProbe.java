package io.github.gpucdi.probe;

import io.github.gpucdi.host.Gpu;
import io.github.gpucdi.host.NvmlCode;
import io.github.gpucdi.host.NvmlFacts;
import io.github.gpucdi.host.NvmlFailure;
import io.github.gpucdi.host.PlainText;
import io.github.gpucdi.host.Section;
import io.github.gpucdi.host.SectionKey;
import io.github.gpucdi.nvml.Nvml;
import io.github.gpucdi.nvml.NvmlException;
import io.github.gpucdi.nvml.NvmlFunction;
import io.github.gpucdi.nvml.NvmlLibrary;
import io.github.gpucdi.nvml.NvmlThread;
import io.github.gpucdi.nvml.NvmlTimeoutException;
import io.github.gpucdi.probe.LibraryLocator.Hit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** Asks NVML, in one session, what GPUs there are. One that cannot be asked is told with its failure. */
final class NvmlProbe {
    /** What {@link NvmlLoader} names as the failed call. */
    private static final String LOAD = "dlopen";

    private final ProbeRequest request;

    NvmlProbe(ProbeRequest request) {
        this.request = request;
    }

    /** Asks a library that was found. */
    Section<NvmlFacts> of(Hit library) {
        Path file = library.fs().realPath(library.path());
        return ask(() -> request.loader().load(file), library.hostPath(), "cannot load " + library.hostPath());
    }

    /**
     * Asks the library that the machine's loader finds.
     *
     * @param searched where it was looked for in vain, for the message
     */
    Section<NvmlFacts> bySoname(String soname, String searched) {
        return ask(() -> request.loader().loadBySoname(), soname, searched);
    }

    /** Loads within the session: a file system that hangs is a call without answer, too. */
    private Section<NvmlFacts> ask(Supplier<NvmlLibrary> loader, String name, String notLoaded) {
        Session session = new Session(name);
        NvmlLibrary library = NvmlLibrary.loadedOnFirstCall(loader);
        try {
            return Section.of(NvmlThread.call(library, request.nvmlTimeout(), session::read));
        } catch (NvmlTimeoutException e) {
            return Section.of(failed(name, noAnswer(e.call(), request.nvmlTimeout())));
        } catch (NvmlException e) {
            // Only loading and initialisation throw: the session keeps what fails in it.
            if (e.call().equals(LOAD)) {
                return Section.absent(notLoaded + ": " + PlainText.escaped(String.valueOf(e.getMessage())));
            }
            if (e.isEmptyHost()) {
                return Section.of(new NvmlFacts(
                        name, Optional.empty(), Optional.empty(), Optional.empty(), OptionalInt.empty(), List.of()));
            }
            return Section.of(failed(name, failure(e)));
        }
    }

    /** The failure of what did not end in time. */
    static NvmlFailure noAnswer(String what, Duration limit) {
        return new NvmlFailure(what, NvmlCode.TIMEOUT.number(), "no answer within " + limit.toMillis() / 1000.0 + " s");
    }

    static NvmlFacts failed(String library, NvmlFailure failure) {
        return new NvmlFacts(
                library, Optional.of(failure), Optional.empty(), Optional.empty(), OptionalInt.empty(), List.of());
    }

    static NvmlFailure failure(NvmlException e) {
        return new NvmlFailure(e.call(), e.answer().code(), e.answer().name());
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
                GpuReader reader = new GpuReader(nvml, RootedFs.host(request.hostRoot()), request.gpuDetails());
                int count = nvml.deviceCount();
                if (count < 0 || count > NvmlFacts.MAX_GPUS) {
                    failure = Optional.of(GpuReader.nonsense(
                            NvmlFunction.DEVICE_GET_COUNT, Integer.toUnsignedString(count) + " GPUs"));
                    count = 0;
                }
                for (int index = 0; index < count; index++) {
                    gpus.add(reader.read(index));
                }
            } catch (NvmlException e) {
                failure = Optional.of(failure(e));
            }
            return new NvmlFacts(library, failure, driverVersion, nvmlVersion, cudaVersion, gpus);
        }

        private void versions(Nvml nvml) {
            try {
                // Anything else is no file's suffix: what the files are called will tell the version.
                driverVersion = Optional.of(nvml.driverVersion()).filter(DriverVersionProbe::isVersion);
            } catch (NvmlException e) {
                GpuReader.own(e);
            }
            if (request.gpuDetails()) {
                nvmlVersion = GpuReader.shown(nvml::nvmlVersion, Optional.<String>empty())
                        .map(PlainText::escaped);
            }
            if (request.gpuDetails()
                    || request.cudaVersion()
                    || request.sections().contains(SectionKey.CSV)) {
                cudaVersion = cudaNumber(GpuReader.shown(nvml::cudaDriverVersion, Optional.empty()));
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
