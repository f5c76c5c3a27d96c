package io.github.gpucdi.packaging;

/** A processor, by the names that each world has for it. Only x86_64 was built and tried. */
enum Architecture {
    X86_64("x86_64", "linux-x86-64", "amd64", "/lib64/ld-linux-x86-64.so.2"),
    AARCH64("aarch64", "linux-aarch64", "arm64", "/lib/ld-linux-aarch64.so.1");

    private final String name;
    private final String jna;
    private final String debian;
    private final String interpreter;

    Architecture(String name, String jna, String debian, String interpreter) {
        this.name = name;
        this.jna = jna;
        this.debian = debian;
        this.interpreter = interpreter;
    }

    static Architecture of(String name) {
        for (Architecture one : values()) {
            if (one.name.equals(name)) {
                return one;
            }
        }
        throw new IllegalArgumentException("-Dpackage.arch=" + name + " is neither x86_64 nor aarch64");
    }

    /** As {@code uname -m}, the file of a JDK called {@code release} and rpm call it. */
    String kernelName() {
        return name;
    }

    /** The directory of its native part in JNA's jar. */
    String jnaDirectory() {
        return jna;
    }

    /** As Debian and OCI images call it. */
    String debianName() {
        return debian;
    }

    /** What the kernel starts a dynamic program with, as the System V ABI of the processor names it. */
    String interpreter() {
        return interpreter;
    }
}
