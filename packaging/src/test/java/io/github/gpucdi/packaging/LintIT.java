package io.github.gpucdi.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What distributions ask of packages, as far as their programs can tell. */
class LintIT {
    private static final int BYTES = 25_000_000;
    private static final int KILOBYTES_INSTALLED = 90_000;

    @Test
    void lintianFindsNoError() throws Exception {
        assumeTrue(CleanRoot.has("lintian"), "lintian is not there");

        Packaged.Result judged = Packaged.execute(List.of(
                "lintian",
                "--no-cfg",
                "--allow-root",
                "--fail-on=error",
                CleanRoot.Kind.DEB.made().toString()));

        assertThat(judged.status()).as(judged.out()).isZero();
    }

    @Test
    void rpmlintFindsNothing() throws Exception {
        assumeTrue(CleanRoot.has("rpmlint"), "rpmlint is not there");
        Path configuration = Path.of("src/main/rpm/rpmlint.toml");

        Packaged.Result judged = Packaged.execute(List.of(
                "rpmlint",
                "-c",
                configuration.toString(),
                CleanRoot.Kind.RPM.made().toString()));

        assertThat(judged.out()).contains(" 0 errors, 0 warnings,");
        assertThat(judged.status()).as(judged.out()).isZero();
    }

    /** Else rpm would ask for what no system has; the program's own needs are looked at in {@link NeedsIT}. */
    @Test
    void rpmIsAskedForGlibcAndAShellAndForNothingElse() throws Exception {
        List<String> required = Commands.run(List.of(
                        "rpm", "-qp", "--requires", CleanRoot.Kind.RPM.made().toString()))
                .lines()
                .filter(line -> !line.startsWith("rpmlib("))
                .distinct()
                .toList();

        assertThat(required).containsExactlyInAnyOrder("/bin/sh", "libc.so.6(GLIBC_" + Release.GLIBC + ")(64bit)");
    }

    @Test
    void packagesAreNotLarge() throws Exception {
        Path deb = CleanRoot.Kind.DEB.made();

        assertThat(Files.size(deb)).isLessThan(BYTES);
        assertThat(Files.size(CleanRoot.Kind.RPM.made())).isLessThan(BYTES);
        assertThat(Integer.parseInt(Commands.run(List.of("dpkg-deb", "-f", deb.toString(), "Installed-Size"))
                        .strip()))
                .isLessThan(KILOBYTES_INSTALLED);
    }
}
