package io.github.gpucdi.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.cyclonedx.Version;
import org.cyclonedx.model.Bom;
import org.cyclonedx.model.Component;
import org.cyclonedx.model.Hash;
import org.cyclonedx.parsers.JsonParser;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bills of materials tell what is inside, and each licence's text lies beside. */
class BillIT {
    private static final String BESIDE = Packaged.archive().toString().replace(".tar.gz", "");
    private static final File OF_PACKAGES = new File(BESIDE + ".cdx.json");
    private static final File OF_IMAGE = new File(BESIDE + "-oci.cdx.json");

    @TempDir
    private static Path unpacked;

    private static Packaged whole;

    @BeforeAll
    static void unpack() throws Exception {
        whole = Packaged.unpacked(unpacked);
    }

    @Test
    void theyAreValid() throws Exception {
        for (File bill : List.of(OF_PACKAGES, OF_IMAGE)) {
            assertThat(new JsonParser().validate(bill, Version.VERSION_16)).isEmpty();
        }
    }

    @Test
    void theOneInsideIsTheOneBeside() throws Exception {
        assertThat(whole.root().resolve(Bill.NAME)).hasSameBinaryContentAs(OF_PACKAGES.toPath());
    }

    @Test
    void everyJarIsInIt() throws Exception {
        Map<String, String> told = new TreeMap<>();
        Bom bom = bill(OF_PACKAGES);
        for (Component one : bom.getComponents()) {
            if (one.getPurl() != null
                    && one.getPurl().startsWith("pkg:maven/")
                    && !one.getPurl().contains("#")) {
                told.put(one.getName() + "-" + one.getVersion() + ".jar", sum(one));
            }
        }
        told.put("gpu-cdi.jar", sum(bom.getMetadata().getComponent()));
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> jars = Files.list(whole.home().resolve("app"))) {
            for (Path jar : jars.toList()) {
                found.put(jar.getFileName().toString(), Checksums.sha256(jar));
            }
        }

        assertThat(told).isEqualTo(found).hasSizeGreaterThan(5);
    }

    @Test
    void everyComponentHasALicenceAndItsText() throws Exception {
        for (Component one : bill(OF_PACKAGES).getComponents()) {
            Path directory = whole.root()
                    .resolve(Installation.DOCUMENTS)
                    .resolve(one.getProperties().get(0).getValue());

            assertThat(one.getLicenses().getLicenses()).as(one.getName()).hasSize(1);
            try (Stream<Path> files = Files.walk(directory)) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .as(one.getName())
                        .anyMatch(name -> name.matches("LICENSE(\\.txt)?"));
            }
        }
    }

    @Test
    void theRuntimeIsNamedAndTheImagesLibrary() throws Exception {
        assertThat(bill(OF_PACKAGES).getComponents())
                .extracting(Component::getName)
                .contains("openjdk", "libjnidispatch.so")
                .doesNotContain("glibc");
        assertThat(bill(OF_IMAGE).getComponents())
                .filteredOn(one -> one.getName().equals("glibc"))
                .singleElement()
                .satisfies(glibc -> assertThat(glibc.getVersion()).matches("2\\.[0-9]+ \\(.*\\)"));
    }

    private static String sum(Component component) {
        return component.getHashes().stream().map(Hash::getValue).findFirst().orElseThrow();
    }

    private static Bom bill(File file) throws IOException {
        try {
            return new JsonParser().parse(file);
        } catch (org.cyclonedx.exception.ParseException e) {
            throw new IOException(e);
        }
    }
}
