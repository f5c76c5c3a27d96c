package io.github.gpucdi.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The documentation's example of use as a library compiles and does what it says. */
class LibraryUseTest {
    private static final String SPEC = """
            cdiVersion: 0.5.0
            kind: example.com/widget
            devices:
            - name: w0
              containerEdits: {env: [WIDGET=0]}
            """;

    @TempDir
    private Path directory;

    @Test
    void theReadmesExampleWorks() throws Exception {
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
        Path specs = Files.createDirectory(directory.resolve("specs"));
        Path file = Files.writeString(specs.resolve("widget.yaml"), SPEC);
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {directory.toUri().toURL()}, getClass().getClassLoader())) {
            Class<?> devices = loader.loadClass("Devices");
            assertThat(call(devices, "check", file)).isEqualTo(List.of());
            assertThat(call(devices, "inject", Map.of(), specs, "example.com/widget=w0"))
                    .asInstanceOf(InstanceOfAssertFactories.MAP)
                    .extractingByKey("process")
                    .asString()
                    .contains("WIDGET=0");
        }
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
        String page = Files.readString(Path.of("..", "docs", "library.md"));
        int start = page.indexOf("```java\n") + "```java\n".length();
        return page.substring(start, page.indexOf("```", start));
    }
}
