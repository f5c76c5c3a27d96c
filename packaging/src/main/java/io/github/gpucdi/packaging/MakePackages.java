package io.github.gpucdi.packaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Makes all packages, in one directory, from the built program. */
public final class MakePackages {
    private static final String JDK = "--jdk25.home=";

    private MakePackages() {}

    /** @param args CHECKOUT PROGRAM DIRECTORY VERSION ARCHITECTURE TIME --jdk25.home=JDK */
    public static void main(String[] args) throws IOException, InterruptedException {
        try {
            make(args);
        } catch (IllegalStateException | IllegalArgumentException e) {
            System.err.println("error: " + e.getMessage());
            System.exit(1);
        }
    }

    private static void make(String[] args) throws IOException, InterruptedException {
        Path checkout = Path.of(args[0]).toAbsolutePath().normalize();
        Path directory = Path.of(args[2]).toAbsolutePath().normalize();
        Architecture architecture = Architecture.of(args[4]);
        Jdk25 jdk = Jdk25.find(args[6].substring(JDK.length()), architecture);
        Instant time = Instant.parse(args[5]);
        Path work = directory.resolveSibling(directory.getFileName() + ".work");
        Tree.delete(work);
        Files.createDirectories(work);
        Files.createDirectories(directory);

        Tree tree = Tree.empty(work.resolve("tree"), time);
        Path program = Path.of(args[1]).toAbsolutePath().normalize();
        new Installation(checkout, program, work, jdk, architecture, tree).layOut();

        Release release = new Release(args[3], architecture, time);
        List<Path> made = new ArrayList<>();
        String name = "gpu-cdi-" + args[3] + "-linux-" + architecture.kernelName();
        Path archive = directory.resolve(name + ".tar.gz");
        TarGz.write(tree, name, archive);
        made.add(archive);
        // Compressing takes most of the time.
        CompletableFuture<Path> rpm = CompletableFuture.supplyAsync(() -> rpm(release, tree, directory));
        made.add(new Deb(release, work).write(archive, checkout, directory));
        made.add(rpm.join());
        Checksums.write(made, directory.resolve("SHA256SUMS"));
    }

    private static Path rpm(Release release, Tree tree, Path directory) {
        try {
            return new Rpm(release).write(tree, directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
