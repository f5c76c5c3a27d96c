package io.github.gpucdi.host;

/**
 * A driver store of Windows: a directory with a driver's files.
 *
 * @param path host path
 * @param files the libraries and files at its top; there are none if it is not there
 */
public record WslStore(String path, DriverFiles files) {

    /** Whether a file of this name is at its top. */
    public boolean has(String name) {
        for (FoundFile file : files.files()) {
            if (file.name().equals(name)) {
                return true;
            }
        }
        return false;
    }
}
