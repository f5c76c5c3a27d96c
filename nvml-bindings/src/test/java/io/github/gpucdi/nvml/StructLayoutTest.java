package io.github.gpucdi.nvml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class StructLayoutTest {

    /** The layouts as measured with a C compiler: name, size, version word, then each member at its offset. */
    private static final String MEASURED = """
            PciInfo 68 0 busIdLegacy[16]@0 domain@16 bus@20 device@24 pciDeviceId@28 pciSubSystemId@32 busId[32]@36
            Memory 24 0 total:8@0 free:8@8 used:8@16
            Memory_v2 40 0x02000028 version@0 total:8@8 reserved:8@16 free:8@24 used:8@32
            DeviceAddressingMode_v1 8 0x01000008 version@0 value@4
            DeviceAttributes 40 0 multiprocessorCount@0 sharedCopyEngineCount@4 sharedDecoderCount@8 sharedEncoderCount@12 sharedJpegCount@16 sharedOfaCount@20 gpuInstanceSliceCount@24 computeInstanceSliceCount@28 memorySizeMB:8@32
            GpuInstanceInfo 24 0 device:8@0 id@8 profileId@12 placement:8@16
            ComputeInstanceInfo 32 0 device:8@0 gpuInstance:8@8 id@16 profileId@20 placement:8@24
            GpuInstanceProfileInfo 48 0 id@0 isP2pSupported@4 sliceCount@8 instanceCount@12 multiprocessorCount@16 copyEngineCount@20 decoderCount@24 encoderCount@28 jpegCount@32 ofaCount@36 memorySizeMB:8@40
            ComputeInstanceProfileInfo 36 0 id@0 sliceCount@4 instanceCount@8 multiprocessorCount@12 sharedCopyEngineCount@16 sharedDecoderCount@20 sharedEncoderCount@24 sharedJpegCount@28 sharedOfaCount@32
            EventData 32 0 device:8@0 eventType:8@8 eventData:8@16 gpuInstanceId@24 computeInstanceId@28
            """;

    private static final Map<String, String> BY_NAME =
            MEASURED.lines().collect(Collectors.toMap(line -> line.split(" ")[0], line -> line));

    static List<StructLayout> layouts() {
        return Structs.ALL;
    }

    @Test
    void eachMeasuredStructIsBoundOnce() {
        assertThat(Structs.ALL).extracting(StructLayout::name).containsExactlyInAnyOrderElementsOf(BY_NAME.keySet());
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void sizeOffsetsAndVersionWordAreThoseMeasured(StructLayout layout) {
        List<String> words = new ArrayList<>();
        words.add(layout.name());
        words.add(Integer.toString(layout.size()));
        words.add(layout.version() == 0 ? "0" : String.format("0x%08x", layout.version()));
        for (StructLayout.Field field : layout.fields()) {
            boolean text = field.name().startsWith("busId");
            String size = text ? "[" + field.size() + "]" : field.size() == 8 ? ":8" : "";
            words.add(field.name() + size + "@" + field.offset());
        }
        assertThat(String.join(" ", words)).isEqualTo(BY_NAME.get(layout.name()));
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void fieldsAreAlignedAndDoNotOverlap(StructLayout layout) {
        int end = 0;
        for (StructLayout.Field field : layout.fields()) {
            assertThat(field.offset()).as(field.name()).isGreaterThanOrEqualTo(end);
            if (!field.name().startsWith("busId")) {
                int align = field.name().equals("placement") ? 4 : field.size();
                assertThat(field.offset() % align).as(field.name()).isZero();
            }
            end = field.offset() + field.size();
        }
        assertThat(end).isLessThanOrEqualTo(layout.size());
    }

    @ParameterizedTest
    @CsvSource({"Memory_v2,2", "DeviceAddressingMode_v1,1"})
    void aNewStructCarriesItsVersionWord(String name, int version) {
        StructLayout layout = Structs.ALL.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        byte[] struct = layout.allocate();
        assertThat(struct).hasSize(layout.size());
        assertThat(layout.u32(struct, "version")).isEqualTo(layout.size() | version << 24);
    }

    @Test
    void textWithoutEndStopsAtItsField() {
        byte[] struct = new byte[68];
        java.util.Arrays.fill(struct, (byte) 'A');
        assertThat(Structs.PCI_INFO.text(struct, "busIdLegacy")).isEqualTo("A".repeat(16));
        assertThat(Structs.PCI_INFO.text(struct, "busId")).isEqualTo("A".repeat(32));
    }

    @Test
    void anUnknownFieldIsRefused() {
        assertThatThrownBy(() -> Structs.MEMORY.u64(new byte[24], "reserved"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Memory has no field reserved");
    }
}
