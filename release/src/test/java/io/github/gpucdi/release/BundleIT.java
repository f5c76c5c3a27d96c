package io.github.gpucdi.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** The bundle keeps the rules that Maven Central has for what is published. */
class BundleIT {
    private static final String VERSION = System.getProperty("bundle.version");
    private static final boolean SIGNED = !System.getProperty("gpg.keyname", "").isEmpty();
    private static final List<String> ARTIFACTS = List.of(".pom", ".jar", "-sources.jar", "-javadoc.jar");
    private static final Map<String, String> CHECKSUMS = Map.of(".md5", "MD5", ".sha1", "SHA-1", ".sha256", "SHA-256");

    enum Library {
        CDI("cdi-core", "io/github/gpucdi/cdi/spec/CdiSpec"),
        NVML("nvml-bindings", "io/github/gpucdi/nvml/Nvml"),
        DOUBLE("nvml-double", "io/github/gpucdi/nvmldouble/NvmlDouble");

        private final String artifact;
        private final String type;

        Library(String artifact, String type) {
            this.artifact = artifact;
            this.type = type;
        }

        String file(String ending) {
            return "io/github/gpucdi/" + artifact + "/" + VERSION + "/" + artifact + "-" + VERSION + ending;
        }
    }

    private static Map<String, byte[]> bundle;

    @BeforeAll
    static void read() throws IOException {
        bundle = unzipped(Files.readAllBytes(Path.of(System.getProperty("bundle.file"))));
    }

