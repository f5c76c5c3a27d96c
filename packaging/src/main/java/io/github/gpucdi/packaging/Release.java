package io.github.gpucdi.packaging;

import java.time.Instant;
import java.util.List;

/**
 * What all packages say of themselves.
 *
 * @param version Maven's
 * @param time of all files, and of the packages
 */
record Release(String version, Architecture architecture, Instant time) {
    static final String NAME = "gpu-cdi";
    static final String SUMMARY = "Finds NVIDIA GPUs and writes CDI specs for container engines";
    static final List<String> DESCRIPTION = List.of(
            "gpu-cdi finds a Linux host's NVIDIA GPUs, MIG devices and driver files and",
            "writes a Container Device Interface (CDI) spec, so that Podman, Docker,",
            "containerd, CRI-O and others give GPUs to containers without a custom runtime.");
    static final String MAINTAINER = "The gpu-cdi authors <gpucdi@users.noreply.github.com>";
    static final String HOMEPAGE = "https://github.com/gpucdi/gpu-cdi";
    /** Of all that is inside: our own and libraries, the Java runtime, and libffi, which is part of JNA's native part. */
    static final String LICENCES = "Apache-2.0 AND GPL-2.0-only WITH Classpath-exception-2.0 AND MIT";
    /** The newest version of glibc that anything inside asks for; a test reads all of it. */
    static final String GLIBC = "2.17";

    /** Debian and rpm sort what comes after a tilde before the version without it. */
    String packageVersion() {
        return version.replace('-', '~');
    }
}
