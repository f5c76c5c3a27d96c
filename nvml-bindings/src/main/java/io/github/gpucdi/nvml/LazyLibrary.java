package io.github.gpucdi.nvml;

import java.util.Optional;
import java.util.function.Supplier;

/** Loads the real library when it is first called. */
final class LazyLibrary implements NvmlLibrary {

    private final Supplier<? extends NvmlLibrary> loader;
    private Optional<NvmlLibrary> loaded = Optional.empty();

    LazyLibrary(Supplier<? extends NvmlLibrary> loader) {
        this.loader = loader;
    }

    @Override
    public int call(NvmlFunction function, Object... arguments) {
        return library().call(function, arguments);
    }

    @Override
    public String errorString(int code) {
        return library().errorString(code);
    }

    private synchronized NvmlLibrary library() {
        if (loaded.isEmpty()) {
            loaded = Optional.of(loader.get());
        }
        return loaded.get();
    }
}
