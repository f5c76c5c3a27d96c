package io.github.gpucdi.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** The JDK whose parts are packed. */
record Jdk25(Path home) {
    private static final String VERSION = "25";
    private static final Path USUAL = Path.of("/usr/lib/jvm");

    /**
     * @param given the JDK that is asked for, or an empty text: then JDK25_HOME, the toolchain, or the first in
     *     {@code /usr/lib/jvm}
     * @param toolchains Maven's toolchains.xml, which may be missing
     */
    static Jdk25 find(String given, Path toolchains, Architecture architecture) throws IOException {
        if (!given.isEmpty()) {
            return checked(Path.of(given), "-Djdk25.home=" + given, architecture);
        }
        String variable = System.getenv("JDK25_HOME");
        if (variable != null && !variable.isEmpty()) {
            return checked(Path.of(variable), "JDK25_HOME=" + variable, architecture);
        }
        Optional<String> toolchain = Toolchains.jdk(toolchains, VERSION);
        if (toolchain.isPresent()) {
            return checked(Path.of(toolchain.get()), toolchain.get() + " of " + toolchains, architecture);
        }
        for (Path home : usual()) {
            if (complaint(home, architecture).isEmpty()) {
                return new Jdk25(home);
            }
        }
        throw missing("packages need a JDK 25 for " + architecture.kernelName()
                + ", and there is none in " + USUAL + ", no toolchain of version " + VERSION + " in "
                + toolchains + " and no JDK25_HOME");
    }

    Path tool(String name) {
        return home.resolve("bin").resolve(name);
    }

    private static Jdk25 checked(Path home, String asked, Architecture architecture) {
        String complaint = complaint(home, architecture);
        if (!complaint.isEmpty()) {
            throw missing("packages need a JDK 25, and " + asked + " is none: " + complaint);
        }
        return new Jdk25(home);
    }

    private static IllegalStateException missing(String message) {
        return new IllegalStateException(message + "\nhint: name one with -Djdk25.home=DIRECTORY");
    }

    /** What its file {@code release} says of it. */
    String says(String key) throws IOException {
        return unquoted(release(home), key);
    }

    private static Properties release(Path home) throws IOException {
        Properties release = new Properties();
        try (InputStream in = Files.newInputStream(home.resolve("release"))) {
            release.load(in);
        }
        return release;
    }

    private static List<Path> usual() throws IOException {
        List<Path> homes = new ArrayList<>();
        if (Files.isDirectory(USUAL)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(USUAL)) {
                entries.forEach(homes::add);
            }
        }
        Collections.sort(homes);
        return homes;
    }

    private static String complaint(Path home, Architecture architecture) {
        Properties release;
        try {
            release = release(home);
        } catch (IOException e) {
            return "it has no readable file 'release'";
        }
        String version = unquoted(release, "JAVA_VERSION");
        String processor = unquoted(release, "OS_ARCH");
        if (!version.equals(VERSION) && !version.startsWith(VERSION + ".")) {
            return "its version is " + version;
        }
        if (!processor.equals(architecture.kernelName())) {
            return "it is for " + processor + ", not " + architecture.kernelName();
        }
        return Files.isExecutable(home.resolve("bin/jlink")) ? "" : "it has no bin/jlink";
    }

    private static String unquoted(Properties release, String key) {
        return release.getProperty(key, "unknown").replace("\"", "");
    }
}
