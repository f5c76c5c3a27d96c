package io.github.gpucdi.e2e.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands of {@code examples/engines}, as they stand there. */
@ExtendWith(RowPerTest.class)
class EnginePagesIT {
    private static final Path PAGES = Path.of("../examples/engines");
    private static final Pattern BLOCK =
            Pattern.compile("^```sh e2e=(\\S+)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    /**
     * Commands of a page.
     *
     * @param page its file
     * @param where the engine that they are for
     * @param number counts a page's blocks
     */
    record Block(String page, String where, int number, String commands) {
        @Override
        public String toString() {
            return page + " " + number + " (" + where + ")";
        }
    }

    static List<Block> blocks() throws IOException {
        List<Block> blocks = new ArrayList<>();
        try (DirectoryStream<Path> pages = Files.newDirectoryStream(PAGES, "*.md")) {
            for (Path page : pages) {
                Matcher matcher = BLOCK.matcher(Files.readString(page));
                for (int number = 1; matcher.find(); number++) {
                    blocks.add(new Block(page.getFileName().toString(), matcher.group(1), number, matcher.group(2)));
                }
            }
        }
        blocks.sort(Comparator.comparing(Block::toString));
        return blocks;
    }

    @Test
    void noPageLostItsMarks() throws IOException {
        assertThat(blocks())
                .extracting(Block::where)
                .contains("podman", "podman-user", "docker", "buildah", "containerd");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("blocks")
    void commandsOfAPage(Block block) {
        EngineHost host = block.where().startsWith("podman") ? EngineHost.pages() : EngineHost.newer();
        if (block.where().equals("docker")) {
            Docker.start(host);
        }
        List<String> command = new ArrayList<>();
        if (block.where().equals("podman-user")) {
            command.addAll(EngineHost.AS_USER);
            host.importAsUser("debian");
        }
        command.addAll(List.of("sh", "-euc", "export IMAGE=localhost/debian\n" + block.commands()));
        host.inside(command).orFail(block);
    }
}
