package io.github.gpucdi.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Licences of what is inside. */
final class Licences {
    private static final String META_INF = "META-INF/";

    private Licences() {}

    /** Copies those that a jar carries; {@code apache} for one that carries no text: all are under that licence. */
    static void ofJar(Path jar, Path apache, Tree tree, String directory) throws IOException {
        boolean hasText = false;
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                if (isLicence(entry)) {
                    hasText |= !entry.getName().contains("NOTICE");
                    try (InputStream in = zip.getInputStream(entry)) {
                        tree.write(in, directory + "/" + entry.getName().substring(META_INF.length()), false);
                    }
                }
            }
        }
        if (!hasText) {
            tree.file(apache, directory + "/LICENSE");
        }
    }

    private static boolean isLicence(ZipEntry entry) {
        String name = entry.getName();
        if (entry.isDirectory() || !name.startsWith(META_INF) || name.indexOf('/', META_INF.length()) >= 0) {
            return false;
        }
        String upper = name.toUpperCase(Locale.ROOT);
        return upper.contains("LICENSE")
                || upper.contains("NOTICE")
                || upper.endsWith("AL2.0")
                || upper.endsWith("LGPL2.1");
    }
}
