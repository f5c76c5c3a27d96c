package io.github.gpucdi.probe;

/**
 * Names of libraries that come with the driver and with nothing else. Most carry the driver's version,
 * {@code lib*.so.<version>}; some, in packages of distributions or because their interface has a version of its own,
 * do not: {@code libGLX_nvidia.so.0}, {@code libnvidia-nvvm.so.4.0.0}, {@code libnvidia-api.so.1}.
 */
final class DriverName {
    private static final String SO = ".so";

    private static final String[] STEMS = {"libcuda", "libcudadebugger", "libnvcuvid", "libnvoptix"};

    private static final String PREFIX = "libnvidia-";
    private static final String SUFFIX = "_nvidia";

    /** {@code libnvidia-container.so.1} and its kin come with the container toolkit. */
    private static final String TOOLKIT = "libnvidia-container";

    private DriverName() {}

    /** Whether the driver's libraries have such a name, whatever stands behind {@code .so}. */
    static boolean isOfDriver(String name) {
        int so = name.indexOf(SO);
        return so > 0 && isStem(name.substring(0, so)) && isVersion(name, so + SO.length());
    }

    /** Whether a library of the driver has such a name, and no version of any driver stands in it. */
    static boolean isWithoutVersion(String name) {
        return isOfDriver(name) && !hasDriverVersion(name, name.indexOf(SO) + SO.length());
    }

    /** Whether the version of another driver than this stands in it. */
    static boolean isOfOtherVersion(String name, String version) {
        return isOfDriver(name) && !isWithoutVersion(name) && !name.endsWith(SO + "." + version);
    }

    private static boolean isStem(String stem) {
        if (stem.startsWith(PREFIX)) {
            return !stem.startsWith(TOOLKIT);
        }
        for (String known : STEMS) {
            if (stem.equals(known)) {
                return true;
            }
        }
        return stem.startsWith("lib") && stem.endsWith(SUFFIX);
    }

    /** Nothing, or numbers with a dot before each. */
    private static boolean isVersion(String name, int from) {
        boolean digitBefore = true;
        for (int at = from; at < name.length(); at++) {
            char c = name.charAt(at);
            if (c == '.' && digitBefore) {
                digitBefore = false;
            } else if (c >= '0' && c <= '9' && at > from) {
                digitBefore = true;
            } else {
                return false;
            }
        }
        return digitBefore;
    }

    /** Whether {@code .<three digits>.} stands there, as in all versions of drivers since 2010. */
    private static boolean hasDriverVersion(String name, int from) {
        return name.indexOf('.', from + 1) == from + 4;
    }
}
