package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.gpucdi.terminal.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher of a checkout. */
class LauncherTest {
    @TempDir
    Path folder;

    /** A checkout that was never built, run by a user who may read it only. */
    @Test
    void whoMayNotBuildIsToldWhoMay() throws IOException, InterruptedException {
        boolean root = "root".equals(System.getProperty("user.name"));
        assumeTrue(!root || Files.isExecutable(Path.of("/usr/bin/setpriv")), "root needs setpriv to be another user");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path checkout = Files.createDirectories(folder.resolve("checkout/bin")).getParent();
        Path launcher = Files.copy(Path.of("..", "bin", "gpu-cdi"), checkout.resolve("bin/gpu-cdi"));
        Files.createFile(checkout.resolve("pom.xml"));
        Path module = Files.createDirectory(checkout.resolve("generator-cli"));
        Files.setPosixFilePermissions(module, PosixFilePermissions.fromString("r-xr-xr-x"));
        List<String> command = new ArrayList<>();
        if (root) {
            command.addAll(List.of("/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
        }
        command.addAll(List.of("bash", launcher.toString(), "--version"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isEqualTo(ExitCode.BUG.status());
        assertThat(said.lines())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("error: this checkout has no build as new as its sources");
        assertThat(said).contains("hint: ", System.getProperty("user.name") + " may");
    }

    /** The JVM's own complaint is talk, not data: a script may be reading the spec. */
    @Test
    void aJvmThatDoesNotStartSaysNothingOnStandardOutput() throws IOException, InterruptedException {
        String launcher = Files.readString(Path.of("..", "bin", "gpu-cdi"));
        Matcher options = Pattern.compile("options=\\((.*)\\)").matcher(launcher);
        assertThat(options.find()).isTrue();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options.group(1).split(" ")));
        command.addAll(List.of("-Xmx1k", "-version"));
        Process process = new ProcessBuilder(command)
                .redirectError(folder.resolve("err").toFile())
                .start();
        process.getOutputStream().close();

        assertThat(process.getInputStream().readAllBytes()).isEmpty();
        assertThat(process.waitFor()).isOne();
        assertThat(folder.resolve("err")).isNotEmptyFile();
    }

    /** What doctor --fix runs is this launcher, where no directory for programs has one. */
    @Test
    void theProgramKnowsItsLauncher() throws IOException, InterruptedException {
        Path checkout = Files.createDirectories(folder.resolve("checkout/bin")).getParent();
        Path launcher = Files.copy(Path.of("..", "bin", "gpu-cdi"), checkout.resolve("bin/gpu-cdi"));
        Path link = Files.createSymbolicLink(folder.resolve("linked"), launcher);
        Files.createFile(checkout.resolve("pom.xml"));
        Files.createFile(Files.createDirectories(checkout.resolve("generator-cli/target"))
                .resolve("built"));
        Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        ProcessBuilder builder = new ProcessBuilder("bash", link.toString(), "--version");
        builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said.lines())
                .contains("-Dio.github.gpucdi.launcher=" + checkout.toRealPath().resolve("bin"));
    }

    /** The exit status 1 says "differs", and nothing else may. */
    @Test
    void aLauncherWithoutAPlaceForItsLogDoesNotSayDiffers() throws IOException, InterruptedException {
        Path checkout = Files.createDirectories(folder.resolve("checkout/bin")).getParent();
        Path launcher = Files.copy(Path.of("..", "bin", "gpu-cdi"), checkout.resolve("bin/gpu-cdi"));
        Files.createFile(checkout.resolve("pom.xml"));
        Files.createDirectory(checkout.resolve("generator-cli"));
        ProcessBuilder builder = new ProcessBuilder("bash", launcher.toString(), "--version").redirectErrorStream(true);
        builder.environment().put("TMPDIR", folder.resolve("missing").toString());
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isEqualTo(ExitCode.BUG.status());
        assertThat(said).contains("error: ", "hint: ");
    }

    /** Runs the launcher of a checkout without a build, where Maven fails at once. */
    private String unbuilt(String argument) throws IOException, InterruptedException {
        Path checkout = folder.resolve("checkout");
        Files.createDirectories(checkout.resolve("bin"));
        Files.createDirectories(checkout.resolve("generator-cli"));
        Files.writeString(checkout.resolve("pom.xml"), "");
        Path launcher = checkout.resolve("bin/gpu-cdi");
        Files.copy(Path.of("..", "bin", "gpu-cdi"), launcher, StandardCopyOption.REPLACE_EXISTING);
        Path maven = Files.writeString(folder.resolve("mvn"), "#!/bin/sh\nexit 1\n");
        Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwxr-xr-x"));
        ProcessBuilder builder = new ProcessBuilder("bash", launcher.toString(), argument).redirectErrorStream(true);
        builder.environment().merge("PATH", folder.toString(), (path, first) -> first + ":" + path);
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    @Test
    void aBuildIsSaidUnlessQuiet() throws IOException, InterruptedException {
        assertThat(unbuilt("--version")).startsWith("info: building gpu-cdi").contains("error: the build failed");
        assertThat(unbuilt("--quiet")).startsWith("error: the build failed");
    }

    /** A key pressed in a shell must not set off minutes of work. */
    @Test
    void completionBuildsNothing() throws IOException, InterruptedException {
        assertThat(unbuilt("complete")).isEmpty();
    }
}
