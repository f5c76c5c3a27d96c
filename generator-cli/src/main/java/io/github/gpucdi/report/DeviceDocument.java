package io.github.gpucdi.report;

import io.github.gpucdi.host.CharNode;
import io.github.gpucdi.host.Gpu;
import io.github.gpucdi.host.GpuDetails;
import io.github.gpucdi.host.MigDevice;
import io.github.gpucdi.host.MigMode;
import io.github.gpucdi.host.NvmlFacts;
import io.github.gpucdi.host.NvmlFailure;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.core.JsonGenerator;

/** The devices as JSON or YAML, keys sorted, see {@code schemas/devices-1.schema.json}. */
public final class DeviceDocument {
    private static final String SCHEMA_VERSION = "1.1";

    private final JsonGenerator json;

    private DeviceDocument(JsonGenerator json) {
        this.json = json;
    }

    public static void print(NvmlFacts facts, List<Beside> besides, ListFormat format, PrintStream out) {
        StructuredOutput.print(format, out, json -> new DeviceDocument(json).write(facts, besides));
    }

    private void write(NvmlFacts facts, List<Beside> besides) {
        json.writeStartObject();
        json.writeArrayPropertyStart("besides");
        for (Beside beside : besides) {
            write(beside);
        }
        json.writeEndArray();
        number("cudaDriverVersion", facts.cudaDriverVersion());
        json.writeArrayPropertyStart("devices");
        for (Gpu gpu : facts.gpus()) {
            write(gpu);
        }
        json.writeEndArray();
        text("driverVersion", facts.driverVersion());
        text("nvmlVersion", facts.nvmlVersion());
        json.writeStringProperty("schemaVersion", SCHEMA_VERSION);
        json.writeEndObject();
    }

    private void write(Beside beside) {
        json.writeStartObject();
        json.writeStringProperty("mode", beside.mode().word());
        json.writeArrayPropertyStart("nodes");
        for (CharNode node : beside.nodes()) {
            json.writeString(node.path());
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void write(Gpu gpu) {
        Optional<GpuDetails> details = gpu.details().data();
        json.writeStartObject();
        failure("addressingFailure", gpu.addressingFailure());
        gpu.addressingMode().ifPresent(mode -> json.writeNumberProperty("addressingMode", mode.number()));
        text("architecture", details.flatMap(GpuDetails::architecture));
        text("computeCapability", details.flatMap(GpuDetails::computeCapability));
        bool("displayActive", details.flatMap(GpuDetails::displayActive));
        failure("failure", gpu.failure());
        json.writeNumberProperty("index", gpu.index());
        if (details.isPresent() && details.get().memoryBytes().isPresent()) {
            json.writeNumberProperty("memoryBytes", details.get().memoryBytes().getAsLong());
        }
        json.writeArrayPropertyStart("migDevices");
        for (MigDevice mig : gpu.migDevices()) {
            write(mig);
        }
        json.writeEndArray();
        bool("migEnabled", gpu.mig().map(MigMode::current));
        bool("migPending", gpu.mig().map(MigMode::pending));
        number("minor", gpu.minor());
        text("name", Optional.of(gpu.name()));
        number("numaNode", details.map(GpuDetails::numaNode).orElse(OptionalInt.empty()));
        text("pciAddress", gpu.pciAddress());
        failure("pciFailure", gpu.pciFailure());
        bool("persistenceMode", details.flatMap(GpuDetails::persistenceMode));
        text("serial", details.flatMap(GpuDetails::serial));
        text("uuid", Optional.of(gpu.uuid()));
        json.writeEndObject();
    }

    private void write(MigDevice mig) {
        json.writeStartObject();
        json.writeNumberProperty("computeInstance", mig.computeInstance());
        number("computeInstanceCapability", mig.computeInstanceCap());
        failure("failure", mig.failure());
        json.writeNumberProperty("gpuInstance", mig.gpuInstance());
        number("gpuInstanceCapability", mig.gpuInstanceCap());
        json.writeNumberProperty("index", mig.index());
        text("profile", mig.profile());
        text("uuid", Optional.of(mig.uuid()));
        json.writeEndObject();
    }

    private void failure(String key, Optional<NvmlFailure> failure) {
        failure.ifPresent(cause -> {
            json.writeObjectPropertyStart(key);
            json.writeStringProperty("call", cause.call());
            json.writeNumberProperty("code", cause.code());
            json.writeStringProperty("text", cause.text());
            json.writeEndObject();
        });
    }

    private void text(String key, Optional<String> value) {
        value.filter(known -> !known.isEmpty()).ifPresent(known -> json.writeStringProperty(key, known));
    }

    private void bool(String key, Optional<Boolean> value) {
        value.ifPresent(known -> json.writeBooleanProperty(key, known));
    }

    private void number(String key, OptionalInt value) {
        value.ifPresent(known -> json.writeNumberProperty(key, known));
    }
}
