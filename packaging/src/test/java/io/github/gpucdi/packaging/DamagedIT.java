package io.github.gpucdi.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Installations with a part that is missing, cut short, changed or of another build: said, or without effect. */
class DamagedIT {
    private static final String GENERATE = "exec \"$0\" --quiet generate --simulate=dgx-a100";
    private static final String NOT_WHOLE = "error: gpu-cdi is not wholly installed: ";
    private static final Path WORK = Packaged.DIRECTORY.resolveSibling(Packaged.DIRECTORY.getFileName() + ".work");

    @TempDir
    private static Path unpacked;

    private static Packaged whole;
    private static String spec;

    @TempDir
    private Path own;

    private Packaged damaged;

    @BeforeAll
    static void unpack() throws Exception {
        whole = Packaged.unpacked(unpacked);
        spec = whole.shell(GENERATE).out();
        assertThat(spec).startsWith("---\n");
    }

    @BeforeEach
    void copy() throws Exception {
        damaged = whole.copy(own);
    }

    @Test
    void withoutItsListNothingStarts() throws Exception {
        Path contents = damaged.home().resolve("contents");
        byte[] bytes = Files.readAllBytes(contents);

        replace(contents, new byte[0]);
        assertThat(damaged.run("--version").err()).startsWith(NOT_WHOLE + contents + " is damaged\n");
        replace(contents, Arrays.copyOf(bytes, bytes.length / 2));
        assertThat(damaged.run("--version").err()).startsWith(NOT_WHOLE + contents + " is cut short\n");
        Files.delete(contents);
        isNamed(contents, "No such file or directory");
    }

    @Test
    void eachPartThatIsMissingIsNamed() throws Exception {
        for (String part : parts()) {
            Path file = damaged.home().resolve(part);
            Path kept = Files.move(file, own.resolve("kept"));

            isNamed(file, "No such file or directory");
            Files.move(kept, file);
        }
    }

