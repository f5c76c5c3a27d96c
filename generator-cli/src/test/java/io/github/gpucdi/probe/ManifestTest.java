package io.github.gpucdi.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What manifests name, hostile ones too. */
class ManifestTest {

    private static Optional<List<String>> libraries(String text) {
        return Manifest.read("x.json", text).map(Manifest::libraries);
    }

    @Test
    void everyLibraryOnceWhereverItStands() {
        assertThat(libraries("""
                        \uFEFF {
                          "file_format_version" : "1.0.1",
                          "comment": "\\"library_path\\": \\"libno.so\\"",
                          "layers": [
                            {"library_path": "lib\\u0041.so", "n": [1, -2.5e3, true, null]},
                            {"library_path"\t:\n"\\/usr\\/lib64\\/libb.so.1", "library_path": "libA.so"}
                          ],
                          "x": {"library_path": {"library_path2": "libno.so", "y": "libno.so"}},
                          "list": ["library_path", "libno.so"]
                        }
                        """)).contains(List.of("libA.so", "/usr/lib64/libb.so.1"));
        assertThat(libraries("{}")).contains(List.of());
    }

    @Test
    void bits() {
        assertThat(Manifest.read("x.json", "{\"library_arch\":\"32\"}")
                        .orElseThrow()
                        .bits())
                .isEqualTo(32);
        assertThat(Manifest.read("x.json", "{\"library_arch\":\"64\"}")
                        .orElseThrow()
                        .bits())
                .isEqualTo(64);
        assertThat(Manifest.read("x.json", "{}").orElseThrow().bits()).isZero();
    }

    @Test
    void anOpenClManifestIsOneLine() {
        assertThat(Manifest.read("x.icd", " libnvidia-opencl.so.1\r\n")
                        .orElseThrow()
                        .libraries())
                .containsExactly("libnvidia-opencl.so.1");
        assertThat(Manifest.read("x.icd", "\n")).isEmpty();
        assertThat(Manifest.read("x.icd", "a.so\nb.so\n")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "x",
                "[]",
                "\"library_path\"",
                "{",
                "{]",
                "{[}]",
                "{}}",
                "{} x",
                "{\"",
                "{\"library_path\":\"a",
                "{\"library_path\":\"a\\",
                "{\"library_path\":\"a\\x\"}",
                "{\"library_path\":\"\\u12\"}",
                "{\"library_path\":\"\\u12g4\"}",
                "{\"library_path\":\"\"}",
                "{\"library_path\":\"/usr/lib64/\"}",
                "{\"library_path\":\"a\\nb\"}",
                "{\"library_path\":\"a\\u202eb\"}",
                "{\"library_path\":\"a\\u0000b\"}"
            })
    void whatIsNoManifest(String text) {
        assertThat(Manifest.read("x.json", text)).isEmpty();
    }

    @Test
    void depthNumberAndLengthAreBounded() {
        assertThat(libraries("{\"a\":" + "[".repeat(63) + "]".repeat(63) + "}")).contains(List.of());
        assertThat(libraries("{\"a\":" + "[".repeat(64) + "]".repeat(64) + "}")).isEmpty();
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            paths.add("{\"library_path\":\"lib" + i + ".so\"}");
        }
        assertThat(libraries("{\"a\":[" + String.join(",", paths) + "]}").orElseThrow())
                .hasSize(64);
        paths.add("{\"library_path\":\"lib64.so\"}");
        assertThat(libraries("{\"a\":[" + String.join(",", paths) + "]}")).isEmpty();
        assertThat(libraries("{\"library_path\":\"" + "a".repeat(4096) + "\"}")).isPresent();
        assertThat(libraries("{\"library_path\":\"" + "a".repeat(4097) + "\"}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void brokenTextNeverThrowsAndNeverNamesWhatIsNoName(long seed) {
        String whole = "{\"layers\":[{\"library_path\":\"lib\\u0041.so\"},{\"library_arch\":\"32\"}]}";
        Random random = new Random(seed);
        for (int i = 0; i < 5000; i++) {
            StringBuilder text = new StringBuilder(whole);
            for (int change = random.nextInt(4); change >= 0; change--) {
                int at = random.nextInt(Math.max(1, text.length()));
                switch (random.nextInt(3)) {
                    case 0 -> text.delete(at, at + 1);
                    case 1 -> text.insert(at, "{}[]:,\"\\u0/\n".charAt(random.nextInt(12)));
                    default -> text.setLength(Math.min(at, text.length()));
                }
            }
            libraries(text.toString())
                    .ifPresent(names -> assertThat(names)
                            .as("seed %d: %s", seed, text)
                            .allMatch(name -> !name.isEmpty() && PathText.isWritable(name)));
        }
    }
}
