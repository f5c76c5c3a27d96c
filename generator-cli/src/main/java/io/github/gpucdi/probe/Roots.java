package io.github.gpucdi.probe;

import io.github.gpucdi.host.ProbeOptions;

/**
 * The trees that are looked at.
 *
 * @param host the host
 * @param driver the tree below the driver root
 * @param driverRoot the driver root, in the host
 */
record Roots(RootedFs host, RootedFs driver, String driverRoot) {

    static Roots of(RootedFs host, ProbeOptions options) {
        return new Roots(host, host.below(options.driverRoot()), options.driverRoot());
    }

    /** A directory of the host that the user named: seen from the driver root's top if it is below it. */
    Place onHost(String directory) {
        if (!driverRoot.equals("/") && directory.startsWith(driverRoot + "/")) {
            return new Place(driver, directory.substring(driverRoot.length()));
        }
        return new Place(directory.equals(driverRoot) ? driver : host, directory.equals(driverRoot) ? "/" : directory);
    }
}
