/** A double of NVML for tests: built from C on the spot, and answering what it is told. */
module io.github.gpucdi.nvmldouble {
    requires static org.jspecify;

    exports io.github.gpucdi.nvmldouble;
}
