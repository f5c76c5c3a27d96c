/** Doubles of NVML and other libraries for tests: built from C on the spot, and answering what they are told. */
module io.github.gpucdi.nvmldouble {
    requires static org.jspecify;

    exports io.github.gpucdi.nvmldouble;
}
