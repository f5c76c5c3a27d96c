package io.github.gpucdi.host.json;

import static io.github.gpucdi.host.json.SnapshotTexts.OPEN;
import static io.github.gpucdi.host.json.SnapshotTexts.refusal;
import static io.github.gpucdi.host.json.SnapshotTexts.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.gpucdi.host.HostSnapshot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileSnapshotTest {
    private static final int LIMIT = 64 << 20;

    @Test
    void theBaseOfTheseTestsIsGood() {
        assertThatCode(() -> SnapshotTexts.read(with("\"x\": 1"))).doesNotThrowAnyException();
    }

    @Test
    void readsUpTo64MebibytesAndNoByteMore() throws Exception {
        byte[] least = SnapshotTexts.LEAST.getBytes(StandardCharsets.UTF_8);
        assertThat(SnapshotJson.read(padded(least, LIMIT))).isEqualTo(SnapshotTexts.read(least));
        assertThatThrownBy(() -> SnapshotJson.read(padded(least, LIMIT + 1)))
                .isInstanceOf(SnapshotFormatException.class)
                .hasMessageContaining("64 MiB");
    }

    private static InputStream padded(byte[] text, int size) {
        return new SequenceInputStream(new ByteArrayInputStream(text), new Endless(' ', size - text.length));
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "[", "{\"a\":", "\"", "1", "[1,"})
    void stopsOnAStreamWithoutEnd(String unit) {
        byte[] bytes = unit.getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> SnapshotJson.read(new Endless(bytes, Long.MAX_VALUE)))
                .isInstanceOf(SnapshotFormatException.class);
        assertThatThrownBy(() -> SnapshotJson.read(new SequenceInputStream(
                        new ByteArrayInputStream((OPEN + ",\"x\":\"").getBytes(StandardCharsets.UTF_8)),
                        new Endless('a', Long.MAX_VALUE))))
                .isInstanceOf(SnapshotFormatException.class);
    }

    @Test
    void reads64LevelsAndNotOneMore() {
        String nested = "[".repeat(63) + "]".repeat(63);
        assertThatCode(() -> SnapshotTexts.read(with("\"x\": " + nested))).doesNotThrowAnyException();
        SnapshotFormatException refusal = refusal(with("\"x\": [" + nested + "]"));
        assertThat(refusal.problem()).contains("64 deep");
        assertThat(refusal.pointer()).startsWith("/x/0/0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void refuses10000Levels(String open) {
        assertThat(refusal(open.repeat(10_000)).problem()).contains("64 deep");
        assertThat(refusal(with("\"x\": " + open.repeat(10_000))).problem()).contains("64 deep");
    }

    @Test
    void boundsStringsNamesAndNumbers() {
        for (String[] pair : new String[][] {
            {"\"x\": \"" + "a".repeat(4096) + "\"", "\"x\": \"" + "a".repeat(4097) + "\""},
            {"\"" + "a".repeat(256) + "\": 1", "\"" + "a".repeat(257) + "\": 1"},
            {"\"x\": " + "1".repeat(64), "\"x\": " + "1".repeat(65)}
        }) {
            assertThatCode(() -> SnapshotTexts.read(with(pair[0]))).doesNotThrowAnyException();
            assertThat(refusal(with(pair[1])).problem()).contains("longer than");
        }
    }

    @Test
    void boundsListsObjectsAndValues() {
        String list = "[" + "0,".repeat(99_999) + "0]";
        assertThatCode(() -> SnapshotTexts.read(with("\"x\": " + list))).doesNotThrowAnyException();
        assertThat(refusal(with("\"x\": " + list.replaceFirst("0", "0,0"))).problem())
                .contains("100000 entries");
        assertThat(refusal(with("\"x\": [" + (list + ",").repeat(5) + "0]")).problem())
                .contains("500000 values");
        StringBuilder members = new StringBuilder("\"x\": {\"a\":0");
        for (int i = 0; i < 100_000; i++) {
            members.append(",\"").append(i).append("\":0");
        }
        assertThat(refusal(with(members + "}")).problem()).contains("100000 members");
    }

    @Test
    void boundsAllTextTogether() {
        String strings = ("\"" + "a".repeat(4096) + "\",").repeat(2047);
        assertThatCode(() -> SnapshotTexts.read(with("\"x\": [" + strings + "0]")))
                .doesNotThrowAnyException();
        assertThat(refusal(with("\"x\": [" + strings + strings + "0]")).problem())
                .contains("8388608");
    }

    @Test
    void boundsGpus() {
        StringBuilder gpus = new StringBuilder("{\"index\": 0}");
        for (int i = 1; i <= 4096; i++) {
            gpus.append(", {\"index\": ").append(i).append('}');
        }
        SnapshotFormatException refusal = refusal(with("\"nvml\": {\"library\": \"x\", \"gpus\": [" + gpus + "]}"));
        assertThat(refusal.pointer()).isEqualTo("/nvml/gpus");
        assertThat(refusal.problem()).contains("4096");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FF", "C3", "C328", "C080", "EDA080", "F8888080", "F4908080", "80"})
    void refusesWhatIsNotUtf8(String hex) {
        byte[] bytes = with("\"x\": \"??????\"").getBytes(StandardCharsets.UTF_8);
        int at = new String(bytes, StandardCharsets.UTF_8).indexOf('?');
        for (int i = 0; i < hex.length() / 2; i++) {
            bytes[at + i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
        }
        SnapshotFormatException refusal = refusal(bytes);
        assertThat(refusal.problem()).contains("UTF-8");
        assertThat(refusal.line()).isEqualTo(1);
        assertThat(refusal.column()).isBetween(at, at + 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32"})
    void refusesOtherEncodings(String charset) {
        refusal(SnapshotTexts.LEAST.getBytes(Charset.forName(charset)));
    }

    @Test
    void refusesANameThatStandsTwice() {
        SnapshotFormatException refusal = refusal(with("\"x\":\n {\"a\": 1, \"a\": 1}"));
        assertThat(refusal.problem()).contains("twice");
        assertThat(refusal.pointer()).isEqualTo("/x/a");
        assertThat(refusal.line()).isEqualTo(2);
        assertThat(refusal.column()).isEqualTo(11);
        assertThat(refusal).hasMessage("line 2, column 11, /x/a: " + refusal.problem());
        refusal(with("\"platform\": {\"architecture\": \"aarch64\"}"));
        refusal(with("\"a\": 1, \"\\u0061\": 1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "1",
                "\"\"",
                "[]",
                "{}",
                "{",
                "NaN",
                "{\"x\": NaN}",
                "{\"x\": Infinity}",
                "{\"x\": -}",
                "{\"x\": 01}",
                "{\"x\": +1}",
                "{\"x\": .5}",
                "{\"x\": 0x1}",
                "{\"x\" 1}",
                "{x: 1}",
                "{'x': 1}",
                "{\"x\": 1,}",
                "{\"x\": tru}",
                "// c\n{}",
                "{\"x\": \"\\q\"}",
                "{\"x\": \"\\u12\"}",
                "]",
                "}",
                ":",
                "\u0000",
                "--- {}"
            })
    void refusesWhatIsNoSnapshot(String text) {
        refusal(text);
    }

    @Test
    void refusesMoreTextAfterTheSnapshot() {
        for (String more : new String[] {"{}", "1", "x", "]", "\u0000", SnapshotTexts.LEAST}) {
            refusal(SnapshotTexts.LEAST + more);
        }
    }

    @Test
    void readsFromAStreamThatGivesOneByteAtATime() throws Exception {
        HostSnapshot snapshot = RandomSnapshots.complete(11);
        InputStream slow = new ByteArrayInputStream(SnapshotTexts.write(snapshot)) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(1, length));
            }
        };
        assertThat(SnapshotJson.read(slow)).isEqualTo(snapshot);
    }

    @Test
    void doesNotTireOfNamesWithOneHash() {
        StringBuilder names = new StringBuilder("\"x\": {\"a\": 0");
        for (int i = 0; i < 1 << 15; i++) {
            names.append(", \"");
            for (int bit = 0; bit < 15; bit++) {
                names.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            names.append("\": 0");
        }
        assertThat(catchThrowable(() -> SnapshotTexts.read(with(names + "}")))).isNull();
    }

    /** Repeats some bytes. */
    private static final class Endless extends InputStream {
        private final byte[] unit;
        private final long size;
        private long given;

        Endless(char unit, long size) {
            this(new byte[] {(byte) unit}, size);
        }

        Endless(byte[] unit, long size) {
            this.unit = unit;
            this.size = size;
        }

        @Override
        public int read() {
            return given == size ? -1 : unit[(int) (given++ % unit.length)];
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (given == size) {
                return -1;
            }
            int got = (int) Math.min(length, size - given);
            if (unit.length == 1) {
                Arrays.fill(target, offset, offset + got, unit[0]);
                given += got;
                return got;
            }
            for (int i = 0; i < got; i++) {
                target[offset + i] = (byte) read();
            }
            return got;
        }
    }
}
