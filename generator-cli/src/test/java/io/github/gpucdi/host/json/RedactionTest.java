package io.github.gpucdi.host.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.host.Gpu;
import io.github.gpucdi.host.GpuDetails;
import io.github.gpucdi.host.HookProgram;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.MigDevice;
import io.github.gpucdi.host.NvmlFacts;
import io.github.gpucdi.host.NvmlFailure;
import io.github.gpucdi.host.Platform;
import io.github.gpucdi.host.ProbeOptions;
import io.github.gpucdi.host.Section;
import io.github.gpucdi.host.SectionKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RedactionTest {
    private static final String A = "3c1e9a52-7b60-4f0d-9a44-d0b8a5f3c7e1";
    private static final String B = "b7d2f6aa-0c13-5e9b-8f27-6a1d4e90c3b5";
    private static final String ONE = "00000000-0000-0000-0000-000000000001";
    private static final String TWO = "00000000-0000-0000-0000-000000000002";

    @Test
    void numbersUuidsAndSerialsTheSameEverywhere() throws SnapshotFormatException {
        HostSnapshot redacted = redacted(snapshot(
                Section.absent("GPU-" + B + " fell off, board 1320021012345"),
                gpu(0, "GPU-" + A, "1320021012345", "MIG-" + B, "MIG-GPU-" + A.toUpperCase(Locale.ROOT) + "/7/0"),
                gpu(1, "GPU-" + B, "1320021012345"),
                gpu(2, "GPU-" + A, "1320021099999"),
                gpu(3, "", "")));
        List<Gpu> gpus = redacted.get(SectionKey.NVML).data().orElseThrow().gpus();
        assertThat(gpus).extracting(Gpu::uuid).containsExactly("GPU-" + ONE, "GPU-" + TWO, "GPU-" + ONE, "");
        assertThat(gpus.get(0).migDevices())
                .extracting(MigDevice::uuid)
                .containsExactly("MIG-" + TWO, "MIG-GPU-" + ONE + "/7/0");
        assertThat(gpus)
                .extracting(gpu -> gpu.details().data().orElseThrow().serial().orElseThrow())
                .containsExactly("serial-1", "serial-1", "serial-2", "");
        assertThat(gpus.get(0).failure().orElseThrow().text()).isEqualTo("lost GPU-" + ONE);
        assertThat(redacted.get(SectionKey.HOOK)).isEqualTo(Section.absent("GPU-" + TWO + " fell off, board serial-1"));
        assertThat(redacted.platform().kernelRelease()).isEqualTo("6.8.0-45-generic");
    }

    @Test
    void replacesAUuidOfUnknownFormAsAWhole() throws SnapshotFormatException {
        HostSnapshot redacted =
                redacted(snapshot(Section.notProbed(), gpu(0, "board of " + A, "s", "node7.example.org")));
        Gpu gpu = redacted.get(SectionKey.NVML).data().orElseThrow().gpus().get(0);
        assertThat(gpu.uuid()).isEqualTo("GPU-" + ONE);
        assertThat(gpu.migDevices().get(0).uuid()).isEqualTo("MIG-" + TWO);
    }

    private static HostSnapshot redacted(HostSnapshot snapshot) throws SnapshotFormatException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            SnapshotJson.writeRedacted(snapshot, out);
            return SnapshotJson.read(new ByteArrayInputStream(out.toByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static LongStream seeds() {
        return LongStream.range(2000, 2100);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void keepsAllElseAndRedactsOnlyOnce(long seed) throws SnapshotFormatException {
        HostSnapshot snapshot = RandomSnapshots.any(seed);
        HostSnapshot redacted = redacted(snapshot);
        String before = SnapshotTexts.text(snapshot);
        String after = SnapshotTexts.text(redacted);
        assertThat(blanked(after)).as("seed %d", seed).isEqualTo(blanked(before));
        Matcher uuid = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-").matcher(after);
        while (uuid.find()) {
            assertThat(uuid.group()).as("seed %d", seed).isEqualTo("00000000-0000-");
        }
        assertThat(redacted(redacted)).as("seed %d", seed).isEqualTo(redacted);
        assertThat(SnapshotTexts.read(after)).as("seed %d", seed).isEqualTo(redacted);
    }

    private static String blanked(String text) {
        return text.replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "U").replaceAll("\"serial\": .*", "S");
    }

    private static HostSnapshot snapshot(Section<HookProgram> hook, Gpu... gpus) {
        return HostSnapshot.of(ProbeOptions.DEFAULT, new Platform("x86_64", "6.8.0-45-generic"))
                .with(
                        SectionKey.NVML,
                        Section.of(new NvmlFacts(
                                "libnvidia-ml.so.1",
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                OptionalInt.empty(),
                                List.of(gpus))))
                .with(SectionKey.HOOK, hook);
    }

    private static Gpu gpu(int index, String uuid, String serial, String... migUuids) {
        return new Gpu(
                index,
                Optional.of(new NvmlFailure("nvmlDeviceGetUUID", 15, "lost " + uuid)),
                "NVIDIA A100",
                uuid,
                OptionalInt.of(index),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                IntStream.range(0, migUuids.length)
                        .mapToObj(i -> new MigDevice(
                                i,
                                Optional.empty(),
                                migUuids[i],
                                7,
                                0,
                                Optional.of("1g.10gb"),
                                OptionalInt.empty(),
                                OptionalInt.empty()))
                        .toList(),
                Section.of(new GpuDetails(
                        Optional.empty(),
                        Optional.empty(),
                        OptionalLong.empty(),
                        Optional.of(serial),
                        Optional.empty(),
                        Optional.empty(),
                        OptionalInt.empty())));
    }
}
