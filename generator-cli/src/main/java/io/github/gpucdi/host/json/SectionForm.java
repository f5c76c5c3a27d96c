package io.github.gpucdi.host.json;

import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.SectionKey;
import io.github.gpucdi.host.SideDevices;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * The JSON form of a section, redaction included.
 *
 * @param reader takes it from an object's members
 * @param writer writes the members, with what the output's redaction has for names of devices
 */
record SectionForm<T>(SectionKey<T> key, JsonObject.Reader<T> reader, BiConsumer<JsonOut, T> writer) {
    /** All of them, in the order of the text. */
    static final List<SectionForm<?>> ALL = List.of(
            new SectionForm<>(SectionKey.DRIVER, HostForm::driver, HostForm::driver),
            new SectionForm<>(SectionKey.NVML, NvmlForm::facts, NvmlForm::facts),
            new SectionForm<>(SectionKey.FILES, FilesForm::files, FilesForm::files),
            new SectionForm<>(SectionKey.FILES_32, FilesForm::files, FilesForm::files),
            new SectionForm<>(SectionKey.NODES, HostForm::nodes, HostForm::nodes),
            new SectionForm<>(SectionKey.SANDBOXUTILS, SandboxutilsForm::facts, SandboxutilsForm::facts),
            new SectionForm<>(SectionKey.WSL, WslForm::facts, WslForm::facts),
            new SectionForm<>(SectionKey.CSV, CsvForm::facts, CsvForm::facts),
            side(SectionKey.IMEX),
            side(SectionKey.GDS),
            side(SectionKey.GDRCOPY),
            side(SectionKey.MOFED),
            side(SectionKey.NVSWITCH),
            new SectionForm<>(SectionKey.HOOK, HostForm::hook, HostForm::hook),
            new SectionForm<>(SectionKey.ENGINES, EnginesForm::engines, EnginesForm::engines),
            new SectionForm<>(SectionKey.CDI, CdiForm::facts, CdiForm::facts),
            new SectionForm<>(SectionKey.ENVIRONMENT, CdiForm::environment, CdiForm::environment));

    private static SectionForm<SideDevices> side(SectionKey<SideDevices> key) {
        return new SectionForm<>(key, FilesForm::side, FilesForm::side);
    }

    void write(JsonOut out, HostSnapshot snapshot) {
        out.section(key.name(), snapshot.get(key), writer);
    }

    HostSnapshot read(JsonObject root, HostSnapshot snapshot) throws SnapshotFormatException {
        return snapshot.with(key, root.section(key.name(), reader));
    }
}
