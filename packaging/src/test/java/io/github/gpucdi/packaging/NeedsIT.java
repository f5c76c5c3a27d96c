package io.github.gpucdi.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a host must have, by what is written in every program and library of the package. */
class NeedsIT {
    private static final Pattern VERSION = Pattern.compile("Name: ([A-Z]+)_([0-9.]+)");
    private static final Pattern NEEDED = Pattern.compile("\\(NEEDED\\).*\\[(.*)]");

    /** docs/packages.md tells of it. */
    private static final String GLIBC = "2.17";

    @TempDir
    private static Path unpacked;

    private static final List<Path> ELF_FILES = new ArrayList<>();

    @BeforeAll
    static void findElfFiles() throws Exception {
        Packaged whole = Packaged.unpacked(unpacked);
        try (Stream<Path> all = Files.walk(whole.root())) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                if (isElf(file)) {
                    ELF_FILES.add(file);
                }
            }
        }
        assertThat(ELF_FILES).hasSizeGreaterThan(10);
    }

    @Test
    void noFileAsksForANewerGlibcThanDocumented() throws Exception {
        TreeSet<Version> versions = new TreeSet<>();
        TreeSet<String> others = new TreeSet<>();
        for (Path file : ELF_FILES) {
            Matcher found = VERSION.matcher(Commands.run(List.of("readelf", "-VW", file.toString())));
            while (found.find()) {
                if (found.group(1).equals("GLIBC")) {
                    versions.add(new Version(found.group(2)));
                } else {
                    others.add(found.group());
                }
            }
        }
        assertThat(versions.last().text()).isEqualTo(GLIBC);
        assertThat(others).allMatch(name -> name.startsWith("Name: SUNWprivate"));
        assertThat(Files.readString(Path.of("../docs/packages.md"))).contains("glibc " + GLIBC);
    }

    @Test
    void nothingButGlibcIsNeeded() throws Exception {
        TreeSet<String> needed = new TreeSet<>();
        TreeSet<String> here = new TreeSet<>();
        for (Path file : ELF_FILES) {
            here.add(file.getFileName().toString());
            Matcher found = NEEDED.matcher(Commands.run(List.of("readelf", "-dW", file.toString())));
            while (found.find()) {
                needed.add(found.group(1));
            }
        }
        needed.removeAll(here);
        assertThat(needed)
                .allMatch(name -> name.matches("(libc|libm)\\.so\\.6|libdl\\.so\\.2|libpthread\\.so\\.0|librt\\.so\\.1"
                        + "|ld-linux-(x86-64\\.so\\.2|aarch64\\.so\\.1)"));
    }

    static boolean isElf(Path file) throws Exception {
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(4), new byte[] {0x7f, 'E', 'L', 'F'});
        }
    }

    private record Version(String text) implements Comparable<Version> {
        @Override
        public int compareTo(Version other) {
            return Arrays.compare(numbers(), other.numbers());
        }

        private int[] numbers() {
            return Stream.of(text.split("\\.")).mapToInt(Integer::parseInt).toArray();
        }
    }
}
