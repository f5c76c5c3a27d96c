package io.github.gpucdi.nvml;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NvmlReturnTest {

    @Test
    void allOfItCounts() {
        NvmlReturn answer = new NvmlReturn(3, "A", "a", false);
        assertThat(answer)
                .isEqualTo(new NvmlReturn(3, "A", "a", false))
                .hasSameHashCodeAs(new NvmlReturn(3, "A", "a", false))
                .isNotEqualTo(new NvmlReturn(4, "A", "a", false))
                .isNotEqualTo(new NvmlReturn(3, "B", "a", false))
                .isNotEqualTo(new NvmlReturn(3, "A", "b", false))
                .isNotEqualTo(new NvmlReturn(3, "A", "a", true));
    }

    @ParameterizedTest
    @CsvSource({
        "0,SUCCESS,false",
        "1,UNINITIALIZED,true",
        "2,INVALID_ARGUMENT,false",
        "3,NOT_SUPPORTED,false",
        "4,NO_PERMISSION,false",
        "5,ALREADY_INITIALIZED,false",
        "6,NOT_FOUND,false",
        "7,INSUFFICIENT_SIZE,false",
        "8,INSUFFICIENT_POWER,false",
        "9,DRIVER_NOT_LOADED,true",
        "10,TIMEOUT,false",
        "11,IRQ_ISSUE,false",
        "12,LIBRARY_NOT_FOUND,false",
        "13,FUNCTION_NOT_FOUND,false",
        "14,CORRUPTED_INFOROM,false",
        "15,GPU_IS_LOST,false",
        "16,RESET_REQUIRED,false",
        "17,OPERATING_SYSTEM,false",
        "18,LIB_RM_VERSION_MISMATCH,true",
        "19,IN_USE,false",
        "20,MEMORY,true",
        "21,NO_DATA,false",
        "22,VGPU_ECC_NOT_SUPPORTED,false",
        "23,INSUFFICIENT_RESOURCES,false",
        "24,FREQ_NOT_SUPPORTED,false",
        "25,ARGUMENT_VERSION_MISMATCH,false",
        "26,DEPRECATED,false",
        "27,NOT_READY,false",
        "28,GPU_NOT_FOUND,false",
        "29,INVALID_STATE,false",
        "30,RESET_TYPE_NOT_SUPPORTED,false",
        "999,UNKNOWN,false"
    })
    void eachListedCodeHasItsName(int code, String name, boolean endsSession) {
        NvmlReturn answer = NvmlReturn.of(code);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.name()).isEqualTo(name);
        assertThat(answer.endsSession()).isEqualTo(endsSession);
        assertThat(answer.isSuccess()).isEqualTo(code == 0);
        assertThat(answer.toString()).isEqualTo(name + " (" + code + ")");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 31, 998, 1000, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void aNumberOfTheFutureKeepsItself(int code) {
        NvmlReturn answer = NvmlReturn.of(code);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.endsSession()).isFalse();
        assertThat(answer.toString()).isEqualTo("UNKNOWN (" + code + ")");
    }

    @Test
    void anExceptionNamesCallAndCode() {
        NvmlException e = new NvmlException(NvmlFunction.DEVICE_GET_UUID, 15);
        assertThat(e).hasMessage("nvmlDeviceGetUUID: GPU_IS_LOST (15): the GPU is lost");
        assertThat(e.call()).isEqualTo("nvmlDeviceGetUUID");
        assertThat(e.answer()).isEqualTo(NvmlReturn.GPU_IS_LOST);
        assertThat(e.isFatal()).isFalse();
    }

    @Test
    void initIsJudgedMoreStrictly() {
        assertThat(new NvmlException(NvmlFunction.INIT, 4).isFatal()).isTrue();
        assertThat(new NvmlException(NvmlFunction.INIT, 28).isFatal()).isFalse();
        assertThat(new NvmlException(NvmlFunction.DEVICE_GET_HANDLE_BY_INDEX, 4).isFatal())
                .isFalse();
        assertThat(new NvmlException("dlopen", 12, "no such file").isFatal()).isTrue();
    }
}
