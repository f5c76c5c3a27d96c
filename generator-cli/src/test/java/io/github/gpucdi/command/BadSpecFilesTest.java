package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Spec files that cannot be loaded: a warning each, the others stay. */
class BadSpecFilesTest {
    @TempDir
    Path root;

    enum Bad {
        DIRECTORY_LINK("a directory"),
        FIFO("not a regular file"),
        DEVICE("not a regular file"),
        DANGLING("a link that leads nowhere"),
        LOOP(""),
        HUGE("larger than 16 MiB"),
        NOT_UTF_8("UTF-8"),
        ALIAS_BOMB("alias"),
        DEEP(""),
        EMPTY("not a mapping"),
        NULL_NODE("");

        private final String reason;

        Bad(String reason) {
            this.reason = reason;
        }

        void make(Path file) throws IOException, InterruptedException {
            switch (this) {
                case DIRECTORY_LINK -> Files.createSymbolicLink(file, file.getParent());
                case FIFO ->
                    assertThat(new ProcessBuilder("mkfifo", file.toString())
                                    .start()
                                    .waitFor())
                            .isZero();
                case DEVICE -> Files.createSymbolicLink(file, Path.of("/dev/zero"));
                case DANGLING -> Files.createSymbolicLink(file, file.resolveSibling("gone"));
                case LOOP -> Files.createSymbolicLink(file, file);
                case HUGE -> {
                    try (FileChannel channel =
                            FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                        channel.write(ByteBuffer.wrap(new byte[] {'\n'}), 17L << 20);
                    }
                }
                case NOT_UTF_8 -> Files.write(file, "kind: caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
                case ALIAS_BOMB -> Files.writeString(file, bomb());
                case DEEP -> Files.writeString(file, "kind: " + "[".repeat(200_000));
                case EMPTY -> Files.writeString(file, "# nothing\n");
                case NULL_NODE ->
                    Files.writeString(
                            file,
                            "cdiVersion: 0.5.0\nkind: acme.com/widget\n"
                                    + "devices: [{name: x, containerEdits: {deviceNodes: [null]}}]\n");
            }
        }

        private static String bomb() {
            StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
            for (int i = 1; i < 12; i++) {
                String alias = "*a" + (i - 1);
                text.append("a").append(i).append(": &a").append(i).append(" [");
                text.append((alias + ", ").repeat(8)).append(alias).append("]\n");
            }
            return text.toString();
        }
    }

    @ParameterizedTest
    @EnumSource(Bad.class)
    @Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void isAWarning(Bad bad) throws IOException, InterruptedException {
        SpecTree specs = new SpecTree(root).put("d/good.yaml", "0");
        bad.make(Path.of(specs.at("d/bad.yaml")));
        for (String format : List.of("name", "json")) {
            Run run = Run.of("list", specs.dirs("d"), "--format=" + format);
            assertThat(run.status()).isEqualTo(1);
            assertThat(run.err().lines()).hasSize(1);
            assertThat(run.messages("warning"))
                    .singleElement()
                    .asString()
                    .startsWith(specs.at("d/bad.yaml") + " is not loaded: ")
                    .contains(bad.reason);
            assertThat(run.out()).contains("acme.com/widget=0").doesNotContain("acme.com/widget=x");
        }
        assertThat(Run.of("show", specs.dirs("d"), "acme.com/widget=0").status())
                .isZero();
        assertThat(Run.of("cdi", "list", specs.dirs("d")).out()).isEqualTo("acme.com/widget=0\n");
    }

    /** As engines, which do not look into it. */
    @Test
    void aDirectoryWithASpecsNameIsNoFile() throws IOException {
        SpecTree specs = new SpecTree(root).put("d/good.yaml", "0").put("d/folder.yaml/x.yaml", "1");
        Run run = Run.of("list", specs.dirs("d"), "--format=name");
        assertThat(run.status()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo("acme.com/widget=0\n");
    }

    @Test
    void controlCharactersInNamesAreEscaped() throws IOException {
        String name = "d/\u001b[31mred\nline.yaml";
        SpecTree specs = new SpecTree(root).put(name, "0").put("d/x.yaml", "0").write("d/\u001b]0;bad.json", "");
        for (String format : List.of("table", "name", "json", "yaml")) {
            Run run = Run.of("list", specs.dirs("d"), "--format=" + format);
            assertThat(run.out() + run.err()).doesNotContain("\u001b").doesNotContain("red\nline");
            assertThat(run.err()).contains("\\u001b]0;bad.json is not loaded");
        }
        assertThat(Run.of("list", specs.dirs("d")).out().lines()).hasSize(3);
        assertThat(Run.of("list", specs.dirs("d")).out()).contains("/\\u001b[31mred\\u000aline.yaml  ");
        Run show = Run.of("show", specs.dirs("d"), "acme.com/widget=0");
        assertThat(show.err()).doesNotContain("\u001b").contains("\\u001b[31mred\\u000aline.yaml");
        Run inject = Run.of("inject", "--config=/no/\u001b[2J", "acme.com/widget=0");
        assertThat(inject.err()).doesNotContain("\u001b");
    }
}
