/** The program: probes, snapshot, assemblers, doctor, commands. */
module io.github.gpucdi.generator {
    requires transitive io.github.gpucdi.cdi;
    requires transitive io.github.gpucdi.nvml;
    requires tools.jackson.core;
    requires tools.jackson.databind;
    requires tools.jackson.dataformat.yaml;
    requires tools.jackson.dataformat.toml;
    requires info.picocli;
    requires org.snakeyaml.engine;
    requires com.sun.jna;
    requires jdk.unsupported;

    exports io.github.gpucdi.host;
    exports io.github.gpucdi.host.json;
    exports io.github.gpucdi.assemble;
    exports io.github.gpucdi.assemble.model;
    exports io.github.gpucdi.doctor;
    exports io.github.gpucdi.command;
}
