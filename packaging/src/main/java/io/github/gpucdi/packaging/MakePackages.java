package io.github.gpucdi.packaging;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Makes all packages, in one directory, from the built program. */
public final class MakePackages {
    private static final String JDK = "--jdk25.home=";
    private static final String SUMS = "SHA256SUMS";
    private static final String TOOLCHAINS = "--toolchains=";
    private static final String CACHE = "--cache=";

    private MakePackages() {}

    /**
     * @param args CHECKOUT PROGRAM DIRECTORY VERSION ARCHITECTURE TIME --jdk25.home=JDK --toolchains=FILE [--cache=FILE]:
     *     a start-up cache that was made before, since two of them are never the same
     */
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
        Jdk25 jdk = Jdk25.find(option(args[6], JDK), Path.of(option(args[7], TOOLCHAINS)), architecture);
        Release release = new Release(args[3], architecture, Instant.parse(args[5]));
        Path work = directory.resolveSibling(directory.getFileName() + ".work");
        Tree.delete(work);
        Files.createDirectories(work);
        Files.createDirectories(directory);
        Path made = Files.createDirectories(work.resolve("made"));

        Tree tree = Tree.empty(work.resolve("tree"), release.time());
        Path program = Path.of(args[1]).toAbsolutePath().normalize();
        Optional<Path> cache = args.length > 8 ? Optional.of(Path.of(option(args[8], CACHE))) : Optional.empty();
        new Installation(checkout, program, work, jdk, architecture, tree).layOut(cache);
        Bill bill = new Bill(release, jdk, tree);
        String bare = bill.json(Optional.empty());
        tree.write(new ByteArrayInputStream(bare.getBytes(StandardCharsets.UTF_8)), Bill.NAME, false);

        List<Path> files = new ArrayList<>();
        String name = "gpu-cdi-" + release.version() + "-linux-" + architecture.kernelName();
        files.add(Files.writeString(made.resolve(name + ".cdx.json"), bare));
        // Compressing takes most of the time.
        CompletableFuture<Path> rpm = CompletableFuture.supplyAsync(() -> rpm(release, tree, checkout, made));
        Path archive = made.resolve(name + ".tar.gz");
        TarGz.write(tree, name, archive);
        files.add(archive);
        files.add(new Deb(release, work).write(archive, checkout, made));
        Glibc glibc = Glibc.ofCompiler(architecture);
        String whole = bill.json(Optional.of(glibc));
        files.add(Files.writeString(made.resolve(name + "-oci.cdx.json"), whole));
        files.add(new Image(release, checkout, work).write(tree, glibc, whole, made.resolve(name + "-oci.tar")));
        files.add(rpm.join());
        Checksums.write(files, made.resolve(SUMS));
        files.add(made.resolve(SUMS));
        replace(directory, files);
    }

    /** All is made: it takes the place of what an earlier build has left, of whatever version. */
    private static void replace(Path directory, List<Path> files) throws IOException {
        Checksums.deleteListed(directory.resolve(SUMS));
        for (Path file : files) {
            Files.move(file, directory.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static String option(String argument, String name) {
        if (!argument.startsWith(name)) {
            throw new IllegalArgumentException(argument + " is not " + name);
        }
        return argument.substring(name.length());
    }

    private static Path rpm(Release release, Tree tree, Path checkout, Path directory) {
        try {
            return new Rpm(release).write(tree, checkout.resolve("packaging/src/main/rpm"), directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
