package io.github.gpucdi.packaging;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.eclipse.packager.rpm.FileFlags;
import org.eclipse.packager.rpm.RpmTag;
import org.eclipse.packager.rpm.RpmVersion;
import org.eclipse.packager.rpm.build.BuilderContext;
import org.eclipse.packager.rpm.build.BuilderOptions;
import org.eclipse.packager.rpm.build.FileInformation;
import org.eclipse.packager.rpm.build.RpmBuilder;
import org.eclipse.packager.rpm.coding.PayloadCoding;

/** The package for Fedora, Red Hat and their like: what is installed, below {@code /usr}. */
record Rpm(Release release) {
    private static final String PREFIX = "/usr/";
    private static final String DOCUMENTS = "share/doc/";
    private static final String LICENCES = "share/doc/gpu-cdi/licences/";
    private static final Set<String> SHARED_DIRECTORIES =
            Set.of("bin", "lib", "share", "share/doc", "share/man", "share/man/man1", "share/man/man5");
    private static final short FILE_MODE = (short) 0100644;
    private static final short EXECUTABLE_MODE = (short) 0100755;
    private static final short DIRECTORY_MODE = (short) 040755;

    Path write(Tree tree, Path directory) throws IOException {
        RpmVersion version = new RpmVersion(release.packageVersion(), "1");
        String architecture = release.architecture().kernelName();
        Path rpm = directory.resolve(Release.NAME + "-" + version + "." + architecture + ".rpm");
        BuilderOptions options = new BuilderOptions();
        options.setPayloadCoding(PayloadCoding.XZ);
        try (RpmBuilder builder = new RpmBuilder(Release.NAME, version, architecture, rpm, options)) {
            describe(builder.getInformation());
            // Else the time and the name of the machine that builds.
            int time = (int) release.time().getEpochSecond();
            builder.setHeaderCustomizer(header -> header.putInt(RpmTag.BUILDTIME, time));
            builder.addRequirement("libc.so.6(GLIBC_" + Release.GLIBC + ")(64bit)", "");
            BuilderContext context = builder.newContext();
            for (String name : tree.directories()) {
                if (!SHARED_DIRECTORIES.contains(name)) {
                    context.addDirectory(PREFIX + name, (FileInformation one) -> set(one, DIRECTORY_MODE));
                }
            }
            for (String name : tree.files()) {
                context.addFile(PREFIX + name, tree.path(name), (FileInformation one) -> {
                    set(one, tree.isExecutable(name) ? EXECUTABLE_MODE : FILE_MODE);
                    if (name.startsWith(LICENCES)) {
                        one.setFileFlags(Set.of(FileFlags.LICENSE));
                    } else if (name.startsWith(DOCUMENTS)) {
                        one.setFileFlags(Set.of(FileFlags.DOC));
                    }
                });
            }
            builder.build();
        }
        return rpm;
    }

    private static void describe(RpmBuilder.PackageInformation information) {
        information.setSummary(Release.SUMMARY);
        information.setDescription(String.join("\n", Release.DESCRIPTION));
        information.setLicense("Apache-2.0 AND GPL-2.0-only WITH Classpath-exception-2.0");
        information.setPackager(Release.MAINTAINER);
        information.setVendor("gpu-cdi");
        information.setUrl(Release.HOMEPAGE);
        information.setGroup("System Environment/Base");
        information.setBuildHost("localhost");
        information.setSourcePackage(Release.NAME + ".src.rpm");
    }

    private void set(FileInformation file, short mode) {
        file.setMode(mode);
        file.setUser("root");
        file.setGroup("root");
        file.setTimestamp(release.time());
    }
}
