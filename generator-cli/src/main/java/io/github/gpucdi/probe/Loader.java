package io.github.gpucdi.probe;

import io.github.gpucdi.host.Platform;
import io.github.gpucdi.host.ProbeOptions;
import java.util.ArrayList;
import java.util.List;

/**
 * The dynamic loader that libraries are for.
 *
 * @param bits of its programs, 32 or 64
 * @param machine {@code e_machine} of its programs, -1 for any
 * @param directories where libraries of a driver are looked for, below the driver root
 */
record Loader(int bits, int machine, List<String> directories) {
    private static final int EM_386 = 3;

    /** For 32-bit programs on a machine of 64 bits. */
    static final Loader I386 = new Loader(
            32,
            EM_386,
            List.of(
                    "/usr/lib/i386-linux-gnu",
                    "/usr/lib/i386-linux-gnu/nvidia/current",
                    "/lib/i386-linux-gnu",
                    "/usr/lib32",
                    "/usr/lib",
                    "/lib"));

    /** The order of NVIDIA's own tool, whatever the machine. */
    private static final List<String> DIRECTORIES = List.of(
            "/",
            "/usr/lib64",
            "/usr/lib/x86_64-linux-gnu",
            "/usr/lib/aarch64-linux-gnu",
            "/usr/lib/x86_64-linux-gnu/nvidia/current",
            "/usr/lib/aarch64-linux-gnu/nvidia/current",
            "/lib64",
            "/lib/x86_64-linux-gnu",
            "/lib/aarch64-linux-gnu",
            "/lib/x86_64-linux-gnu/nvidia/current",
            "/lib/aarch64-linux-gnu/nvidia/current");

    /** The host's own. */
    static Loader of(Platform platform) {
        return new Loader(64, ElfFile.machineOf(platform.architecture()), DIRECTORIES);
    }

    /** Where libraries of a driver are looked for: in the directories that the user named, or else in its own. */
    List<Place> places(Roots roots, ProbeOptions options) {
        List<Place> places = new ArrayList<>();
        if (options.librarySearchPaths().isEmpty()) {
            for (String directory : directories) {
                places.add(new Place(roots.driver(), directory));
            }
        } else {
            for (String directory : options.librarySearchPaths()) {
                places.add(roots.onHost(directory));
            }
        }
        return places;
    }

    /** Whether it would take a library. */
    boolean takes(ElfFile library) {
        return library.bits() == bits && (machine < 0 || library.machine() == machine);
    }
}
