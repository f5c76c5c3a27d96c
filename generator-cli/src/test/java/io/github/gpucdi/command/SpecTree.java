package io.github.gpucdi.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Spec files of a test, below one directory. */
record SpecTree(Path root) {
    /** Nodes that need nothing of the host. */
    static final String NODE = "deviceNodes: [{path: /dev/acme, type: c, major: 240, minor: 7, fileMode: 438}]";

    /** Writes a spec of kind {@code acme.com/widget}; each device sets a variable {@code D_name}. */
    SpecTree put(String path, String... devices) throws IOException {
        String value = path.replaceAll("\\p{Cntrl}", "");
        StringBuilder text = new StringBuilder("cdiVersion: 0.5.0\nkind: acme.com/widget\n");
        text.append("containerEdits: {env: [\"COMMON=").append(value).append("\"]}\ndevices:\n");
        for (String device : devices) {
            text.append("- {name: \"").append(device).append("\", containerEdits: {env: [\"D_");
            text.append(device)
                    .append('=')
                    .append(value)
                    .append("\"], ")
                    .append(NODE)
                    .append("}}\n");
        }
        return write(path, text.toString());
    }

    SpecTree write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }

    String at(String path) {
        return root.resolve(path).toString();
    }

    /** The option that names directories below it. */
    String dirs(String... names) {
        StringBuilder option = new StringBuilder("--spec-dir=");
        for (String name : names) {
            option.append(option.toString().endsWith("=") ? "" : ",").append(at(name));
        }
        return option.toString();
    }
}
