package io.github.gpucdi.nvml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gpucdi.nvml.jna.JnaNvmlLibrary;
import io.github.gpucdi.nvmldouble.DoubleConfig;
import io.github.gpucdi.nvmldouble.NvmlDouble;
import io.github.gpucdi.nvmldouble.SymbolSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadTest {

    @TempDir
    private Path directory;

    @Test
    void twoLibrariesInOneJvmKeepApart() {
        JnaNvmlLibrary first = JnaNvmlLibrary.load(NvmlDouble.buildIn(directory.resolve("a"), "535.274.02"));
        JnaNvmlLibrary second = JnaNvmlLibrary.load(NvmlDouble.buildIn(directory.resolve("b"), "560.35.03"));
        NvmlDouble.configure(DoubleConfig.of(1, "t4"));
        try (Nvml other = Nvml.open(second)) {
            try (Nvml one = Nvml.open(first)) {
                assertThat(one.driverVersion()).isEqualTo("535.274.02");
                assertThat(other.driverVersion()).isEqualTo("560.35.03");
            }
            assertThat(other.deviceCount()).isEqualTo(1);
        }
    }

    @Test
    void aLibraryThatNobodyHoldsStaysLoaded() throws IOException {
        Path file = NvmlDouble.buildIn(directory.resolve("held"), "535.274.02");
        JnaNvmlLibrary.load(file);
        for (int i = 0; i < 10; i++) {
            System.gc();
        }
        assertThat(Files.readString(Path.of("/proc/self/maps"))).contains(file.toString());
    }

    @Test
    void aMissingFileIsCode12WithTheLoadersWords() {
        Path missing = directory.resolve("libnvidia-ml.so.1");
        assertLoadFails(missing, "cannot open shared object file");
    }

    @Test
    void aFileThatIsNoLibraryIsCode12WithTheLoadersWords() throws IOException {
        Path text = Files.writeString(directory.resolve("libnvidia-ml.so.1"), "not an ELF file. ".repeat(100));
        assertLoadFails(text, "invalid ELF header");
    }

    private static void assertLoadFails(Path file, String words) {
        assertThatThrownBy(() -> JnaNvmlLibrary.load(file)).isInstanceOfSatisfying(NvmlException.class, e -> {
            assertThat(e.call()).isEqualTo("dlopen");
            assertThat(e.answer()).isEqualTo(NvmlReturn.LIBRARY_NOT_FOUND);
            assertThat(e.isFatal()).isTrue();
            assertThat(e.getMessage()).contains(file.toString(), words).doesNotContain("\n");
        });
    }

    @Test
    void aRelativePathIsRefused() {
        assertThatThrownBy(() -> JnaNvmlLibrary.load(Path.of("libnvidia-ml.so.1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not an absolute path");
    }

    @Test
    void symbolsStayLocalToTheHandle() {
        Doubles.library(SymbolSet.FULL);
        assertThatThrownBy(() -> com.sun.jna.NativeLibrary.getProcess().getFunction("nvmlInit_v2"))
                .isInstanceOf(UnsatisfiedLinkError.class);
    }
}
