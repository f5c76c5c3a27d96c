package io.github.gpucdi.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The packages that the build made, as version 0 and with one file more: what an upgrade replaces. */
final class Older {
    static final String OF_OLD = "usr/lib/gpu-cdi/app/of-old.jar";

    private Older() {}

    static Map<CleanRoot.Kind, Path> packages(Path parent) throws IOException, InterruptedException {
        Path parts = parent.resolve("parts");
        Commands.run(List.of("dpkg-deb", "-R", CleanRoot.Kind.DEB.made().toString(), parts.toString()));
        Files.writeString(parts.resolve(OF_OLD), "old");
        Map<CleanRoot.Kind, Path> made = new EnumMap<>(CleanRoot.Kind.class);
        made.put(CleanRoot.Kind.DEB, deb(parts, parent));
        made.put(CleanRoot.Kind.RPM, rpm(parts, parent));
        return made;
    }

    private static Path deb(Path parts, Path parent) throws IOException, InterruptedException {
        Path control = parts.resolve("DEBIAN/control");
        Files.writeString(control, Files.readString(control).replaceAll("(?m)^Version: .*$", "Version: 0"));
        Path old = parent.resolve("old.deb");
        Commands.run(List.of("dpkg-deb", "-Znone", "-b", parts.toString(), old.toString()));
        return old;
    }

    private static Path rpm(Path parts, Path parent) throws IOException, InterruptedException {
        Path work = Files.createDirectories(parent.resolve("old"));
        Path scripts = Path.of("src/main/rpm");
        return CleanRoot.rpm(
                Files.writeString(work.resolve("old.spec"), """
                Name: gpu-cdi
                Version: 0
                Release: 1
                Summary: An older one
                License: Apache-2.0
                AutoReqProv: no
                %%description
                %%install
                mkdir -p %%{buildroot}/usr/bin %%{buildroot}/usr/lib
                cp -a %1$s/usr/bin/gpu-cdi %%{buildroot}/usr/bin/
                cp -a %1$s/usr/lib/* %%{buildroot}/usr/lib/
                %%files
                /usr/bin/gpu-cdi
                /usr/lib/gpu-cdi
                /usr/lib/systemd/system/*
                /usr/lib/systemd/system-preset/*
                /usr/lib/tmpfiles.d/*
                /usr/lib/udev/rules.d/*
                %%post
                %2$s
                %%preun
                %3$s
                %%postun
                %4$s
                """.formatted(
                                parts,
                                Files.readString(scripts.resolve("post")),
                                Files.readString(scripts.resolve("preun")),
                                Files.readString(scripts.resolve("postun")))),
                work);
    }
}
