package io.github.gpucdi.host.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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

    static final String OPEN = LEAST.strip().substring(0, LEAST.strip().length() - 1);

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

    /** The complaint about a text; fails if there is none or if it is not well-formed. */
    static SnapshotFormatException refusal(byte[] text) {
        SnapshotFormatException refusal = catchThrowableOfType(SnapshotFormatException.class, () -> read(text));
        assertThat(refusal).isNotNull();
        assertThat(refusal.line()).isPositive();
        assertThat(refusal.column()).isPositive();
        assertThat(refusal.problem()).endsWith(".").doesNotContain("\n");
        return refusal;
    }

    static SnapshotFormatException refusal(String text) {
        return refusal(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The least snapshot with one more member, which is unknown unless it is a section. */
    static String with(String member) {
        return OPEN + ", " + member + "}";
    }
}
