package io.github.gpucdi.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The layouts against the rules of C for a 64-bit Linux. The double's own are asserted by its compiler. */
class DxcoreStructsTest {
    private static final int U32 = 4;
    private static final int U64 = 8;
    private static final int POINTER = 8;

    /** Where each member is, and last the size. */
    private static List<Integer> layout(int... sizes) {
        List<Integer> layout = new ArrayList<>();
        int at = 0;
        int widest = 1;
        for (int size : sizes) {
            int alignment = size == 8 ? 8 : 4;
            at = (at + alignment - 1) / alignment * alignment;
            layout.add(at);
            at += size;
            widest = Math.max(widest, alignment);
        }
        layout.add((at + widest - 1) / widest * widest);
        return layout;
    }

    @Test
    void enumerations() {
        assertThat(layout(U64, U32, POINTER))
                .containsExactly(
                        0,
                        DxcoreStructs.ENUM_ADAPTERS3_COUNT,
                        DxcoreStructs.ENUM_ADAPTERS3_POINTER,
                        DxcoreStructs.ENUM_ADAPTERS3);
        assertThat(layout(U32, POINTER))
                .containsExactly(
                        DxcoreStructs.ENUM_ADAPTERS2_COUNT,
                        DxcoreStructs.ENUM_ADAPTERS2_POINTER,
                        DxcoreStructs.ENUM_ADAPTERS2);
    }

    @Test
    void anAdapterHasALuidOfTwoWords() {
        assertThat(layout(U32, U32, U32, U32, U32)).endsWith(DxcoreStructs.ADAPTER_INFO);
    }

    @Test
    void queries() {
        assertThat(layout(U32, U32, POINTER, U32))
                .containsExactly(
                        0,
                        DxcoreStructs.QUERY_TYPE,
                        DxcoreStructs.QUERY_POINTER,
                        DxcoreStructs.QUERY_SIZE,
                        DxcoreStructs.QUERY);
        ByteBuffer query = DxcoreStructs.view(DxcoreStructs.query(7, 48, 1072));
        assertThat(List.of(query.getInt(0), query.getInt(4), query.getInt(16))).containsExactly(7, 48, 1072);
    }

    @Test
    void registryQueries() {
        int name = DxcoreStructs.MAX_PATH * DxcoreStructs.WCHAR;
        assertThat(layout(U32, U32, name, U32, U32, U32, U32, U64))
                .endsWith(
                        DxcoreStructs.REGISTRY_OUTPUT_SIZE,
                        DxcoreStructs.REGISTRY_STATUS,
                        DxcoreStructs.REGISTRY_OUTPUT,
                        DxcoreStructs.REGISTRY);
        assertThat(DxcoreStructs.storeQuery(12)).hasSize(DxcoreStructs.REGISTRY + 12);
    }

    @Test
    void textEndsAtItsNulOrItsBytes() {
        byte[] struct = new byte[20];
        DxcoreStructs.view(struct).putInt(4, '/').putInt(8, 0x1F600).putInt(12, 0x7FFFFFFF);
        assertThat(DxcoreStructs.text(struct, 4, 16)).isEqualTo("/\uD83D\uDE00\uFFFD");
        assertThat(DxcoreStructs.text(struct, 4, 7)).isEqualTo("/");
        assertThat(DxcoreStructs.text(struct, 4, 0)).isEmpty();
    }
}
