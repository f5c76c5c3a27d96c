package io.github.gpucdi.nvml.jna;

import com.sun.jna.Function;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/** A library that JNA has loaded, and its functions by name. It stays loaded until the JVM ends. */
public final class LoadedLibrary {

    /** RTLD_LAZY alone: symbols stay local to the handle. */
    private static final int OPEN_FLAGS = 1;

    /** JNA closes a library that nobody holds any more, at some collection of garbage: no driver likes that. */
    private static final Map<String, NativeLibrary> HELD = new ConcurrentHashMap<>();

    private final NativeLibrary library;
    private final Map<String, Optional<Function>> symbols = new ConcurrentHashMap<>();

    private LoadedLibrary(NativeLibrary library) {
        this.library = library;
    }

    /**
     * Loads a library.
     *
     * @param name an absolute path, or a SONAME that the dynamic loader is to find
     * @throws UnsatisfiedLinkError with the loader's own message if it cannot be loaded
     * @throws JnaMissingException if JNA itself does not work here
     */
    public static LoadedLibrary open(String name) {
        requireJna();
        try {
            NativeLibrary library = NativeLibrary.getInstance(name, Map.of(Library.OPTION_OPEN_FLAGS, OPEN_FLAGS));
            HELD.put(name, library);
            return new LoadedLibrary(library);
        } catch (UnsatisfiedLinkError e) {
            throw new UnsatisfiedLinkError(loaderMessage(e, name));
        }
    }

    /**
     * Calls a function that gives an {@code int}.
     *
     * @param arguments as JNA takes them
     * @return what it gives; empty if the library exports no such symbol
     */
    public OptionalInt invokeInt(String symbol, Object... arguments) {
        Optional<Function> found = find(symbol);
        return found.isPresent() ? OptionalInt.of(found.get().invokeInt(arguments)) : OptionalInt.empty();
    }

    /** A function of the library's; empty if it exports no such symbol. */
    Optional<Function> find(String symbol) {
        Optional<Function> known = symbols.get(symbol);
        if (known != null) {
            return known;
        }
        Optional<Function> found;
        try {
            found = Optional.of(library.getFunction(symbol));
        } catch (UnsatisfiedLinkError e) {
            found = Optional.empty();
        }
        symbols.put(symbol, found);
        return found;
    }

    /** Its class initialises only with {@code libjnidispatch.so}; without it, it ends in other errors than a failed dlopen. */
    private static void requireJna() {
        try {
            if (Native.POINTER_SIZE == 0) {
                throw new UnsatisfiedLinkError("no pointers");
            }
        } catch (VirtualMachineError e) {
            throw e;
        } catch (Error e) {
            throw new JnaMissingException(e);
        }
    }

    /** JNA says "Unable to load library" and then, line by line, what dlopen said to each name it tried; ours comes first. */
    private static String loaderMessage(UnsatisfiedLinkError e, String name) {
        String message = String.valueOf(e.getMessage()).strip();
        int heading = message.indexOf('\n');
        int end = heading < 0 ? -1 : message.indexOf('\n', heading + 1);
        String line =
                message.substring(heading + 1, end < 0 ? message.length() : end).strip();
        return line.contains(name) ? line : name + ": " + line;
    }
}
