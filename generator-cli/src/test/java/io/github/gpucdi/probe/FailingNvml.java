package io.github.gpucdi.probe;

import io.github.gpucdi.nvml.NvmlFunction;
import io.github.gpucdi.nvml.NvmlLibrary;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An NVML that knows which device each call is about, and lets one call of one device fail, spoiling its outputs. */
final class FailingNvml implements NvmlLibrary, NvmlLoader {
    /** The subject of calls about GPU and compute instances. */
    static final String INSTANCE = "instance";

    /**
     * A call and what it is about.
     *
     * @param subject {@code 1} for GPU 1, {@code 1:0} for its MIG device 0, empty for the system
     */
    record Call(NvmlFunction function, String subject) {}

    private final NvmlLibrary library;
    private final Optional<Call> failing;
    private final int code;
    private final Map<Long, String> subjects = new LinkedHashMap<>();
    private final Set<Call> calls = new LinkedHashSet<>();

    private FailingNvml(NvmlLibrary library, Optional<Call> failing, int code) {
        this.library = library;
        this.failing = failing;
        this.code = code;
    }

    static FailingNvml recording(NvmlLibrary library) {
        return new FailingNvml(library, Optional.empty(), 0);
    }

    static FailingNvml failing(NvmlLibrary library, Call call, int code) {
        return new FailingNvml(library, Optional.of(call), code);
    }

    /** All calls so far. */
    Set<Call> calls() {
        return calls;
    }

    @Override
    public NvmlLibrary load(Path file) {
        return this;
    }

    @Override
    public NvmlLibrary loadBySoname() {
        return this;
    }

    @Override
    public int call(NvmlFunction function, Object... arguments) {
        Call call = new Call(function, subject(function, arguments));
        calls.add(call);
        if (failing.isPresent() && failing.get().equals(call)) {
            // A shutdown that is refused would leave the double's session open.
            if (function == NvmlFunction.SHUTDOWN) {
                library.call(function, arguments);
            }
            spoil(arguments);
            return code;
        }
        int answer = library.call(function, arguments);
        if (answer == 0 && arguments.length > 0 && arguments[arguments.length - 1] instanceof long[] handle) {
            subjects.put(handle[0], isInstance(function) ? INSTANCE : call.subject());
        }
        return answer;
    }

    private static boolean isInstance(NvmlFunction function) {
        return function == NvmlFunction.DEVICE_GET_GPU_INSTANCE_BY_ID
                || function == NvmlFunction.GPU_INSTANCE_GET_COMPUTE_INSTANCE_BY_ID;
    }

    private String subject(NvmlFunction function, Object[] arguments) {
        if (arguments.length == 0 || arguments[0].getClass().isArray()) {
            return "";
        }
        if (function == NvmlFunction.DEVICE_GET_HANDLE_BY_INDEX) {
            return arguments[0].toString();
        }
        String subject = subjects.getOrDefault(arguments[0], INSTANCE);
        return function == NvmlFunction.DEVICE_GET_MIG_DEVICE_HANDLE_BY_INDEX ? subject + ":" + arguments[1] : subject;
    }

    private static void spoil(Object[] arguments) {
        for (Object argument : arguments) {
            if (argument instanceof byte[] bytes) {
                Arrays.fill(bytes, (byte) 0xA5);
            } else if (argument instanceof int[] numbers) {
                Arrays.fill(numbers, 0xA5A5A5A5);
            } else if (argument instanceof long[] handles) {
                Arrays.fill(handles, 0xA5A5A5A5A5A5A5A5L);
            }
        }
    }
}
