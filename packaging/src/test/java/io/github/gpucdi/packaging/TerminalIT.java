package io.github.gpucdi.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a terminal is shown, on a pseudo-terminal of {@code script}. */
class TerminalIT {
    private static final String WAITING = "waiting for the NVIDIA driver";

    @TempDir
    private static Path folder;

    private static Packaged installed;

    @BeforeAll
    static void unpack() throws Exception {
        installed = Packaged.unpacked(folder);
    }

    /** Runs a line of sh on a terminal, in which {@code $0} is the program. */
    private static String shown(String line) throws Exception {
        String program = line.replace("$0", installed.program().toString());
        return Packaged.execute(List.of("script", "-qec", program, "/dev/null")).out();
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 90})
    void helpIsAsWideAsTheTerminal(int columns) throws Exception {
        String help = shown("stty cols " + columns + "; unset COLUMNS; $0 generate --help");

        int widest = help.lines().mapToInt(String::length).max().orElseThrow();
        assertThat(widest).isLessThanOrEqualTo(columns).isGreaterThan(columns - 10);
    }

    @Test
    void aVariableSaysOtherwise() throws Exception {
        String wide = shown("stty cols 60; COLUMNS=90 $0 generate --help");

        assertThat(wide.lines().mapToInt(String::length).max().orElseThrow()).isGreaterThan(60);
    }

    /** A driver that takes long to answer: each of a dozen calls takes a third of a second. */
    @Test
    void aSlowDriverIsWaitedForVisibly() throws Exception {
        Path root = Files.createDirectories(folder.resolve("host"));
        Path library = Files.createDirectories(root.resolve("usr/lib64")).resolve("libnvidia-ml.so.580.95.05");
        Commands.run(List.of("../nvml-double/src/main/c/build.sh", library.toString(), "580.95.05"));
        Files.createSymbolicLink(library.resolveSibling("libnvidia-ml.so.1"), library.getFileName());
        Path conf = Files.writeString(
                folder.resolve("nvml.conf"), "driver = 580.95.05\nlatency_us = 300000\ngpu.0 = l40s\n");
        String devices = "NVML_DOUBLE_CONFIG='" + conf + "' $0 devices --driver-root='" + root + "'";

        String shown = shown(devices);

        assertThat(shown).contains(WAITING, "L40S");
        assertThat(shown.indexOf("\r\u001b[K")).isGreaterThan(shown.indexOf(WAITING));
        assertThat(installed.shell(devices.replace("$0", "\"$0\"")).err()).doesNotContain(WAITING);
        assertThat(shown(devices.replace("devices", "--quiet devices"))).doesNotContain(WAITING);
    }
}
