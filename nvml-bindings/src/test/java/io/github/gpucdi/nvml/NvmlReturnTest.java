package io.github.gpucdi.nvml;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.nvml.NvmlReturn.Action;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NvmlReturnTest {

    @ParameterizedTest
    @CsvSource({
        "0,SUCCESS,OK,OK",
        "1,UNINITIALIZED,FATAL,FATAL",
        "2,INVALID_ARGUMENT,SKIP,FATAL",
        "3,NOT_SUPPORTED,OK,FATAL",
        "4,NO_PERMISSION,SKIP,FATAL",
        "5,ALREADY_INITIALIZED,OK,FATAL",
        "6,NOT_FOUND,OK,FATAL",
        "7,INSUFFICIENT_SIZE,SKIP,FATAL",
        "8,INSUFFICIENT_POWER,SKIP,FATAL",
        "9,DRIVER_NOT_LOADED,FATAL,FATAL",
        "10,TIMEOUT,OK,FATAL",
        "11,IRQ_ISSUE,SKIP,FATAL",
        "12,LIBRARY_NOT_FOUND,OK,FATAL",
        "13,FUNCTION_NOT_FOUND,OK,FATAL",
        "14,CORRUPTED_INFOROM,OK,FATAL",
        "15,GPU_IS_LOST,SKIP,FATAL",
        "16,RESET_REQUIRED,SKIP,FATAL",
        "17,OPERATING_SYSTEM,SKIP,FATAL",
        "18,LIB_RM_VERSION_MISMATCH,FATAL,FATAL",
        "19,IN_USE,SKIP,FATAL",
        "20,MEMORY,FATAL,FATAL",
        "21,NO_DATA,OK,FATAL",
        "22,VGPU_ECC_NOT_SUPPORTED,OK,FATAL",
        "23,INSUFFICIENT_RESOURCES,SKIP,FATAL",
        "24,FREQ_NOT_SUPPORTED,OK,FATAL",
        "25,ARGUMENT_VERSION_MISMATCH,OK,FATAL",
        "26,DEPRECATED,OK,FATAL",
        "27,NOT_READY,SKIP,FATAL",
        "28,GPU_NOT_FOUND,OK,OK",
        "29,INVALID_STATE,SKIP,FATAL",
        "30,RESET_TYPE_NOT_SUPPORTED,OK,FATAL",
        "999,UNKNOWN,SKIP,FATAL"
    })
    void eachListedCodeHasNameAndActions(int code, String name, Action action, Action atInit) {
        NvmlReturn answer = NvmlReturn.of(code);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.name()).isEqualTo(name);
        assertThat(answer.action()).isEqualTo(action);
        assertThat(answer.atInit()).isEqualTo(atInit);
        assertThat(answer.isSuccess()).isEqualTo(code == 0);
        assertThat(answer.toString()).isEqualTo(name + " (" + code + ")");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 31, 998, 1000, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void aNumberOfTheFutureKeepsItselfAndActsAsUnknown(int code) {
        NvmlReturn answer = NvmlReturn.of(code);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.action()).isEqualTo(NvmlReturn.UNKNOWN.action());
        assertThat(answer.atInit()).isEqualTo(NvmlReturn.UNKNOWN.atInit());
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
