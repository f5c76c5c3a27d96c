package io.github.gpucdi.nvml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gpucdi.nvmldouble.CallLog;
import io.github.gpucdi.nvmldouble.DoubleConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MigTest {

    @TempDir
    private Path directory;

    @Test
    void indexesMayHaveHoles() {
        DoubleConfig config = DoubleConfig.of(1, "a100-40").gpu(0, "mig", 1);
        config.mig(0, 1, "profile", "1c.3g.20gb").mig(0, 1, "gi", 2).mig(0, 1, "ci", 0);
        config.mig(0, 2, "profile", "2c.3g.20gb").mig(0, 2, "gi", 2).mig(0, 2, "ci", 1);
        config.mig(0, 6, "profile", "1g.5gb").mig(0, 6, "gi", 9);
        try (Nvml nvml = Doubles.open(config)) {
            Gpu gpu = nvml.gpu(0);
            assertThat(gpu.migMode()).contains(new MigMode(true, true));
            assertThat(gpu.maxMigDevices()).isEqualTo(7);
            List<String> found = new ArrayList<>();
            gpu.migDevices()
                    .forEach(mig -> found.add(mig.index() + " " + mig.gpuInstanceId() + "/" + mig.computeInstanceId()
                            + " " + mig.profile().orElseThrow()));
            assertThat(found).containsExactly("1 2/0 1c.3g.20gb", "2 2/1 2c.3g.20gb", "6 9/0 1g.5gb");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2,true",
        "6,true",
        "3,false",
        "4,false",
        "10,false",
        "13,false",
        "25,false",
        "28,false",
        "15,false",
        "999,false"
    })
    void aHoleIsNoFailureAndAFailureNoHole(int code, boolean hole) {
        DoubleConfig config = DoubleConfig.of(1, "a100-40")
                .layout(0, "1g.5gb", "1g.5gb")
                .line("fail nvmlDeviceGetMigDeviceHandleByIndex mig=0 code=" + code);
        try (Nvml nvml = Doubles.open(config)) {
            Gpu gpu = nvml.gpu(0);
            if (hole) {
                assertThat(gpu.migDevice(0)).isEmpty();
                assertThat(gpu.migDevices()).extracting(MigDevice::index).containsExactly(1);
            } else {
                assertThatThrownBy(() -> gpu.migDevice(0)).hasMessageContaining("(" + code + ")");
                assertThatThrownBy(() -> gpu.migDevices().toList()).hasMessageContaining("(" + code + ")");
            }
            assertThat(gpu.migDevice(1)).isPresent();
        }
    }

    @Test
    void migOnWithoutInstancesHasOnlyHoles() {
        try (Nvml nvml =
                Doubles.open(DoubleConfig.of(1, "h100").gpu(0, "mig", 1).gpu(0, "mig_pending", 0))) {
            Gpu gpu = nvml.gpu(0);
            assertThat(gpu.migMode()).contains(new MigMode(true, false));
            for (int i = 0; i < gpu.maxMigDevices(); i++) {
                assertThat(gpu.migDevice(i)).isEmpty();
            }
            assertThat(gpu.migDevice(7)).isEmpty();
        }
    }

    @Test
    void uuidsComeInBothStyles() {
        DoubleConfig config = DoubleConfig.of(1, "a100-40").layout(0, "3g.20gb", "3g.20gb");
        config.mig(0, 1, "uuid_style", "legacy");
        try (Nvml nvml = Doubles.open(config)) {
            Gpu gpu = nvml.gpu(0);
            assertThat(gpu.migDevice(0).orElseThrow().uuid()).matches("MIG-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
            MigDevice legacy = gpu.migDevice(1).orElseThrow();
            assertThat(legacy.uuid()).isEqualTo("MIG-" + gpu.uuid() + "/" + legacy.gpuInstanceId() + "/0");
        }
    }

    @Test
    void attributesAreThoseOfTheProfile() {
        try (Nvml nvml = Doubles.open(DoubleConfig.of(1, "h100").layout(0, "3g.40gb"))) {
            assertThat(nvml.gpu(0).migDevice(0).orElseThrow().attributes())
                    .contains(new MigAttributes(60, 3, 3, 40448));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a100-40 1g.5gb 1g.5gb+me 1g.10gb 2g.10gb 3g.20gb 4g.20gb 7g.40gb 1c.2g.10gb 2c.4g.20gb 1c.7g.40gb",
                "a100-80 1g.10gb 1g.10gb+me 1g.20gb 2g.20gb 3g.40gb 4g.40gb 7g.80gb 1c.3g.40gb 2c.3g.40gb",
                "h100 1g.10gb 1g.10gb+me 1g.20gb 2g.20gb 3g.40gb 4g.40gb 7g.80gb 3c.4g.40gb",
                "h200 1g.18gb 1g.18gb+me 1g.35gb 2g.35gb 3g.71gb 4g.71gb 7g.141gb 4c.7g.141gb",
                "b200 1g.23gb 1g.23gb+me 1g.45gb 2g.45gb 3g.90gb 4g.90gb 7g.180gb",
                "gb200 1g.23gb 1g.23gb+me 1g.47gb 2g.47gb 3g.93gb 4g.93gb 7g.186gb",
                "a30 1g.6gb 1g.6gb+me 2g.12gb 2g.12gb+me 4g.24gb 1c.2g.12gb",
                "rtxpro6000 1g.24gb 1g.24gb+me 1g.24gb+gfx 1g.24gb+me.all 1g.24gb-me 2g.48gb 2g.48gb+gfx"
                        + " 2g.48gb+me.all 2g.48gb-me 4g.96gb 4g.96gb+gfx 1c.2g.48gb+gfx"
            })
    void bothWaysToTheProfileAgree(String boardAndProfiles) {
        String[] words = boardAndProfiles.split(" ");
        String[] profiles = java.util.Arrays.copyOfRange(words, 1, words.length);
        DoubleConfig config = DoubleConfig.of(1, words[0]).layout(0, profiles);
        assertThat(profiles(config)).containsExactly(profiles);
        assertThat(profiles(config.fail("nvmlDeviceGetName", 3))).containsExactly(profiles);
    }

    private static List<String> profiles(DoubleConfig config) {
        List<String> found = new ArrayList<>();
        try (Nvml nvml = Doubles.open(config)) {
            Gpu gpu = nvml.gpu(0);
            for (int i = 0; i < gpu.maxMigDevices(); i++) {
                gpu.migDevice(i)
                        .ifPresent(mig ->
                                found.add(mig.profile().map(MigProfile::text).orElse("?")));
            }
        }
        return found;
    }

    @Test
    void theNameIsEnoughForThoseWithoutPrivilege() {
        Path log = directory.resolve("calls");
        DoubleConfig config =
                DoubleConfig.of(1, "a100-40").log(log).layout(0, "1g.5gb").privileged(false);
        assertThat(profiles(config)).containsExactly("1g.5gb");
        assertThat(CallLog.read(log).byFunction())
                .doesNotContainKeys("nvmlDeviceGetGpuInstanceById", "nvmlDeviceGetGpuInstanceProfileInfo");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NVIDIA A100", "NVIDIA A100 MIG ", "NVIDIA A100 MIG something", "NVIDIA A100 1g.5gb"})
    void aNameThatDoesNotTellLeadsToTheInstances(String name) {
        DoubleConfig config = DoubleConfig.of(1, "a100-40").layout(0, "1g.5gb").mig(0, 0, "name", name);
        assertThat(profiles(config)).containsExactly("1g.5gb");
        assertThat(profiles(config.privileged(false))).containsExactly("?");
    }

    @Test
    void aNameWithTheMarkTwiceIsReadFromItsEnd() {
        DoubleConfig config =
                DoubleConfig.of(1, "a100-40").layout(0, "1g.5gb").mig(0, 0, "name", "Big MIG Board MIG 2g.10gb");
        assertThat(profiles(config)).containsExactly("2g.10gb");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nvmlDeviceGetMemoryInfo",
                "nvmlDeviceGetAttributes_v2",
                "nvmlDeviceGetGpuInstanceById",
                "nvmlGpuInstanceGetComputeInstanceById",
                "nvmlGpuInstanceGetInfo",
                "nvmlComputeInstanceGetInfo_v2",
                "nvmlDeviceGetGpuInstanceProfileInfo",
                "nvmlGpuInstanceGetComputeInstanceProfileInfo"
            })
    void aProfileThatCannotBeLearntIsUnknownNotAnError(String function) {
        for (int code : new int[] {3, 4, 15, 25, 999}) {
            DoubleConfig config = DoubleConfig.of(1, "a100-40")
                    .layout(0, "1g.5gb")
                    .fail("nvmlDeviceGetName", 3)
                    .fail(function, code);
            assertThat(profiles(config)).as("code %s", code).containsExactly("?");
        }
    }

    @Test
    void theNewestProfileIndexHasNoName() {
        DoubleConfig config = DoubleConfig.of(1, "rtxpro6000").layout(0, "3g.72gb+gfx");
        config.mig(0, 0, "gi_index", 17).fail("nvmlDeviceGetName", 3);
        assertThat(profiles(config)).containsExactly("?");
    }

    @Test
    void fiftySixInstancesTakeNoMoreThanFourHundredCalls() {
        Path log = directory.resolve("calls");
        DoubleConfig config = DoubleConfig.of(8, "a100-40").log(log);
        for (int i = 0; i < 8; i++) {
            config.layout(i, "1g.5gb", "1g.5gb", "1g.5gb", "1g.5gb", "1g.5gb", "1g.5gb", "1g.5gb");
        }
        int migs = 0;
        try (Nvml nvml = Doubles.open(config)) {
            nvml.driverVersion();
            int count = nvml.deviceCount();
            for (int i = 0; i < count; i++) {
                Gpu gpu = nvml.gpu(i);
                gpu.uuid();
                gpu.name();
                gpu.minor();
                gpu.pci();
                gpu.migMode();
                int max = gpu.maxMigDevices();
                for (int j = 0; j < max; j++) {
                    MigDevice mig = gpu.migDevice(j).orElseThrow();
                    mig.uuid();
                    mig.gpuInstanceId();
                    mig.computeInstanceId();
                    assertThat(mig.profile()).map(MigProfile::text).contains("1g.5gb");
                    migs++;
                }
            }
        }
        assertThat(migs).isEqualTo(56);
        CallLog calls = CallLog.read(log);
        assertThat(calls.calls()).hasSizeLessThanOrEqualTo(400);
        assertThat(calls.count("nvmlInit_v2")).isEqualTo(1);
        assertThat(calls.open()).isZero();
    }
}
