/** The Container Device Interface: model, text forms, validation, publishing and injection of specs. */
module io.github.gpucdi.cdi {
    requires static org.jspecify;
    requires org.snakeyaml.engine;

    exports io.github.gpucdi.cdi.edit;
    exports io.github.gpucdi.cdi.engine;
    exports io.github.gpucdi.cdi.inject;
    exports io.github.gpucdi.cdi.publish;
    exports io.github.gpucdi.cdi.registry;
    exports io.github.gpucdi.cdi.spec;
    exports io.github.gpucdi.cdi.text.read;
    exports io.github.gpucdi.cdi.text.write;
    exports io.github.gpucdi.cdi.validate;
}
