package io.github.gpucdi.assemble.inject;

import java.util.List;

/**
 * Where files lie below the library directories of the host: what is in {@code vdpau} there has to be in {@code vdpau} in
 * a container too.
 *
 * @param directories the library directories, host paths
 */
record LibraryPlaces(List<String> directories) {

    /** Whether {@code directory} is a library directory or lies below one. */
    boolean hold(String directory) {
        return !libraryDirectoryOf(directory).isEmpty();
    }

    /** The part of {@code directory} below its library directory, such as {@code /vdpau}; empty if it is one. */
    String placeOf(String directory) {
        String base = libraryDirectoryOf(directory);
        return base.isEmpty() ? "" : directory.substring(base.length());
    }

    /** The longest library directory that {@code directory} is or lies below; empty if there is none. */
    private String libraryDirectoryOf(String directory) {
        String longest = "";
        for (String candidate : directories) {
            boolean holds = directory.equals(candidate) || directory.startsWith(candidate + "/");
            if (holds && candidate.length() > longest.length()) {
                longest = candidate;
            }
        }
        return longest;
    }
}
