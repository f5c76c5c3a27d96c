package io.github.gpucdi.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start-up cache can hold every class of the program: none is of a version that the old verifier has to look at. */
class CachableIT {
    /** Java 6, the first with the tables that the new verifier reads (JVM specification, 4.10). */
    private static final int OLDEST = 50;

    @TempDir
    private Path unpacked;

    @Test
    void noClassIsTooOld() throws Exception {
        List<String> tooOld = new ArrayList<>();
        int seen = 0;
        try (Stream<Path> jars = Files.list(Packaged.unpacked(unpacked).home().resolve("app"))) {
            for (Path path : jars.sorted().toList()) {
                try (JarFile jar = new JarFile(path.toFile())) {
                    for (JarEntry entry : jar.stream()
                            .filter(any -> any.getName().endsWith(".class"))
                            .toList()) {
                        seen++;
                        if (version(jar, entry) < OLDEST) {
                            tooOld.add(path.getFileName() + " " + entry.getName());
                        }
                    }
                }
            }
        }
        assertThat(seen).isGreaterThan(1000);
        assertThat(tooOld).isEmpty();
    }

    private static int version(JarFile jar, JarEntry entry) throws IOException {
        try (DataInputStream in = new DataInputStream(jar.getInputStream(entry))) {
            assertThat(in.readInt()).as(entry.getName()).isEqualTo(0xCAFEBABE);
            in.readUnsignedShort();
            return in.readUnsignedShort();
        }
    }
}
