package io.github.gpucdi.nvml.jna;

import com.sun.jna.Function;
import com.sun.jna.Pointer;
import io.github.gpucdi.nvml.NvmlException;
import io.github.gpucdi.nvml.NvmlFunction;
import io.github.gpucdi.nvml.NvmlLibrary;
import io.github.gpucdi.nvml.NvmlReturn;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * NVML through JNA: signatures, nothing else.
 *
 * <p>Symbols are looked up when first called, with their suffix; a missing one is as good as the answer 13. The library stays
 * loaded until the JVM ends. Outputs are Java arrays that JNA copies, so no native memory is held or freed here, whatever a call
 * that hangs does with it later.
 *
 * <p>JNA is quick and quiet to start only if the launcher sets these system properties: {@code jna.boot.library.path} (where
 * {@code libjnidispatch.so} is), {@code jna.nounpack=true}, {@code jna.noclasspath=true}, {@code jna.nosys=true}, and {@code
 * jna.platform.library.path}, without which it runs {@code ldconfig}.
 */
public final class JnaNvmlLibrary implements NvmlLibrary {

    /** What a library of any driver since 340 calls itself. */
    public static final String SONAME = "libnvidia-ml.so.1";

    private final LoadedLibrary library;

    private JnaNvmlLibrary(LoadedLibrary library) {
        this.library = library;
    }

    /**
     * Loads one file.
     *
     * @param file absolute path
     * @throws NvmlException with the loader's own message and code 12 if it cannot be loaded
     * @throws IllegalArgumentException if the path is not absolute
     * @throws JnaMissingException if JNA itself does not work here
     */
    public static JnaNvmlLibrary load(Path file) {
        if (!file.isAbsolute()) {
            throw new IllegalArgumentException("not an absolute path: " + file);
        }
        return open(file.toString());
    }

    /**
     * Loads what the dynamic loader finds as {@value #SONAME}.
     *
     * @throws NvmlException with the loader's own message and code 12 if it finds none
     * @throws JnaMissingException if JNA itself does not work here
     */
    public static JnaNvmlLibrary loadBySoname() {
        return open(SONAME);
    }

    private static JnaNvmlLibrary open(String name) {
        try {
            return new JnaNvmlLibrary(LoadedLibrary.open(name));
        } catch (UnsatisfiedLinkError e) {
            throw new NvmlException("dlopen", NvmlReturn.LIBRARY_NOT_FOUND.code(), String.valueOf(e.getMessage()));
        }
    }

    @Override
    public int call(NvmlFunction function, Object... arguments) {
        Object[] converted = convert(function, arguments);
        Object last = arguments.length == 0 ? "" : arguments[arguments.length - 1];
        // A refused call may have spoilt the struct that the next symbol is to fill.
        byte[] struct = function.symbols().size() > 1 && last instanceof byte[] bytes ? bytes : new byte[0];
        byte[] asGiven = struct.clone();
        for (String symbol : function.symbols()) {
            Optional<Function> found = library.find(symbol);
            if (found.isPresent()) {
                int code = found.get().invokeInt(converted);
                if (code != NvmlReturn.FUNCTION_NOT_FOUND.code()) {
                    return code;
                }
                System.arraycopy(asGiven, 0, struct, 0, struct.length);
            }
        }
        return NvmlReturn.FUNCTION_NOT_FOUND.code();
    }

    @Override
    public String errorString(int code) {
        Optional<Function> found = library.find("nvmlErrorString");
        if (found.isPresent()) {
            Pointer text = found.get().invokePointer(new Object[] {code});
            if (text != null) {
                return text.getString(0);
            }
        }
        return NvmlLibrary.super.errorString(code);
    }

    /** Whether the library exports a symbol. */
    public boolean exports(String symbol) {
        return library.find(symbol).isPresent();
    }

    private static Object[] convert(NvmlFunction function, Object[] arguments) {
        List<NvmlFunction.Parameter> parameters = function.parameters();
        if (parameters.size() != arguments.length) {
            throw new IllegalArgumentException(
                    function + " takes " + parameters.size() + " arguments, not " + arguments.length);
        }
        List<Object> converted = new ArrayList<>(arguments.length + 1);
        for (int i = 0; i < arguments.length; i++) {
            Object argument = arguments[i];
            switch (parameters.get(i)) {
                case HANDLE -> converted.add(new Pointer((Long) argument));
                case U32 -> converted.add((Integer) argument);
                case U64 -> converted.add((Long) argument);
                case TEXT -> converted.add(((String) argument + '\0').getBytes(StandardCharsets.UTF_8));
                case TEXT_OUT -> {
                    converted.add((byte[]) argument);
                    converted.add(((byte[]) argument).length);
                }
                case U32_OUT -> converted.add((int[]) argument);
                case U64_OUT, HANDLE_OUT -> converted.add((long[]) argument);
                case STRUCT -> converted.add((byte[]) argument);
            }
        }
        return converted.toArray();
    }
}
