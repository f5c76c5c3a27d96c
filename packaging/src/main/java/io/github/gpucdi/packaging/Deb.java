package io.github.gpucdi.packaging;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.vafer.jdeb.Console;
import org.vafer.jdeb.DataProducer;
import org.vafer.jdeb.DebMaker;
import org.vafer.jdeb.PackagingException;
import org.vafer.jdeb.mapping.Mapper;
import org.vafer.jdeb.mapping.PermMapper;
import org.vafer.jdeb.producers.DataProducerArchive;
import org.vafer.jdeb.producers.DataProducerFile;

/** The package for Debian and its descendants: what the archive has, below {@code /usr}. */
record Deb(Release release, Path work) {
    private static final String DOCUMENTS = "usr/share/doc/" + Release.NAME + "/";
    private static final String OVERRIDES = "usr/share/lintian/overrides/" + Release.NAME;
    private static final int KEEP = -1;
    private static final int FILE_MODE = 0644;
    private static final int DIRECTORY_MODE = 0755;

    /** @param archive the tar file with one directory that all lies in */
    Path write(Path archive, Path checkout, Path directory) throws IOException {
        Path deb = directory.resolve(Release.NAME + "_" + release.packageVersion() + "_"
                + release.architecture().debianName() + ".deb");
        // Debian has the licence already.
        String[] left = {"**/share/doc/gpu-cdi/LICENSE"};
        Mapper below = new PermMapper(0, 0, "root", "root", KEEP, KEEP, 1, "usr");
        Mapper zsh = entry -> {
            // The directory that others use is the administrator's, in Debian's zsh.
            entry.setName(entry.getName().replace("usr/share/zsh/site-functions", "usr/share/zsh/vendor-completions"));
            return entry;
        };
        DataProducer all = new DataProducerArchive(archive.toFile(), null, left, new Mapper[] {below, zsh});
        DataProducer changes = file(changelog(), DOCUMENTS + "changelog.gz");
        DataProducer overrides = file(checkout.resolve("packaging/src/main/deb/lintian-overrides"), OVERRIDES);
        try {
            DebMaker maker = new DebMaker(new Quiet(), List.of(all, changes, overrides), List.of());
            maker.setDeb(deb.toFile());
            maker.setControl(control(checkout).toFile());
            maker.setCompression("xz");
            maker.setTarLongFileMode("gnu");
            maker.setTarBigNumberMode("gnu");
            maker.setEncoding(StandardCharsets.UTF_8);
            maker.setOutputTimestampMs(release.time().toEpochMilli());
            maker.makeDeb();
        } catch (PackagingException e) {
            throw new IOException("cannot make " + deb, e);
        }
        return deb;
    }

    private static DataProducer file(Path file, String name) {
        Mapper owned = new PermMapper(0, 0, "root", "root", FILE_MODE, DIRECTORY_MODE, 0, null);
        return new DataProducerFile(file.toFile(), name, null, null, new Mapper[] {owned});
    }

    private Path control(Path checkout) throws IOException {
        Path control = Files.createDirectories(work.resolve("control"));
        for (String script : List.of("postinst", "prerm", "postrm")) {
            Path source = checkout.resolve("packaging/src/main/deb").resolve(script);
            Files.copy(source, control.resolve(script), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.writeString(control.resolve("control"), """
                Package: %s
                Version: %s
                Section: admin
                Priority: optional
                Architecture: %s
                Depends: libc6 (>= %s)
                Maintainer: %s
                Homepage: %s
                Description: %s
                 %s
                """.formatted(
                        Release.NAME,
                        release.packageVersion(),
                        release.architecture().debianName(),
                        Release.GLIBC,
                        Release.MAINTAINER,
                        Release.HOMEPAGE,
                        Release.SUMMARY.replace("Finds", "finds"),
                        String.join("\n ", Release.DESCRIPTION)));
        return control;
    }

    private Path changelog() throws IOException {
        String date = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ROOT)
                .format(release.time().atOffset(ZoneOffset.UTC));
        String text = """
                %s (%s) stable; urgency=medium

                  * What changed is told in CHANGELOG.md beside this file.

                 -- %s  %s
                """.formatted(Release.NAME, release.packageVersion(), Release.MAINTAINER, date);
        Path file = work.resolve("changelog.gz");
        try (OutputStream out = Gzip.to(Files.newOutputStream(file))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    /** What goes wrong is thrown. */
    private static final class Quiet implements Console {
        @Override
        public void debug(String message) {}

        @Override
        public void info(String message) {}

        @Override
        public void warn(String message) {
            System.err.println("jdeb: " + message);
        }
    }
}
