package io.github.gpucdi.assemble.inject;

import io.github.gpucdi.host.HostPath;
import io.github.gpucdi.host.Library;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Under which further names a library is to be found beside its own. */
public final class LibraryNames {

    /**
     * A name beside a library.
     *
     * @param name the further name
     * @param target the name it stands for, as a link would say it
     */
    public record Alias(String name, String target) {}

    private LibraryNames() {}

    /** Names that nvidia-ctk's links give a driver library, in its order: fixed ones, SONAME, development name. */
    public static List<Alias> linksOf(Library library) {
        List<Alias> aliases = fixed(library);
        String file = HostPath.name(library.path());
        if (dots(file) < 2) {
            return aliases;
        }
        String soname = library.soname().orElse(file);
        if (!soname.equals(file) && library.links().contains(soname)) {
            aliases.add(new Alias(soname, file));
        }
        String stem = Library.developmentName(soname);
        if (!stem.equals(soname) && library.links().contains(stem)) {
            aliases.add(new Alias(stem, soname));
        }
        return aliases;
    }

    /** Every file name by which a program may open a library, below the library's own directory. */
    static List<String> of(Library library) {
        Set<String> names = new LinkedHashSet<>();
        names.add(HostPath.name(library.path()));
        library.soname().filter(LibraryNames::isFileName).ifPresent(names::add);
        switch (library.role()) {
            case DRIVER, NVVM, EXPLICIT, EGL_PLATFORM -> {
                for (Alias alias : linksOf(library)) {
                    names.add(alias.name());
                }
            }
            case VULKAN_PRODUCER -> names.add("libnvidia-vulkan-producer.so");
            case ALLOCATOR -> names.add("gbm/nvidia-drm_gbm.so");
        }
        return new ArrayList<>(names);
    }

    /** Whether a file is named as those are that loaders look for. */
    public static boolean isLibrary(String file) {
        int so = file.lastIndexOf(".so");
        if (!file.startsWith("lib") || so <= "lib".length() - 1) {
            return false;
        }
        String rest = file.substring(so + ".so".length());
        return rest.isEmpty() || rest.startsWith(".");
    }

    /** A SONAME is text from a file: it must not lead out of the directory. */
    private static boolean isFileName(String soname) {
        return soname.indexOf('/') < 0 && !soname.equals(".") && !soname.equals("..");
    }

    private static List<Alias> fixed(Library library) {
        String file = HostPath.name(library.path());
        List<Alias> aliases = new ArrayList<>();
        if (isVersionOf(file, "libcuda.so.")) {
            aliases.add(new Alias("libcuda.so", "libcuda.so.1"));
        } else if (isVersionOf(file, "libGLX_nvidia.so.") || file.equals("libGLX_nvidia.so.0")) {
            aliases.add(new Alias("libGLX_indirect.so.0", file));
        } else if (isVersionOf(file, "libnvidia-opticalflow.so.")) {
            aliases.add(new Alias("libnvidia-opticalflow.so", "libnvidia-opticalflow.so.1"));
        }
        return aliases;
    }

    /** Whether {@code file} is {@code prefix} and a version with at least one dot. */
    private static boolean isVersionOf(String file, String prefix) {
        return file.startsWith(prefix) && file.indexOf('.', prefix.length()) >= 0;
    }

    private static int dots(String file) {
        int dots = 0;
        for (int at = file.indexOf('.'); at >= 0; at = file.indexOf('.', at + 1)) {
            dots++;
        }
        return dots;
    }
}
