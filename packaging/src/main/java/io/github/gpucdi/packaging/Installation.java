package io.github.gpucdi.packaging;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Lays out what is installed: launcher, runtime, jars, start-up cache, documents, manual pages, schemas. */
record Installation(Path checkout, Path program, Path work, Jdk25 jdk, Architecture architecture, Tree tree) {
    static final String HOME = "lib/gpu-cdi";
    static final String CACHE = "gpu-cdi.aot";
    static final String DOCUMENTS = "share/doc/gpu-cdi";
    static final String LICENCES = DOCUMENTS + "/licences/";
    private static final String SCHEMAS = "share/gpu-cdi/schemas";
    private static final String MODULES = "java.base,java.logging,jdk.unsupported";
    private static final String MAIN_JAR = "gpu-cdi.jar";

    /** Where systemd and udev look for what keeps the spec up to date, by the ends of names. */
    private static final Map<String, String> REFRESH = Map.of(
            "service", "lib/systemd/system",
            "path", "lib/systemd/system",
            "timer", "lib/systemd/system",
            "preset", "lib/systemd/system-preset",
            "rules", "lib/udev/rules.d",
            "conf", "lib/tmpfiles.d");

    /** Parts of an image that only the tools of a JDK need: {@code bin} with the launcher of Java is one. */
    private static final List<String> NOT_INSTALLED =
            List.of("bin/", "legal/", "lib/classlist", "lib/jrt-fs.jar", "lib/libjli.so", "lib/jvm.cfg", "lib/jexec");

    /** @param made a start-up cache that was made before */
    void layOut(Optional<Path> made) throws IOException, InterruptedException {
        Launcher launcher = new Launcher(checkout.resolve("packaging/src/main/c"), jdk);
        tree.executable(launcher.launcher(work.resolve("gpu-cdi")), "bin/gpu-cdi");
        runtime();
        application();
        strip();
        documents();
        share();
        refresh();
        Path training = launcher.training(work.resolve("training"));
        StartupCache cache = new StartupCache(checkout, training, tree.path(HOME), work);
        List<String> contents = contents(cache);
        write(contents);
        tree.file(made.isPresent() ? made.get() : cache.make(architecture), HOME + "/" + CACHE);
        contents.add(summed(CACHE, cache));
        write(contents);
    }

    private void runtime() throws IOException, InterruptedException {
        Path image = work.resolve("image");
        Tree.delete(image);
        Commands.run(List.of(
                jdk.tool("jlink").toString(),
                "--add-modules",
                MODULES,
                "--strip-debug",
                "--no-man-pages",
                "--no-header-files",
                "--compress=zip-0",
                "--output",
                image.toString()));
        try (Stream<Path> all = Files.walk(image)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                String name = image.relativize(file).toString();
                if (NOT_INSTALLED.stream().noneMatch(name::startsWith)) {
                    tree.file(file, HOME + "/runtime/" + name);
                }
            }
        }
        tree.directory(image.resolve("legal"), LICENCES + "openjdk");
        tree.file(checkout.resolve("packaging/src/main/licences/libffi"), LICENCES + "libffi/LICENSE");
    }

    private void application() throws IOException {
        tree.file(program.resolve(MAIN_JAR), HOME + "/app/" + MAIN_JAR);
        tree.directory(program.resolve("lib"), HOME + "/app");
        Path picocli = one(program.resolve("lib"), "picocli-");
        tree.file(Picocli.compiled(picocli, Picocli.sources(), work), HOME + "/app/" + picocli.getFileName());
        String library = "libjnidispatch.so";
        tree.file(
                program.resolve("native/com/sun/jna")
                        .resolve(architecture.jnaDirectory())
                        .resolve(library),
                HOME + "/native/" + library);
        try (Stream<Path> jars = Files.list(program.resolve("lib"))) {
            for (Path jar : jars.sorted().toList()) {
                String name = jar.getFileName().toString();
                String licences = LICENCES + name.substring(0, name.length() - ".jar".length());
                Licences.ofJar(jar, checkout.resolve("LICENSE"), tree, licences);
            }
        }
    }

    private static Path one(Path directory, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no " + prefix + "*.jar in " + directory));
        }
    }

    /** Names that only a debugger reads are a tenth of the whole. */
    private void strip() throws IOException, InterruptedException {
        for (String name : tree.files()) {
            if (name.endsWith(".so") || name.endsWith("/jspawnhelper")) {
                Path stripped = work.resolve("stripped");
                Commands.run(List.of(
                        "strip",
                        "--strip-unneeded",
                        "-o",
                        stripped.toString(),
                        tree.path(name).toString()));
                tree.file(stripped, name);
            }
        }
    }

    private void documents() throws IOException {
        for (String name : List.of("README.md", "CHANGELOG.md", "LICENSE", "NOTICE")) {
            tree.file(checkout.resolve(name), DOCUMENTS + "/" + name);
        }
        tree.file(checkout.resolve("packaging/src/main/doc/copyright"), DOCUMENTS + "/copyright");
        tree.directory(checkout.resolve("docs"), DOCUMENTS + "/docs");
        tree.directory(checkout.resolve("examples"), DOCUMENTS + "/examples");
        tree.directory(checkout.resolve("schemas"), SCHEMAS);
    }

    private void refresh() throws IOException {
        Path source = checkout.resolve("packaging/src/main/systemd");
        try (Stream<Path> files = Files.list(source)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                tree.file(file, REFRESH.get(name.substring(name.lastIndexOf('.') + 1)) + "/" + name);
            }
        }
    }

    /** Whether only a host with systemd has a use for it. */
    static boolean isForSystemd(String name) {
        return REFRESH.values().stream().anyMatch(directory -> name.startsWith(directory + "/"));
    }

    /** Manual pages, compressed as distributions have them, and completions: the program writes them itself. */
    private void share() throws IOException, InterruptedException {
        Path share = work.resolve("share");
        Tree.delete(share);
        Commands.run(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                program.resolve(MAIN_JAR).toString(),
                "share",
                share.toString()));
        try (Stream<Path> pages = Files.walk(share.resolve("man")).filter(Files::isRegularFile)) {
            for (Path page : pages.sorted().toList()) {
                try (OutputStream out = Gzip.to(Files.newOutputStream(Path.of(page + ".gz")))) {
                    Files.copy(page, out);
                }
                Files.delete(page);
            }
        }
        tree.directory(share, "share");
    }

    /** What the launcher looks at before it starts anything; the jars in the order of the class path. */
    private List<String> contents(StartupCache cache) throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        lines.add(summed("app/" + MAIN_JAR, cache));
        List<String> others = new ArrayList<>();
        for (String name : tree.files()) {
            if (name.startsWith(HOME + "/")) {
                String inside = name.substring(HOME.length() + 1);
                if (inside.startsWith("app/") && !inside.equals("app/" + MAIN_JAR)) {
                    lines.add(summed(inside, cache));
                } else if (inside.endsWith(".so") || inside.endsWith("/modules")) {
                    others.add(line(inside));
                }
            }
        }
        lines.addAll(others);
        return lines;
    }

    private String line(String name) throws IOException {
        return Files.size(tree.path(HOME + "/" + name)) + " " + name;
    }

    private String summed(String name, StartupCache cache) throws IOException, InterruptedException {
        return line(name) + " " + cache.sum(tree.path(HOME + "/" + name));
    }

    private void write(List<String> contents) throws IOException {
        String text = String.join("\n", contents) + "\n";
        tree.write(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), HOME + "/contents", false);
    }
}
