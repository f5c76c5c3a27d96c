package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.gpucdi.testhost.HostTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Killed at random points, a watch leaves the old spec or the new one; the next one goes on. */
class WatchKilledTest {
    /** So many points; CI tries more, for a start of Java each. */
    private static final int POINTS = Integer.getInteger("watch.kills", 10);

    private static final long SEED = Long.getLong("watch.seed", 4711);

    @TempDir
    Path folder;

    private Path root;
    private Path output;

    private Watching start() throws IOException {
        return Watching.start(
                folder.resolve("log"),
                Map.of(),
                "--host-root=" + root,
                "--output=" + output,
                "--interval=0.05",
                "--hooks=none");
    }

    private static String generated(Path root) {
        Run run = Run.of("generate", "--host-root=" + root, "--hooks=none");
        assertThat(run.out()).as(run.err()).isNotEmpty();
        return run.out();
    }

    @Test
    void theFileIsWholeAtAnyMoment() throws Exception {
        assumeTrue(HostTree.canMakeNodes(), "device nodes need root");
        root = SmallHost.in(folder).layOut();
        output = folder.resolve("cdi/nvidia.yaml");
        Path node = root.resolve("dev/nvidia1");
        Path away = root.resolve("dev/away");
        String both = generated(root);
        Files.move(node, away);
        String one = generated(root);
        Random random = new Random(SEED);
        for (int point = 0; point < POINTS; point++) {
            boolean there = Files.exists(node);
            Files.move(there ? node : away, there ? away : node);
            Watching watching = start();
            TimeUnit.MILLISECONDS.sleep(random.nextInt(1500));
            watching.close();
            if (Files.exists(output)) {
                assertThat(Files.readString(output))
                        .as("point %s of seed %s", point, SEED)
                        .isIn(one, both);
            }
        }
        String wanted = Files.exists(node) ? both : one;
        try (Watching watching = start()) {
            watching.await("the spec", () -> {
                try {
                    return Files.exists(output) && Files.readString(output).equals(wanted);
                } catch (IOException e) {
                    return false;
                }
            });
        }
        try (Stream<Path> files = Files.list(output.getParent())) {
            assertThat(files.filter(file -> file.toString().endsWith(".yaml"))).containsExactly(output);
        }
    }
}
