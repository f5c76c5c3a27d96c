package io.github.gpucdi.nvml;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One open NVML session.
 *
 * <p>Queries of things that a board, platform or older driver may lack answer an empty Optional for the codes that are an {@linkplain
 * NvmlFunction#isAbsence absence} of that call, and throw for the others; queries of things that every device has throw for every code but 0. A
 * text buffer that is too small (7) is enlarged once, and NOT_READY (27) is asked once more.
 *
 * <p>A session belongs to one thread; {@link NvmlThread} gives it one of its own with a time-out.
 */
public final class Nvml implements AutoCloseable {

    private final NvmlCalls calls;
    private boolean open = true;

    private Nvml(NvmlCalls calls) {
        this.calls = calls;
    }

    /**
     * Opens a session: {@code nvmlInit_v2}, or {@code nvmlInit} where that is missing.
     *
     * @param library the loaded library
     * @return the open session, to be closed
     * @throws NvmlException if init fails; {@link NvmlException#isEmptyHost()} tells "no GPUs" (28) from the rest
     */
    public static Nvml open(NvmlLibrary library) {
        NvmlCalls calls = new NvmlCalls(library);
        calls.require(NvmlFunction.INIT);
        return new Nvml(calls);
    }

    /** Ends the session with one {@code nvmlShutdown}; a second close does nothing. Its answer is of no use to anyone. */
    @Override
    public void close() {
        if (open) {
            open = false;
            calls.call(NvmlFunction.SHUTDOWN);
        }
    }

    /**
     * Version of the driver, as in {@code 560.35.03}; it is the suffix of the driver's libraries.
     *
     * @throws NvmlException for any answer but 0
     */
    public String driverVersion() {
        return calls.requireText(NvmlFunction.SYSTEM_GET_DRIVER_VERSION, 80);
    }

    /** Version of NVML, as in {@code 12.560.35.03}. */
    public Optional<String> nvmlVersion() {
        return calls.text(NvmlFunction.SYSTEM_GET_NVML_VERSION, 80);
    }

    /** The newest CUDA version that the driver serves, as in {@code 12.6}; makes NVML load libcuda. */
    public Optional<String> cudaDriverVersion() {
        OptionalInt version = calls.u32(NvmlFunction.SYSTEM_GET_CUDA_DRIVER_VERSION);
        if (version.isEmpty() || version.getAsInt() < 0) {
            return Optional.empty();
        }
        int number = version.getAsInt();
        return Optional.of(number / 1000 + "." + number % 1000 / 10);
    }

    /**
     * Number of GPUs, those included that this process may not open. MIG devices are not counted.
     *
     * @throws NvmlException for any answer but 0
     */
    public int deviceCount() {
        return calls.requireU32(NvmlFunction.DEVICE_GET_COUNT);
    }

    /**
     * What GPUs tell of by themselves, once they are registered.
     *
     * @throws NvmlException if there can be no set of events
     */
    public NvmlEvents events() {
        return new NvmlEvents(calls);
    }

    /**
     * Does work of the caller's on the session's thread under the session's time-out.
     *
     * @param what what the work does, for a message, as in {@code reading /proc/devices}
     * @param work run at once
     * @return what the work gave
     */
    public <T> T step(String what, Supplier<? extends T> work) {
        return calls.step(what, work);
    }

    /**
     * The GPU of one index; NVML attaches it, which may take seconds. The order may change from boot to boot.
     *
     * @param index 0 to {@link #deviceCount()} - 1
     * @throws NvmlException for any answer but 0: often 4, 8, 11, 15 or 17 for one sick GPU
     */
    public Gpu gpu(int index) {
        return new Gpu(calls, calls.requireHandle(NvmlFunction.DEVICE_GET_HANDLE_BY_INDEX, index), index);
    }

    /**
     * All GPUs in order of their index, each attached when the stream comes to it. One that does not answer ends the stream
     * with its exception: ask {@link #gpu} by index to go on to the next. To be consumed on the session's thread while it is
     * open.
     *
     * @throws NvmlException if they cannot be counted; the stream throws it for a GPU, as {@link #gpu}
     */
    public Stream<Gpu> gpus() {
        return IntStream.range(0, deviceCount()).mapToObj(this::gpu);
    }

    /**
     * The GPU or MIG device of a UUID. NVML may attach every GPU it walks past.
     *
     * @param uuid a UUID in the form that {@link NvmlDevice#uuid()} gives
     * @return the device, empty if there is none of that UUID or it is malformed
     * @throws NvmlException for other answers
     */
    public Optional<NvmlDevice> device(String uuid) {
        Optional<Long> handle = calls.handleOrHole(NvmlFunction.DEVICE_GET_HANDLE_BY_UUID, uuid);
        if (handle.isEmpty()) {
            return Optional.empty();
        }
        long device = handle.get();
        int index = calls.requireU32(NvmlFunction.DEVICE_GET_INDEX, device);
        OptionalInt mig = calls.u32(NvmlFunction.DEVICE_IS_MIG_DEVICE_HANDLE, device);
        if (mig.orElse(0) == 0) {
            return Optional.of(new Gpu(calls, device, index));
        }
        long parent = calls.requireHandle(NvmlFunction.DEVICE_GET_DEVICE_HANDLE_FROM_MIG_DEVICE_HANDLE, device);
        Gpu gpu = new Gpu(calls, parent, calls.requireU32(NvmlFunction.DEVICE_GET_INDEX, parent));
        return Optional.of(new MigDevice(calls, gpu, device, index));
    }
}
