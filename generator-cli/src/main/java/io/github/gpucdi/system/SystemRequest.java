package io.github.gpucdi.system;

import java.nio.file.Path;

/**
 * What is to be made, and where.
 *
 * @param hostRoot where the host's root directory is
 * @param driverRoot where the driver is on the host, absolute and normalised; modules are loaded as seen from there
 * @param devRoot the parent of {@code dev}, likewise
 * @param loadModules whether to load the driver's kernel modules first
 * @param controlNodes whether to make the nodes that a driver has without any GPU
 * @param replace whether a device node of other numbers or permissions gives way
 * @param dryRun whether nothing is done, but told
 */
public record SystemRequest(
        Path hostRoot,
        String driverRoot,
        String devRoot,
        boolean loadModules,
        boolean controlNodes,
        boolean replace,
        boolean dryRun) {}
