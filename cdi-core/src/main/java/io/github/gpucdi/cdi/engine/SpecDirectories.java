package io.github.gpucdi.cdi.engine;

/** The spec directories that engines of root read by default. */
public final class SpecDirectories {
    /** For specs that stay. */
    public static final String STATIC = "/etc/cdi";

    /** For specs that are gone with the next boot; engines that read it too prefer what it defines. */
    public static final String DYNAMIC = "/var/run/cdi";

    /** The name of a spec of NVIDIA's devices in one of them, as every tool has it. */
    public static final String NVIDIA_FILE = "nvidia.yaml";

    /** The spec that an administrator installs, and keeps. */
    public static final String INSTALLED = STATIC + "/" + NVIDIA_FILE;

    private SpecDirectories() {}
}
