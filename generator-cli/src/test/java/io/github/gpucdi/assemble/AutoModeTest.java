package io.github.gpucdi.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.assemble.mode.AutoMode;
import io.github.gpucdi.host.CsvFacts;
import io.github.gpucdi.host.CsvFile;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.Mode;
import io.github.gpucdi.host.NvmlFacts;
import io.github.gpucdi.host.NvmlFailure;
import io.github.gpucdi.host.Section;
import io.github.gpucdi.host.SectionKey;
import io.github.gpucdi.host.SideDevices;
import io.github.gpucdi.host.WslFacts;
import io.github.gpucdi.testhost.GoldenHost;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which mode {@code auto} is. */
class AutoModeTest {
    private static final Section<NvmlFacts> NO_NVML = Section.absent("no libnvidia-ml.so.1");

    private static HostSnapshot host(String name) {
        return new GoldenHost(Path.of("src/test/resources/hosts", name)).snapshot();
    }

    private static Section<WslFacts> strayDxcore() {
        WslFacts facts = host("wsl2").get(SectionKey.WSL).data().orElseThrow();
        SideDevices none = new SideDevices(List.of(), List.of(), List.of());
        return Section.of(new WslFacts(facts.library(), facts.failure(), facts.adapters(), facts.stores(), none));
    }

    @ParameterizedTest
    @CsvSource({
        "dgx-a100, NVML",
        "gb200-imex, NVML",
        "wsl2, WSL",
        "jetson-orin, CSV",
        "jetson-thor, CSV",
        "igx-dgpu, CSV"
    })
    void simulatedHosts(String name, Mode mode) {
        assertThat(AutoMode.of(host(name))).isEqualTo(mode);
    }

    @Test
    void aStrayDxcoreTakesNoGpuAway() {
        HostSnapshot stray = host("dgx-a100").with(SectionKey.WSL, strayDxcore());

        assertThat(AutoMode.of(stray)).isEqualTo(Mode.NVML);
        assertThat(AutoMode.of(stray.with(SectionKey.NVML, NO_NVML))).isEqualTo(Mode.WSL);
    }

    @Test
    void tegraWithoutNvmlIsCsv() {
        HostSnapshot orin = host("jetson-orin").with(SectionKey.NVML, NO_NVML);

        assertThat(AutoMode.of(orin)).isEqualTo(Mode.CSV);
        assertThat(AutoMode.of(orin.with(SectionKey.CSV, Section.absent("there is none"))))
                .isEqualTo(Mode.NVML);
    }

    @Test
    void filesWithoutSignOfTegraAreNotEnough() {
        HostSnapshot orin = host("jetson-orin").with(SectionKey.NVML, NO_NVML);
        CsvFacts facts = orin.get(SectionKey.CSV).data().orElseThrow();

        assertThat(AutoMode.of(orin.with(
                        SectionKey.CSV, Section.of(new CsvFacts(Optional.empty(), Optional.empty(), facts.files())))))
                .isEqualTo(Mode.NVML);
    }

    /** An IGX whose cards alone are in use. */
    @Test
    void tegraWithCardsOnlyIsNvml() {
        HostSnapshot cards =
                host("dgx-a100").with(SectionKey.CSV, host("jetson-orin").get(SectionKey.CSV));

        assertThat(AutoMode.of(cards)).isEqualTo(Mode.NVML);
    }

    /** NVML serves it, and CSV files would give nothing. */
    @Test
    void aThorWithoutCsvFilesIsNvml() {
        HostSnapshot thor = host("jetson-thor");
        CsvFacts facts = thor.get(SectionKey.CSV).data().orElseThrow();

        assertThat(AutoMode.of(
                        thor.with(SectionKey.CSV, Section.of(new CsvFacts(facts.tegra(), facts.release(), List.of())))))
                .isEqualTo(Mode.NVML);
    }

    @ParameterizedTest
    @CsvSource({"TOO_LARGE, ''", "READ, 'line 1: junk'"})
    void filesThatAreNoGoodAreNotPassedOver(CsvFile.State state, String rejected) {
        HostSnapshot thor = host("jetson-thor");
        CsvFacts facts = thor.get(SectionKey.CSV).data().orElseThrow();
        List<String> lines = rejected.isEmpty() ? List.of() : List.of(rejected);
        CsvFile bad = new CsvFile("/devices.csv", state, List.of(), lines, 0);

        assertThat(AutoMode.of(thor.with(
                        SectionKey.CSV, Section.of(new CsvFacts(facts.tegra(), facts.release(), List.of(bad))))))
                .isEqualTo(Mode.CSV);
    }

    /** A card whose driver hangs must not vanish from the spec. */
    @Test
    void anNvmlThatFailsIsNoAbsentOne() {
        Section<NvmlFacts> failed = Section.of(new NvmlFacts(
                "/usr/lib/libnvidia-ml.so.1",
                Optional.of(new NvmlFailure("nvmlInit_v2", 999, "Unknown Error")),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                List.of()));

        assertThat(AutoMode.of(host("igx-dgpu").with(SectionKey.NVML, failed))).isEqualTo(Mode.NVML);
    }

    @Test
    void anOlderSnapshotHasNothingOfTheOthers() {
        HostSnapshot wsl = host("wsl2");

        assertThat(AutoMode.of(HostSnapshot.of(wsl.options(), wsl.platform()))).isEqualTo(Mode.NVML);
    }
}
