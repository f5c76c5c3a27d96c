package io.github.gpucdi.host.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.gpucdi.host.HostSnapshot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileSnapshotTest {
    private static final int LIMIT = 64 << 20;
    private static final String OPEN =
            SnapshotTexts.LEAST.strip().substring(0, SnapshotTexts.LEAST.strip().length() - 1);

    private static SnapshotFormatException refusal(byte[] text) {
        SnapshotFormatException refusal =
                catchThrowableOfType(SnapshotFormatException.class, () -> SnapshotTexts.read(text));
        assertThat(refusal).isNotNull();
        assertThat(refusal.line()).isPositive();
        assertThat(refusal.column()).isPositive();
        assertThat(refusal.problem()).endsWith(".").doesNotContain("\n");
        return refusal;
    }

    private static SnapshotFormatException refusal(String text) {
        return refusal(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The least snapshot with one more member, which is unknown unless it is a section. */
    private static String with(String member) {
        return OPEN + ", " + member + "}";
    }

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

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "0.9",
                "2.0",
                "10.0",
                "1",
                "1.",
                ".1",
                "1.0.0",
                "01.0",
                "1.00",
                "1.x",
                "-1.0",
                "99999999999999999999.0",
                "``"
            })
    void refusesAnotherMajorOrNoVersion(String version) {
        SnapshotFormatException refusal = refusal(SnapshotTexts.LEAST.replace("1.0", version));
        assertThat(refusal.pointer()).isEqualTo("/schemaVersion");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "usr",
                "./usr",
                "//",
                "/usr/",
                "/usr//lib",
                "/./usr",
                "/usr/.",
                "/usr/../etc",
                "/..",
                "/usr/..",
                "../usr",
                "/usr\\n",
                "/us\\u0000r",
                "/usr\\t",
                "/usr\\u007f",
                "/usr\\u0085",
                "/usr\\u2028",
                "/usr\\u202e",
                "/usr\\u2066x",
                "/usr\\ud800"
            })
    void refusesAPath(String path) {
        SnapshotFormatException refusal =
                refusal(SnapshotTexts.LEAST.replace("\"driverRoot\": \"/\"", "\"driverRoot\": \"" + path + "\""));
        assertThat(refusal.pointer()).isEqualTo("/options/driverRoot");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\n", "\\r", "\\u001b", "\\u007f", "\\u009b", "\\u2029", "\\u200f", "\\u2069", "\\udc00"})
    void refusesControlsInAnyStringOrName(String escape) {
        refusal(with("\"driver\": {\"absent\": \"" + escape + "\"}"));
        refusal(with("\"x\": [{\"y\": \"a" + escape + "\"}]"));
        SnapshotFormatException inName = refusal(with("\"x\": {\"y" + escape + "\": 1}"));
        assertThat(io.github.gpucdi.host.PlainText.isPlain(inName.getMessage())).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "driver | null",
                "driver | []",
                "driver | {}",
                "driver | {\"absent\": 1}",
                "driver | {\"absent\": null}",
                "driver | {\"source\": \"NVML\"}",
                "driver | {\"source\": \"nvml\", \"version\": \"../x\"}",
                "driver | {\"source\": \"nvml\", \"version\": null}",
                "nvml | {\"library\": \"../x\"}",
                "nvml | {\"library\": \"x\", \"cudaDriverVersion\": 2147483648}",
                "nvml | {\"library\": \"x\", \"cudaDriverVersion\": 1e3}",
                "nvml | {\"library\": \"x\", \"cudaDriverVersion\": 1.5}",
                "nvml | {\"library\": \"x\", \"gpus\": {}}",
                "nvml | {\"library\": \"x\", \"gpus\": [[]]}",
                "nvml | {\"library\": \"x\", \"gpus\": [{\"index\": -1}]}",
                "nvml | {\"library\": \"x\", \"gpus\": [{\"index\": 99999999999999999999999}]}",
                "nvml | {\"library\": \"x\", \"gpus\": [{\"index\": \"0\"}]}",
                "nvml | {\"library\": \"x\", \"gpus\": [{\"index\": 0}, {\"index\": 0}]}",
                "nvml | {\"library\": \"x\", \"gpus\": [{\"index\": 1}, {\"index\": 0}]}",
                "nvml | {\"library\": \"x\", \"gpus\": [{\"index\": 0, \"pciBusId\": \"65:00.0\"}]}",
                "nvml | {\"library\": \"x\", \"gpus\": [{\"index\": 0, \"pciBusId\": \"0000:65:00.0/x\"}]}",
                "nvml | {\"library\": \"x\", \"gpus\": [{\"index\": 0, \"drm\": [\"..\"]}]}",
                "nvml | {\"library\": \"x\", \"gpus\": [{\"index\": 0, \"mig\": {\"current\": 1, \"pending\": true}}]}",
                "nvml | {\"library\": \"x\", \"gpus\": [{\"index\": 0, \"details\": {\"memoryBytes\": 9223372036854775808}}]}",
                "files | {\"libraries\": [{\"role\": \"driver\", \"path\": \"/x\", \"soname\": \"a/b\"}]}",
                "files | {\"libraries\": [{\"role\": \"driver\", \"path\": \"/x\", \"links\": [\"\"]}]}",
                "files | {\"files\": [{\"role\": \"ipc\", \"name\": \"a/../b\", \"path\": \"/x\"}]}",
                "files | {\"failed\": [{\"name\": \"a\", \"path\": \"\", \"reason\": \"not-found\"}]}",
                "nodes | {\"nodes\": [{\"path\": \"/dev/x\", \"major\": 4294967296, \"minor\": 0, \"mode\": 0, \"uid\": 0, \"gid\": 0}]}",
                "nodes | {\"nodes\": [{\"path\": \"/dev/x\", \"major\": 0, \"minor\": -1, \"mode\": 0, \"uid\": 0, \"gid\": 0}]}",
                "nodes | {\"nodes\": [{\"path\": \"/dev/x\", \"major\": 0, \"minor\": 0, \"mode\": 4096, \"uid\": 0, \"gid\": 0}]}",
                "nodes | {\"nodes\": [{\"path\": \"/dev/x\", \"major\": 0, \"minor\": 0, \"mode\": 0, \"uid\": 0, \"gid\": 4294967296}]}",
                "hook | {\"path\": \"nvidia-cdi-hook\"}",
                "hook | {\"rejected\": \"a\"}"
            })
    void refusesASection(String name, String section) {
        assertThat(refusal(with("\"" + name + "\": " + section)).pointer()).startsWith("/" + name);
    }

    @Test
    void refusesEveryTruncation() {
        byte[] good = SnapshotTexts.write(RandomSnapshots.complete(3));
        for (int length = 0; length < good.length - 2; length++) {
            refusal(Arrays.copyOf(good, length));
        }
    }

    static LongStream seeds() {
        return LongStream.range(0, 60);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aMutationIsRefusedOrReadsAsItWrites(long seed) throws SnapshotFormatException {
        Random random = new Random(seed);
        byte[] good = SnapshotTexts.write(RandomSnapshots.any(seed % 6));
        for (int round = 0; round < 200; round++) {
            byte[] mutant = mutated(good, random);
            HostSnapshot read;
            try {
                read = SnapshotTexts.read(mutant);
            } catch (SnapshotFormatException e) {
                continue;
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed + ", round " + round, e);
            }
            assertThat(SnapshotTexts.read(SnapshotTexts.write(read)))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(read);
        }
    }

    private static byte[] mutated(byte[] good, Random random) {
        String alphabet = "{}[]\",:\\/.0123456789eE-+ntfu \n\u0000\u00ff";
        byte[] mutant = good.clone();
        for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
            int at = random.nextInt(mutant.length);
            int to = Math.min(mutant.length, at + random.nextInt(12));
            switch (random.nextInt(4)) {
                case 0 -> mutant[at] = (byte) alphabet.charAt(random.nextInt(alphabet.length()));
                case 1 -> mutant[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> mutant = joined(Arrays.copyOf(mutant, at), Arrays.copyOfRange(mutant, to, mutant.length));
                default -> mutant = joined(Arrays.copyOf(mutant, to), Arrays.copyOfRange(mutant, at, mutant.length));
            }
            if (mutant.length == 0) {
                return mutant;
            }
        }
        return mutant;
    }

    private static byte[] joined(byte[] head, byte[] tail) {
        byte[] joined = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, joined, head.length, tail.length);
        return joined;
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
            for (int i = 0; i < got; i++) {
                target[offset + i] = (byte) read();
            }
            return got;
        }
    }
}
