package io.github.gpucdi.probe;

import io.github.gpucdi.host.Platform;

/** Learns the machine and its kernel. */
final class PlatformProbe {
    private static final String RELEASE = "/proc/sys/kernel/osrelease";

    private PlatformProbe() {}

    /**
     * @param javaArchitecture the system property {@code os.arch}
     */
    static Platform probe(RootedFs host, String javaArchitecture) {
        String release = host.text(RELEASE).orElse("").trim();
        return new Platform(architecture(javaArchitecture), PathText.isWritable(release) ? release : "");
    }

    /** Java's name of an architecture in uname's words. */
    static String architecture(String javaArchitecture) {
        return javaArchitecture.equals("amd64") ? "x86_64" : javaArchitecture;
    }
}
