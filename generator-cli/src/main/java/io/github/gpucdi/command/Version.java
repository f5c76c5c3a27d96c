package io.github.gpucdi.command;

/** The program's version. */
final class Version {
    private Version() {}

    /** From the manifest, which the build writes; a class folder has none. */
    static String[] lines() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"gpu-cdi " + (version == null ? "(unpackaged build)" : version)};
    }
}
