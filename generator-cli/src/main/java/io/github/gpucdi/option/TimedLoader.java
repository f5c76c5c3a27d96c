package io.github.gpucdi.option;

import io.github.gpucdi.nvml.NvmlFunction;
import io.github.gpucdi.nvml.NvmlLibrary;
import io.github.gpucdi.nvml.NvmlReturn;
import io.github.gpucdi.probe.NvmlLoader;
import io.github.gpucdi.terminal.Console;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Tells whoever debugs how long NVML's calls took, once their session is over.
 *
 * @param loader loads the library
 * @param console where it is told
 */
record TimedLoader(NvmlLoader loader, Console console) implements NvmlLoader {
    @Override
    public NvmlLibrary load(Path file) {
        return timed(() -> loader.load(file));
    }

    @Override
    public NvmlLibrary loadBySoname() {
        return timed(loader::loadBySoname);
    }

    private NvmlLibrary timed(Supplier<NvmlLibrary> load) {
        long begun = System.nanoTime();
        NvmlLibrary library = load.get();
        Timed timed = new Timed(library, console);
        timed.took("dlopen", begun);
        return timed;
    }

    /** Used by one thread, the session's. */
    private static final class Timed implements NvmlLibrary {
        private final NvmlLibrary library;
        private final Console console;
        private final Map<String, CallTimes> times = new LinkedHashMap<>();

        Timed(NvmlLibrary library, Console console) {
            this.library = library;
            this.console = console;
        }

        @Override
        public int call(NvmlFunction function, Object... arguments) {
            long begun = System.nanoTime();
            int code = library.call(function, arguments);
            took(function.symbol(), begun);
            boolean failed = function == NvmlFunction.INIT && code != NvmlReturn.SUCCESS.code();
            if (failed || function == NvmlFunction.SHUTDOWN) {
                times.forEach((name, all) -> console.debug("time of " + name + ": " + all.told()));
                times.clear();
            }
            return code;
        }

        @Override
        public String errorString(int code) {
            return library.errorString(code);
        }

        private void took(String call, long begun) {
            times.computeIfAbsent(call, name -> new CallTimes()).add(System.nanoTime() - begun);
        }
    }
}
