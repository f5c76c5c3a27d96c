package io.github.gpucdi.host;

/**
 * The machine and its kernel.
 *
 * @param architecture as uname prints it, such as {@code x86_64} or {@code aarch64}
 * @param kernelRelease content of {@code /proc/sys/kernel/osrelease}, empty if unreadable
 */
public record Platform(String architecture, String kernelRelease) {

    /** The multiarch triplet of Debian-like library directories, such as {@code x86_64-linux-gnu}. */
    public String triplet() {
        // Debian's name for it is not the kernel's.
        return (architecture.equals("ppc64le") ? "powerpc64le" : architecture) + "-linux-gnu";
    }
}
