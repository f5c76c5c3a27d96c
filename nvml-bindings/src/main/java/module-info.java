/** NVML, NVIDIA's management library, for Java: a session, its devices, and the JNA binding below. */
module io.github.gpucdi.nvml {
    requires com.sun.jna;
    requires static org.jspecify;

    exports io.github.gpucdi.nvml;
    exports io.github.gpucdi.nvml.jna;
}
