package io.github.gpucdi.system;

/**
 * A device that has a node, or should have one.
 *
 * @param path of its node, below the dev root
 * @param major of its driver
 * @param minor of the device
 */
record Device(String path, long major, long minor) {
    /** As the kernel and the directory of links write its numbers. */
    String numbers() {
        return major + ":" + minor;
    }
}
