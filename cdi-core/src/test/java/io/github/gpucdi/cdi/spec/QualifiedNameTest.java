package io.github.gpucdi.cdi.spec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QualifiedNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"acme", "ACME", "W_i-d", "a..b", "ac_me", "nvidia.com", "a", "a1"})
    void takesVendorsAndClasses(String text) {
        assertThat(QualifiedName.isVendorOrClass(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "3x", "x-", "y.", "_x", "acm\u00e9", "a:b", "a/b", "a b", "x\n", "\uff41b"})
    void refusesOtherVendorsAndClasses(String text) {
        assertThat(QualifiedName.isVendorOrClass(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"w", "0", "0:1-a_b.c", "0:rw", "all", "GPU-1"})
    void takesDeviceNames(String text) {
        assertThat(QualifiedName.isDeviceName(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-w", "w-", ":w", "w:", "_w", "w=0", "w/0", "w 0", "w\u00e90", "w\n", "\u0661"})
    void refusesOtherDeviceNames(String text) {
        assertThat(QualifiedName.isDeviceName(text)).isFalse();
    }

    @Test
    void hasNoLengthLimit() {
        assertThat(QualifiedName.isVendorOrClass("v".repeat(300))).isTrue();
        assertThat(QualifiedName.isDeviceName("w".repeat(300))).isTrue();
    }

    @Test
    void oneLetterCrashesEngines() {
        assertThat(QualifiedName.crashesEngines("a")).isTrue();
        assertThat(QualifiedName.crashesEngines("ab")).isFalse();
    }

    @Test
    void splitsAtTheFirstEqualsAndSlash() {
        assertThat(QualifiedName.parse("nvidia.com/gpu=0:1")).contains(new QualifiedName("nvidia.com", "gpu", "0:1"));
        assertThat(QualifiedName.parse("nvidia.com/gpu=0:1").orElseThrow().text())
                .isEqualTo("nvidia.com/gpu=0:1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "gpu",
                "nvidia.com/gpu",
                "nvidia.com=0",
                "/gpu=0",
                "a/b/c=0",
                "a/b=c=d",
                "=a/b",
                "/dev/nvidia0",
                "a/b=",
                "a=b/c"
            })
    void refusesWhatIsNotQualified(String text) {
        assertThat(QualifiedName.parse(text)).isEmpty();
    }
}
