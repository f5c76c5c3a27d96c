package io.github.gpucdi.packaging;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Makes all packages, in one directory, from the built program. */
public final class MakePackages {
    private static final String JDK = "--jdk25.home=";
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
        Path sums = directory.resolve("SHA256SUMS");
        Checksums.deleteListed(sums);

        Tree tree = Tree.empty(work.resolve("tree"), release.time());
        Path program = Path.of(args[1]).toAbsolutePath().normalize();
        Path cache = args.length > 8 ? Path.of(option(args[8], CACHE)) : null;
        new Installation(checkout, program, work, jdk, architecture, tree).layOut(cache);
        Bill bill = new Bill(release, jdk, tree);
        String bare = bill.json(null);
        tree.write(new ByteArrayInputStream(bare.getBytes(StandardCharsets.UTF_8)), Bill.NAME, false);

        List<Path> made = new ArrayList<>();
        String name = "gpu-cdi-" + release.version() + "-linux-" + architecture.kernelName();
        made.add(Files.writeString(directory.resolve(name + ".cdx.json"), bare));
        // Compressing takes most of the time.
        CompletableFuture<Path> rpm = CompletableFuture.supplyAsync(() -> rpm(release, tree, checkout, directory));
        Path archive = directory.resolve(name + ".tar.gz");
        TarGz.write(tree, name, archive);
        made.add(archive);
        made.add(new Deb(release, work).write(archive, checkout, directory));
        Glibc glibc = Glibc.ofCompiler(architecture);
        String whole = bill.json(glibc);
        made.add(Files.writeString(directory.resolve(name + "-oci.cdx.json"), whole));
        made.add(new Image(release, checkout, work).write(tree, glibc, whole, directory.resolve(name + "-oci.tar")));
        made.add(rpm.join());
        Checksums.write(made, sums);
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
