package io.github.gpucdi.cdi.engine;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Words such as {@code podman-4.3.1}.
 *
 * @param name such as {@code podman}
 * @param version such as {@code 4.3.1} or {@code v1.6.20~ds1}
 * @param number the version's number
 */
record NamedRelease(String name, String version, ReleaseNumber number) {
    private static final Pattern FORM = Pattern.compile("([A-Za-z-]+?)-(v?[0-9].*)", Pattern.DOTALL);

    static Optional<NamedRelease> parse(String nameAndVersion) {
        Matcher parts = FORM.matcher(nameAndVersion);
        return parts.matches()
                ? ReleaseNumber.parse(parts.group(2))
                        .map(number -> new NamedRelease(parts.group(1), parts.group(2), number))
                : Optional.empty();
    }
}
