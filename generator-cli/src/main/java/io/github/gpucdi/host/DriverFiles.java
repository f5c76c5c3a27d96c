package io.github.gpucdi.host;

import java.util.List;

/**
 * Driver files below the driver root.
 *
 * @param libraryDirectories directories that hold {@code lib*.so.<version>}, host paths, in the order found
 * @param libraries libraries, in the order found
 * @param files everything else, in the order found
 * @param failed lookups that found nothing or something unusable
 */
public record DriverFiles(
        List<String> libraryDirectories, List<Library> libraries, List<FoundFile> files, List<FailedLookup> failed) {

    public DriverFiles {
        libraryDirectories = List.copyOf(libraryDirectories);
        libraries = List.copyOf(libraries);
        files = List.copyOf(files);
        failed = List.copyOf(failed);
    }
}
