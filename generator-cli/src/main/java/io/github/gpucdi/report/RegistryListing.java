package io.github.gpucdi.report;

import io.github.gpucdi.cdi.registry.DeviceEntry;
import io.github.gpucdi.cdi.registry.Registry;
import io.github.gpucdi.cdi.registry.SpecDirectory;
import io.github.gpucdi.cdi.registry.SpecFile;
import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.Finding;
import io.github.gpucdi.host.EnumWord;
import io.github.gpucdi.terminal.SafeText;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A registry as a table, or as a tree with sorted keys, see {@code schemas/registry-1.schema.json}. */
public final class RegistryListing {
    private static final String SCHEMA_VERSION = "1.0";

    private RegistryListing() {}

    public static void table(List<DeviceEntry> entries, PrintStream out) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("DEVICE", "FILE", "STATE"));
        for (DeviceEntry entry : entries) {
            rows.add(List.of(
                    entry.name().text(), SafeText.escape(entry.file().toString()), SafeText.escape(state(entry))));
        }
        TextTable.print("", rows, out);
    }

    /** What becomes of a definition, and through whom. */
    public static String state(DeviceEntry entry) {
        String others = String.join(", ", texts(entry.others()));
        return switch (entry.state()) {
            case AVAILABLE -> "ok";
            case SHADOWED -> "shadowed by " + others;
            case CONFLICTING -> "unresolvable: conflicts with " + others;
            case DROPPED -> "unresolvable: dropped by the conflict of " + others;
            case BLOCKED -> "unresolvable: this engine injects nothing while any spec file has an error";
        };
    }

    public static Map<String, Object> tree(Registry registry) {
        Map<String, Object> tree = new TreeMap<>();
        tree.put(
                "devices",
                registry.entries().stream().map(RegistryListing::tree).toList());
        tree.put(
                "directories",
                registry.directories().stream().map(RegistryListing::tree).toList());
        tree.put("files", registry.files().stream().map(RegistryListing::tree).toList());
        tree.put("schemaVersion", SCHEMA_VERSION);
        return tree;
    }

    private static Map<String, Object> tree(DeviceEntry entry) {
        Map<String, Object> tree = new TreeMap<>();
        tree.put("class", entry.name().clazz());
        tree.put("device", entry.name().name());
        tree.put("file", entry.file().toString());
        tree.put("name", entry.name().text());
        tree.put("others", texts(entry.others()));
        tree.put("state", EnumWord.of(entry.state()));
        tree.put("vendor", entry.name().vendor());
        return tree;
    }

    private static Map<String, Object> tree(SpecDirectory directory) {
        Map<String, Object> tree = new TreeMap<>();
        tree.put("path", directory.path().toString());
        directory.problem().ifPresent(problem -> tree.put("problem", problem));
        return tree;
    }

    private static Map<String, Object> tree(SpecFile file) {
        Map<String, Object> tree = new TreeMap<>();
        file.error().ifPresent(error -> tree.put("error", line(error)));
        file.spec().map(CdiSpec::kind).ifPresent(kind -> tree.put("kind", kind));
        tree.put("loaded", file.spec().isPresent());
        tree.put("path", file.path().toString());
        tree.put("priority", file.priority());
        return tree;
    }

    private static List<String> texts(List<Path> paths) {
        return paths.stream().map(Path::toString).toList();
    }

    /** One line: the place in the text and in the spec, what is wrong, what to do. */
    public static String line(Finding finding) {
        String place = finding.position()
                .filter(position -> finding.code() != Finding.Code.UNREADABLE)
                .map(position -> position.line() + ":" + position.column() + ": ")
                .orElse("");
        String where = finding.where().isEmpty() ? "" : finding.where() + ": ";
        return place + where + finding.what() + "; " + finding.howToMend();
    }
}