    @Test
    void eachPartThatIsCutShortIsNamed() throws Exception {
        for (String part : parts()) {
            Path file = damaged.home().resolve(part);
            Path kept = Files.move(file, own.resolve("kept"));
            Files.write(file, new byte[1000]);

            assertThat(damaged.run("--version").err()).startsWith(NOT_WHOLE + file + " has 1000 bytes, not ");
            Files.move(kept, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private List<String> parts() throws IOException {
        List<String> parts = Files.readAllLines(damaged.home().resolve("contents")).stream()
                .map(line -> line.split(" ")[1])
                .filter(part -> !part.equals(Installation.CACHE))
                .toList();
        assertThat(parts)
                .contains(
                        "app/gpu-cdi.jar",
                        "native/libjnidispatch.so",
                        "runtime/lib/modules",
                        "runtime/lib/server/libjvm.so");
        return parts;
    }

    private void isNamed(Path file, String reason) throws Exception {
        assertThat(damaged.run("--version"))
                .isEqualTo(new Packaged.Result(70, "", NOT_WHOLE + file + ": " + reason + "\nhint: install it anew\n"));
    }

    /**
     * Package managers replace file by file. Until all are, jars of one build and the list of another are together: even
     * if none has another size, that is no program.
     */
    @Test
    void aStartInTheMiddleOfAnUpgradeIsSaid() throws Exception {
        List<String> jars =
                parts().stream().filter(part -> part.startsWith("app/")).toList();
        assertThat(jars).hasSizeGreaterThan(5);
        Path next = Files.createDirectories(own.resolve("next/app"));
        Path contents = damaged.home().resolve("contents");
        String old = Files.readString(contents);
        String list = old;
        for (String jar : jars) {
            byte[] bytes = Files.readAllBytes(damaged.home().resolve(jar));
            // A jar's last bytes are the length of a comment, of none: who reads it does not mind more or less.
            bytes[bytes.length - 1] ^= 1;
            Path file = Files.write(next.resolveSibling(jar), bytes);
            list = list.replace(sum(damaged.home().resolve(jar)), sum(file));
        }

        for (String jar : jars) {
            replace(damaged.home().resolve(jar), Files.readAllBytes(next.resolveSibling(jar)));
            assertThat(damaged.run("--version").err()).contains(NOT_WHOLE, " is damaged, or of another build\n");
        }
        replace(contents, list.getBytes(StandardCharsets.UTF_8));
        assertThat(damaged.run("--version").err()).doesNotContain(NOT_WHOLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "cut", "empty", "changed", "foreign", "unreadable"})
    void aDamagedCacheOnlyCostsTime(String damage) throws Exception {
        Path cache = damaged.home().resolve(Installation.CACHE);
        byte[] bytes = Files.readAllBytes(cache);
        switch (damage) {
            case "missing" -> Files.delete(cache);
            case "cut" -> replace(cache, Arrays.copyOf(bytes, bytes.length / 2));
            case "empty" -> replace(cache, new byte[0]);
            case "changed" -> {
                bytes[bytes.length / 3] ^= 1;
                replace(cache, bytes);
            }
            case "foreign" -> replace(cache, new byte[bytes.length]);
            default -> {
                Files.delete(cache);
                Files.createDirectory(cache);
            }
        }

        Packaged.Result result = damaged.shell(GENERATE);

        assertThat(result.status()).isZero();
        assertThat(result.out()).isEqualTo(spec);
        assertThat(result.err())
                .matches("warning: the start-up cache .* is (damaged|not there): gpu-cdi works, but starts slowly\n"
                        + "hint: install gpu-cdi anew\n");
    }

    /** A cache that is whole, but of another build of the virtual machine: that must find it out itself. */
    @ParameterizedTest
    @ValueSource(strings = {"OpenJDK", "magic"})
    void aCacheOfAnotherMachineIsNotUsed(String changed) throws Exception {
        Path cache = damaged.home().resolve(Installation.CACHE);
        byte[] bytes = Files.readAllBytes(cache);
        String header = new String(bytes, 0, 4096, StandardCharsets.ISO_8859_1);
        int at = changed.equals("magic") ? 0 : header.indexOf(changed);
        assertThat(at).isNotNegative();
        bytes[at] ^= 1;
        String old = sum(cache);
        replace(cache, bytes);
        listed(old, sum(cache));

        Packaged.Result result = damaged.shell(GENERATE);

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out()).isEqualTo(spec);
    }

    /** The cache knows what jars its classes are from. */
    @Test
    void aCacheOfOtherJarsIsNotUsed() throws Exception {
        Path jar = damaged.home().resolve("app/gpu-cdi.jar");
        byte[] bytes = Files.readAllBytes(jar);
        String old = bytes.length + " app/gpu-cdi.jar " + sum(jar);
        replace(jar, Arrays.copyOf(bytes, bytes.length + 1));
        listed(old, bytes.length + 1 + " app/gpu-cdi.jar " + sum(jar));

        assertThat(damaged.shell(GENERATE).out()).isEqualTo(spec);
    }

    /** What the dynamic linker says where glibc is older than what the virtual machine was linked with. */
    @Test
    void anOldGlibcIsSaid() throws Exception {
        Path libc = own.resolve("libc.so.6");
        Path machine = damaged.home().resolve("runtime/lib/server/libjvm.so");
        long size = Files.size(machine);
        Path code = Files.writeString(own.resolve("new.c"), "int from_the_future(void) { return 1; }\n");
        Path versions = Files.writeString(own.resolve("versions"), "GLIBC_9.99 { from_the_future; };\n");
        Path user = Files.writeString(
                own.resolve("user.c"),
                "int from_the_future(void); int JNI_CreateJavaVM(void) { return from_the_future(); }\n");
        Commands.run(List.of(
                "gcc",
                "-shared",
                "-nostdlib",
                "-Wl,-soname,libc.so.6",
                "-Wl,--version-script=" + versions,
                "-o",
                libc.toString(),
                code.toString()));
        Files.delete(machine);
        Commands.run(
                List.of("gcc", "-shared", "-nostdlib", "-o", machine.toString(), user.toString(), libc.toString()));
        listed(size + " runtime/lib/server", Files.size(machine) + " runtime/lib/server");

        Packaged.Result result = damaged.run("--version");

        assertThat(result.status()).isEqualTo(70);
        assertThat(result.err())
                .matches("error: gpu-cdi needs a newer glibc: .*GLIBC_9\\.99.*\nhint: this host has [0-9.]+: .*\n");
    }

    private void listed(String old, String now) throws IOException {
        Path contents = damaged.home().resolve("contents");
        String text = Files.readString(contents);
        assertThat(text).contains(old);
        replace(contents, text.replace(old, now).getBytes(StandardCharsets.UTF_8));
    }

    private static String sum(Path file) throws IOException, InterruptedException {
        return Commands.run(List.of(WORK.resolve("training").toString(), "sum", file.toString()))
                .strip();
    }

    private static void replace(Path file, byte[] bytes) throws IOException {
        Files.delete(file);
        Files.write(file, bytes);
    }
}
