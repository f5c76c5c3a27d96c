package io.github.gpucdi.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToolchainsTest {
    @TempDir
    private Path own;

    @ParameterizedTest
    @ValueSource(strings = {"25", " 25.0.3 ", "[25,26)"})
    void aJdkOfThatVersionIsFound(String version) throws Exception {
        Path file = write(toolchain("jdk", "17", "/jdk17")
                + toolchain("netbeans", "25", "/other")
                + toolchain("jdk", version, "/jdk25")
                + toolchain("jdk", "25", "/later"));

        assertThat(Toolchains.jdk(file, "25")).contains("/jdk25");
    }

    @ParameterizedTest
    @ValueSource(strings = {"24", "250", "[24,26)", ""})
    void anotherVersionIsNone(String version) throws Exception {
        assertThat(Toolchains.jdk(write(toolchain("jdk", version, "/jdk")), "25"))
                .isEmpty();
    }

    @Test
    void aBuildNeedsNoToolchains() throws Exception {
        assertThat(Toolchains.jdk(own.resolve("missing"), "25")).isEmpty();
    }

    @Test
    void aFileThatIsNoXmlIsSaid() throws Exception {
        Path file = Files.writeString(own.resolve("toolchains.xml"), "<toolchains>");

        assertThatThrownBy(() -> Toolchains.jdk(file, "25"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(file + " cannot be read: ");
    }

    private Path write(String toolchains) throws Exception {
        return Files.writeString(
                own.resolve("toolchains.xml"), "<?xml version=\"1.0\"?>\n<toolchains>" + toolchains + "</toolchains>");
    }

    private static String toolchain(String type, String version, String home) {
        return "<toolchain><type>" + type + "</type><provides><version>" + version
                + "</version></provides><configuration><jdkHome>" + home
                + "</jdkHome></configuration></toolchain>";
    }
}