    private static Map<String, byte[]> unzipped(byte[] zip) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (!entry.isDirectory()) {
                    assertThat(entries.put(entry.getName(), in.readAllBytes()))
                            .as("a second " + entry.getName())
                            .isNull();
                }
            }
        }
        return entries;
    }

    @Test
    void itHoldsTheArtifactsWithTheirChecksumsAndNothingElse() {
        TreeSet<String> expected = new TreeSet<>();
        for (Library library : Library.values()) {
            for (String ending : ARTIFACTS) {
                expected.add(library.file(ending));
                CHECKSUMS.keySet().forEach(checksum -> expected.add(library.file(ending + checksum)));
                if (SIGNED) {
                    expected.add(library.file(ending + ".asc"));
                }
            }
        }
        assertThat(bundle.keySet()).containsExactlyElementsOf(expected);
    }

    @ParameterizedTest
    @EnumSource
    void checksumsAreThoseOfTheFiles(Library library) throws Exception {
        for (String ending : ARTIFACTS) {
            for (Map.Entry<String, String> checksum : CHECKSUMS.entrySet()) {
                byte[] digest = MessageDigest.getInstance(checksum.getValue()).digest(bundle.get(library.file(ending)));
                String written =
                        new String(bundle.get(library.file(ending + checksum.getKey())), StandardCharsets.US_ASCII);
                assertThat(written.strip()).isEqualTo(HexFormat.of().formatHex(digest));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void thePomSaysWhatItMust(Library library) throws Exception {
        Document pom = pom(library);
        assertThat(texts(pom, "/project/groupId")).containsExactly("io.github.gpucdi");
        assertThat(texts(pom, "/project/artifactId")).containsExactly(library.artifact);
        assertThat(texts(pom, "/project/version")).containsExactly(VERSION);
        for (String element : List.of(
                "name",
                "description",
                "url",
                "licenses/license/name",
                "licenses/license/url",
                "developers/developer/name",
                "scm/url",
                "scm/connection",
                "scm/developerConnection")) {
            assertThat(texts(pom, "/project/" + element))
                    .as(element)
                    .singleElement()
                    .asString()
                    .isNotBlank()
                    .doesNotContain("${");
        }
        assertThat(texts(pom, "/project/packaging")).isSubsetOf("jar");
        assertThat(texts(pom, "//parent | //repository | //module | //profile")).isEmpty();
    }

    /** Not the tests' ones, and none that Central does not have. */
    @ParameterizedTest
    @EnumSource
    void thePomNamesTheDependencies(Library library) throws Exception {
        Document pom = pom(library);
        List<String> needed = texts(pom, "//dependency[scope = 'compile' or not(scope)]/artifactId");
        assertThat(needed)
                .isEqualTo(
                        switch (library) {
                            case CDI -> List.of("snakeyaml-engine");
                            case NVML -> List.of("jna-jpms");
                            case DOUBLE -> List.of();
                        });
        assertThat(texts(pom, "//dependency[scope = 'provided']/artifactId")).containsExactly("jspecify");
        assertThat(texts(pom, "//dependency/artifactId")).hasSize(needed.size() + 1);
        assertThat(texts(pom, "//dependency/version"))
                .hasSize(needed.size() + 1)
                .noneMatch(version -> version.contains("SNAPSHOT") || version.contains("$"));
    }

    @ParameterizedTest
    @EnumSource
    void eachJarHasTheLicence(Library library) throws IOException {
        for (String ending : ARTIFACTS.subList(1, ARTIFACTS.size())) {
            Map<String, byte[]> jar = unzipped(bundle.get(library.file(ending)));
            assertThat(jar.get("META-INF/LICENSE")).as(ending).isEqualTo(Files.readAllBytes(Path.of("..", "LICENSE")));
            assertThat(jar.get("META-INF/NOTICE")).as(ending).isEqualTo(Files.readAllBytes(Path.of("..", "NOTICE")));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theJarsHoldClassesSourcesAndPages(Library library) throws IOException {
        Map<String, byte[]> classes = unzipped(bundle.get(library.file(".jar")));
        Map<String, byte[]> sources = unzipped(bundle.get(library.file("-sources.jar")));
        Map<String, byte[]> pages = unzipped(bundle.get(library.file("-javadoc.jar")));
        assertThat(classes).containsKeys("module-info.class", library.type + ".class");
        assertThat(classes.keySet()).noneMatch(name -> name.contains("Test"));
        for (String name : classes.keySet()) {
            if (name.endsWith(".class") && !name.contains("$")) {
                assertThat(sources).containsKey(name.replace(".class", ".java"));
            }
        }
        assertThat(pages.keySet()).contains("index.html").anyMatch(page -> page.endsWith(library.type + ".html"));
        assertThat(classes.containsKey("io/github/gpucdi/nvmldouble/nvml_double.c"))
                .isEqualTo(library == Library.DOUBLE);
    }

    /** A module that uses all three, with nothing else on the module path than what their POMs bring along. */
    @Test
    void aModuleCompilesAgainstThem(@TempDir Path directory) throws Exception {
        List<String> modules = new ArrayList<>();
        for (Library library : Library.values()) {
            byte[] jar = bundle.get(library.file(".jar"));
            modules.add(Files.write(directory.resolve(library.artifact + ".jar"), jar)
                    .toString());
        }
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (entry.contains("snakeyaml-engine") || entry.contains("jna-jpms")) {
                modules.add(entry);
            }
        }
        assertThat(modules).hasSize(Library.values().length + 2);
        Path module = Files.writeString(directory.resolve("module-info.java"), """
                module consumer {
                    requires io.github.gpucdi.cdi;
                    requires io.github.gpucdi.nvml;
                    requires io.github.gpucdi.nvmldouble;
                }
                """);
        Path type = Files.writeString(directory.resolve("Consumer.java"), """
                package consumer;

                class Consumer {
                    static byte[] copy(byte[] config) throws Exception {
                        return io.github.gpucdi.cdi.inject.OciJson.write(io.github.gpucdi.cdi.inject.OciJson.read(config));
                    }

                    static long count(io.github.gpucdi.nvml.Nvml nvml) {
                        return nvml.gpus().count() + io.github.gpucdi.nvmldouble.DoubleConfig.empty().text().length();
                    }
                }
                """);
        int status = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "javac").toString(),
                        "-Xlint:all",
                        "-Werror",
                        "--module-path",
                        String.join(File.pathSeparator, modules),
                        "-d",
                        directory.resolve("out").toString(),
                        module.toString(),
                        type.toString())
                .inheritIO()
                .start()
                .waitFor();
        assertThat(status).isZero();
    }

    /** Each signature, or none at all. */
    @Test
    void signaturesAreGood(@TempDir Path directory) throws Exception {
        List<String> good = new ArrayList<>();
        for (String name : bundle.keySet()) {
            if (name.endsWith(".asc")) {
                Path signature = Files.write(directory.resolve("file.asc"), bundle.get(name));
                Path file = Files.write(
                        directory.resolve("file"), bundle.get(name.substring(0, name.length() - ".asc".length())));
                Process gpg = new ProcessBuilder("gpg", "--batch", "--verify", signature.toString(), file.toString())
                        .inheritIO()
                        .start();
                assertThat(gpg.waitFor()).as(name).isZero();
                good.add(name);
            }
        }
        assertThat(good).hasSize(SIGNED ? Library.values().length * ARTIFACTS.size() : 0);
    }

    private static Document pom(Library library) throws Exception {
        try (InputStream in = new ByteArrayInputStream(bundle.get(library.file(".pom")))) {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
        }
    }

    private static List<String> texts(Document pom, String path) throws Exception {
        NodeList found = (NodeList) XPathFactory.newInstance().newXPath().evaluate(path, pom, XPathConstants.NODESET);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            texts.add(found.item(i).getTextContent());
        }
        return texts;
    }
}
