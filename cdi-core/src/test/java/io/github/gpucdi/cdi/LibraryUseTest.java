package io.github.gpucdi.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The documentation's example of use as a library compiles and does what it says. */
class LibraryUseTest {
    private static final Path PAGE = Path.of("..", "docs", "library.md");

    @TempDir
    private Path directory;

    @Test
    void thePagesExampleWorks() throws Exception {
        Path source = Files.writeString(directory.resolve("Devices.java"), example());
        int status = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "javac").toString(),
                        "-classpath",
                        System.getProperty("java.class.path"),
                        "-d",
                        directory.toString(),
                        source.toString())
                .inheritIO()
                .start()
                .waitFor();
        assertThat(status).isZero();
        Path specs = directory.resolve("specs");
        Path file = specs.resolve("widget.yaml");
        Path config = Files.writeString(directory.resolve("config.json"), "{\"hostname\":\"h\"}");
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {directory.toUri().toURL()}, getClass().getClassLoader())) {
            Class<?> devices = loader.loadClass("Devices");
            call(devices, "write", file);
            assertThat(file).content().contains("cdiVersion: 0.3.0", "name: w0", "path: /dev/widget0");
            assertThat(call(devices, "check", file)).isEqualTo(List.of());
            call(devices, "inject", config, specs, "example.com/widget=w0");
            assertThat(config).content().contains("\"hostname\": \"h\"", "WIDGET=0", "\"major\": 240");
        }
    }

    /** The coordinates on the page are those of the build. */
    @Test
    void thePagesCoordinatesAreOurs() throws IOException {
        String parent = Files.readString(Path.of("..", "pom.xml"));
        Matcher version = Pattern.compile("<artifactId>gpu-cdi-parent</artifactId>\\s*<version>(.*?)</version>")
                .matcher(parent);
        assertThat(version.find()).isTrue();
        Matcher named = Pattern.compile(
                        "<groupId>io.github.gpucdi</groupId>\\s*<artifactId>(.*?)</artifactId>\\s*<version>(.*?)</version>")
                .matcher(Files.readString(PAGE));
        int count = 0;
        while (named.find()) {
            assertThat(parent).contains("<module>" + named.group(1) + "</module>");
            assertThat(named.group(2)).isEqualTo(version.group(1));
            count++;
        }
        assertThat(count).isEqualTo(3);
    }

    private static Object call(Class<?> type, String name, Object... arguments) throws Exception {
        for (Method method : type.getDeclaredMethods()) {
            if (method.getName().equals(name)) {
                method.setAccessible(true);
                return method.invoke(null, arguments);
            }
        }
        throw new AssertionError("the example has no " + name);
    }

    private static String example() throws IOException {
        String page = Files.readString(PAGE);
        int start = page.indexOf("```java\n") + "```java\n".length();
        return page.substring(start, page.indexOf("```", start));
    }
}
