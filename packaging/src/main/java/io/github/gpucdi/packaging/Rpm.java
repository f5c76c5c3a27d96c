package io.github.gpucdi.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.eclipse.packager.rpm.FileFlags;
import org.eclipse.packager.rpm.RpmTag;
import org.eclipse.packager.rpm.RpmTagValue;
import org.eclipse.packager.rpm.RpmVersion;
import org.eclipse.packager.rpm.build.BuilderContext;
import org.eclipse.packager.rpm.build.BuilderOptions;
import org.eclipse.packager.rpm.build.FileInformation;
import org.eclipse.packager.rpm.build.RpmBuilder;
import org.eclipse.packager.rpm.coding.PayloadCoding;
import org.eclipse.packager.rpm.header.Header;

/** The package for Fedora, Red Hat and their like: what is installed, below {@code /usr}. */
record Rpm(Release release) {
    private static final String PREFIX = "/usr/";
    private static final String DOCUMENTS = "share/doc/gpu-cdi";
    private static final String LICENCES = "share/licenses/gpu-cdi";
    private static final String MANUAL = "share/man/";
    /** Those that every system has. Completions lie in directories of shells that a system need not have. */
    private static final Set<String> SHARED_DIRECTORIES =
            Set.of("bin", "lib", "share", "share/doc", "share/man", "share/man/man1", "share/man/man5");

    private static final String DEBIANS = DOCUMENTS + "/copyright";
    private static final List<String> LICENCE_NAMES = List.of("LICENSE", "NOTICE", "licences");
    private static final String REVISION = "1";
    private static final short FILE_MODE = (short) 0100644;
    private static final short EXECUTABLE_MODE = (short) 0100755;
    private static final short DIRECTORY_MODE = (short) 040755;

    /** @param scripts the directory of what rpm runs after installing, before and after removing */
    Path write(Tree tree, Path scripts, Path directory) throws IOException {
        RpmVersion version = new RpmVersion(release.packageVersion(), REVISION);
        String architecture = release.architecture().kernelName();
        Path rpm = directory.resolve(Release.NAME + "-" + version + "." + architecture + ".rpm");
        BuilderOptions options = new BuilderOptions();
        options.setPayloadCoding(PayloadCoding.XZ);
        try (RpmBuilder builder = new RpmBuilder(Release.NAME, version, architecture, rpm, options)) {
            describe(builder.getInformation());
            builder.setPostInstallationScript(Files.readString(scripts.resolve("post")));
            builder.setPreRemoveScript(Files.readString(scripts.resolve("preun")));
            builder.setPostRemoveScript(Files.readString(scripts.resolve("postun")));
            builder.setHeaderCustomizer(this::complete);
            builder.addRequirement("libc.so.6(GLIBC_" + Release.GLIBC + ")(64bit)", "");
            BuilderContext context = builder.newContext();
            context.addDirectory(PREFIX + LICENCES, (FileInformation one) -> set(one, DIRECTORY_MODE));
            for (String name : tree.directories()) {
                if (!SHARED_DIRECTORIES.contains(name)) {
                    context.addDirectory(PREFIX + place(name), (FileInformation one) -> set(one, DIRECTORY_MODE));
                }
            }
            for (String name : tree.files()) {
                if (!name.equals(DEBIANS)) {
                    String place = place(name);
                    context.addFile(PREFIX + place, tree.path(name), (FileInformation one) -> {
                        set(one, tree.isExecutable(name) || name.endsWith(".so") ? EXECUTABLE_MODE : FILE_MODE);
                        one.setFileFlags(flags(place));
                    });
                }
            }
            builder.build();
        }
        return rpm;
    }

    /** Where this family of distributions has it: licences are no documents, and installed without those too. */
    private static String place(String name) {
        for (String licence : LICENCE_NAMES) {
            String document = DOCUMENTS + "/" + licence;
            if (name.equals(document) || name.startsWith(document + "/")) {
                return LICENCES + name.substring(DOCUMENTS.length());
            }
        }
        return name;
    }

    private static Set<FileFlags> flags(String place) {
        if (place.startsWith(LICENCES)) {
            return Set.of(FileFlags.LICENSE);
        }
        return place.startsWith(DOCUMENTS) || place.startsWith(MANUAL) ? Set.of(FileFlags.DOC) : Set.of();
    }

    /** What the library would take from the machine that builds, and what it has no method for. */
    private void complete(Header<RpmTag> header) {
        // The library asks for xz by a name that no rpm provides.
        String[] required =
                ((RpmTagValue) header.get(RpmTag.REQUIRE_NAME)).asStringArray().orElseThrow();
        Collections.replaceAll(Arrays.asList(required), "PayloadIsXz", "rpmlib(PayloadIsXz)");
        header.putStringArray(RpmTag.REQUIRE_NAME, required);
        int time = (int) release.time().getEpochSecond();
        header.putInt(RpmTag.BUILDTIME, time);
        header.putInt(RpmTag.CHANGELOG_TIMESTAMP, time);
        header.putStringArray(
                RpmTag.CHANGELOG_AUTHOR, Release.MAINTAINER + " - " + release.packageVersion() + "-" + REVISION);
        header.putStringArray(
                RpmTag.CHANGELOG_TEXT, "- What changed is told in CHANGELOG.md among the documents of this package.");
    }

    private static void describe(RpmBuilder.PackageInformation information) {
        information.setSummary(Release.SUMMARY);
        information.setDescription(String.join("\n", Release.DESCRIPTION));
        information.setLicense(Release.LICENCES);
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
