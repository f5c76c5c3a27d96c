package io.github.gpucdi.terminal;

/** The program's version. */
public final class Version {
    private Version() {}

    /** From the manifest, which the build writes; a class folder has none. */
    public static String[] lines() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"gpu-cdi " + (version == null ? "(unpackaged build)" : version)};
    }
}
