package io.github.gpucdi.host.json;

import io.github.gpucdi.host.HostSnapshot;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Snapshots to and from text, for tests: streams in memory throw nothing. */
final class SnapshotTexts {
    /** The least that is a snapshot. */
    static final String LEAST = """
            {"schemaVersion": "1.0", "options": {"driverRoot": "/", "devRoot": "/"}, "platform": {"architecture": "x86_64"}}
            """;

    private SnapshotTexts() {}

    static byte[] write(HostSnapshot snapshot) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            SnapshotJson.write(snapshot, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static String text(HostSnapshot snapshot) {
        return new String(write(snapshot), StandardCharsets.UTF_8);
    }

    static HostSnapshot read(byte[] bytes) throws SnapshotFormatException {
        try {
            return SnapshotJson.read(new ByteArrayInputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static HostSnapshot read(String text) throws SnapshotFormatException {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }
}
