package io.github.gpucdi.packaging;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;

/** An image from nothing: what is installed, and the C library. It has no shell. The layout of OCI, in a tar file. */
record Image(Release release, Path checkout, Path work) {
    private static final FilePermissions FILE = FilePermissions.fromOctalString("644");
    private static final FilePermissions EXECUTABLE = FilePermissions.fromOctalString("755");
    private static final String LICENCES = "/usr/" + Installation.LICENCES + "glibc/";
    private static final String LABEL = "org.opencontainers.image.";

    Path write(Tree tree, Glibc glibc, String bill, Path file) throws IOException, InterruptedException {
        try {
            Files.deleteIfExists(file);
            Jib.fromScratch()
                    .setFormat(ImageFormat.OCI)
                    .setPlatforms(Set.of(new Platform(release.architecture().debianName(), "linux")))
                    .setCreationTime(release.time())
                    .setEntrypoint("/usr/bin/" + Release.NAME)
                    .setLabels(labels())
                    .addFileEntriesLayer(library(glibc))
                    .addFileEntriesLayer(program(tree, bill))
                    .containerize(Containerizer.to(TarImage.at(file).named(Release.NAME + ":" + release.version()))
                            .setOfflineMode(true)
                            .setToolName(Release.NAME)
                            .setBaseImageLayersCache(work.resolve("base-layers"))
                            .setApplicationLayersCache(work.resolve("layers")));
            return file;
        } catch (ExecutionException
                | RegistryException
                | InvalidImageReferenceException
                | CacheDirectoryCreationException e) {
            throw new IOException("cannot make " + file, e);
        }
    }

    private FileEntriesLayer library(Glibc glibc) {
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName("glibc");
        glibc.files().forEach((name, file) -> add(layer, file, name, true));
        add(layer, checkout.resolve("packaging/src/main/licences/LGPL-2.1"), LICENCES + "LGPL-2.1", false);
        Glibc.notice().ifPresent(notice -> add(layer, notice, LICENCES + "copyright", false));
        return layer.build();
    }

    private FileEntriesLayer program(Tree tree, String bill) throws IOException {
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName(Release.NAME);
        for (String name : tree.files()) {
            if (!Installation.isForSystemd(name)) {
                Path file = name.equals(Bill.NAME) ? Files.writeString(work.resolve("bill"), bill) : tree.path(name);
                add(layer, file, "/usr/" + name, tree.isExecutable(name));
            }
        }
        return layer.build();
    }

    private void add(FileEntriesLayer.Builder layer, Path file, String name, boolean executable) {
        layer.addEntry(file, AbsoluteUnixPath.get(name), executable ? EXECUTABLE : FILE, release.time());
    }

    /** Of the OCI image specification, annotations; in one order, since their text is part of the image. */
    private Map<String, String> labels() {
        Map<String, String> labels = new TreeMap<>();
        labels.put(LABEL + "title", Release.NAME);
        labels.put(LABEL + "description", Release.SUMMARY);
        labels.put(LABEL + "version", release.version());
        labels.put(LABEL + "created", release.time().toString());
        labels.put(LABEL + "url", Release.HOMEPAGE);
        labels.put(LABEL + "source", Release.HOMEPAGE);
        labels.put(LABEL + "vendor", "gpu-cdi");
        labels.put(LABEL + "licenses", Release.LICENCES + " AND LGPL-2.1-or-later");
        return labels;
    }
}
