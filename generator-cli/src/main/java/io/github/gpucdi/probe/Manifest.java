package io.github.gpucdi.probe;

import io.github.gpucdi.host.HostPath;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a manifest tells its reader to load: a Vulkan or EGL manifest is a JSON object in which each member {@code
 * library_path} names a library; an OpenCL one ({@code .icd}) is one line with the name.
 *
 * <p>The text is not trusted. This is no JSON parser: it finds the strings of well-nested text and does not care for
 * what stands between, so that nothing has to be loaded for a handful of small files.
 *
 * @param libraries names or paths as written, each once
 * @param bits what {@code library_arch} says, 32 or 64; 0 if it says nothing
 */
record Manifest(List<String> libraries, int bits) {
    private static final String PATH = "library_path";
    private static final String ARCHITECTURE = "library_arch";
    /** The architecture of 32-bit programs on x86_64. */
    static final String I386 = "i386";

    private static final String[] ARCHITECTURES = {"x86_64", "aarch64", "ppc64le", "i686", I386, "armhf", "arm"};
    private static final int MAX_DEPTH = 64;
    private static final int MAX_LIBRARIES = 64;
    private static final int MAX_NAME = 4096;

    /**
     * Reads a manifest.
     *
     * @param fileName its name, whose ending tells the format
     * @return empty if it is not one: no JSON object, a name that no file can have, names beyond number
     */
    static Optional<Manifest> read(String fileName, String text) {
        String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
        if (fileName.endsWith(".icd")) {
            String name = content.strip();
            return isName(name) ? Optional.of(new Manifest(List.of(name), 0)) : Optional.empty();
        }
        return new Scanner(content).manifest();
    }

    /** Whether it names a library that only the driver has. */
    boolean isOfDriver() {
        for (String library : libraries) {
            if (DriverName.isOfDriver(HostPath.name(library))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether programs of an architecture load it: such a manifest says so, or has the architecture in its file name,
     * {@code nvidia_icd.i686.json}. One that says nothing is for the host's own.
     *
     * @param architecture as uname prints it; {@link #I386} for 32-bit programs on x86_64
     */
    boolean isFor(String fileName, String architecture) {
        for (String named : ARCHITECTURES) {
            if (fileName.contains("." + named + ".")) {
                return isSame(named, architecture);
            }
        }
        return (bits == 32 || bits == 0 && namesADirectoryOf32Bits()) == architecture.equals(I386);
    }

    private boolean namesADirectoryOf32Bits() {
        for (String library : libraries) {
            if (library.contains("/lib32/") || library.contains("/i386-linux-gnu/")) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSame(String named, String architecture) {
        return named.equals(architecture) || architecture.equals(I386) && named.equals("i686");
    }

    private static boolean isName(String name) {
        return !name.isEmpty() && name.length() <= MAX_NAME && !name.endsWith("/") && PathText.isWritable(name);
    }

    /** One pass over the text. */
    private static final class Scanner {
        private final String text;
        private int at;

        private Scanner(String text) {
            this.text = text;
        }

        private Optional<Manifest> manifest() {
            Set<String> libraries = new LinkedHashSet<>();
            int bits = 0;
            String key = "";
            String last = "";
            StringBuilder open = new StringBuilder();
            skipSpace();
            if (at == text.length() || text.charAt(at) != '{') {
                return Optional.empty();
            }
            do {
                char c = text.charAt(at++);
                switch (c) {
                    case '{', '[' -> {
                        key = "";
                        if (open.length() == MAX_DEPTH) {
                            return Optional.empty();
                        }
                        open.append(c == '{' ? '}' : ']');
                    }
                    case '}', ']' -> {
                        key = "";
                        if (open.charAt(open.length() - 1) != c) {
                            return Optional.empty();
                        }
                        open.setLength(open.length() - 1);
                    }
                    case ':' -> key = last;
                    case ',' -> key = "";
                    case '"' -> {
                        Optional<String> string = string();
                        if (string.isEmpty()) {
                            return Optional.empty();
                        }
                        last = string.get();
                        if (key.equals(PATH) && !(isName(last) && libraries.size() < MAX_LIBRARIES)) {
                            return Optional.empty();
                        } else if (key.equals(PATH)) {
                            libraries.add(last);
                        } else if (key.equals(ARCHITECTURE)) {
                            bits = last.equals("32") ? 32 : last.equals("64") ? 64 : 0;
                        }
                    }
                    default -> {
                        // A number or a word, whatever it says.
                    }
                }
                skipSpace();
            } while (!open.isEmpty() && at < text.length());
            return open.isEmpty() && at == text.length()
                    ? Optional.of(new Manifest(new ArrayList<>(libraries), bits))
                    : Optional.empty();
        }

        private void skipSpace() {
            while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
        }

        /** A string whose opening quote was read; empty if it does not end or an escape is none of JSON's. */
        private Optional<String> string() {
            StringBuilder string = new StringBuilder();
            while (at < text.length()) {
                char c = text.charAt(at++);
                if (c == '"') {
                    return Optional.of(string.toString());
                }
                if (c != '\\') {
                    string.append(c);
                    continue;
                }
                int escape = at == text.length() ? -1 : "\"\\/bfnrtu".indexOf(text.charAt(at++));
                if (escape < 0) {
                    return Optional.empty();
                }
                if (escape < 8) {
                    string.append("\"\\/\b\f\n\r\t".charAt(escape));
                    continue;
                }
                int code = 0;
                for (int i = 0; i < 4; i++) {
                    int digit = at == text.length() ? -1 : Character.digit(text.charAt(at++), 16);
                    if (digit < 0) {
                        return Optional.empty();
                    }
                    code = code * 16 + digit;
                }
                string.append((char) code);
            }
            return Optional.empty();
        }
    }
}
