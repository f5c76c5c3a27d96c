package io.github.gpucdi.probe;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What engines print for {@code --version}: a first line with the program's name, perhaps the word {@code version} or
 * the import path of its source, and the version.
 */
final class VersionText {
    /** Number parts as far as ours compare them, then what a distribution or a pre-release adds. */
    private static final Pattern VERSION =
            Pattern.compile("v?([0-9]{1,9}(?:\\.[0-9]{1,9}){1,3}(?:[-+~][0-9A-Za-z.+~_-]{1,64})?),?");

    private VersionText() {}

    /**
     * The version in the first line of {@code text}, without a leading {@code v}.
     *
     * @param names what the line may start with, in any letter case, such as {@code podman}; a line of another program,
     *     such as that of {@code docker} by Podman, tells nothing
     */
    static Optional<String> of(String text, List<String> names) {
        List<String> lines = Lines.of(text);
        String[] words = lines.isEmpty() ? new String[0] : lines.get(0).strip().split("[ \t]+");
        if (words.length < 2 || names.stream().noneMatch(words[0]::equalsIgnoreCase)) {
            return Optional.empty();
        }
        for (String word : words) {
            Matcher version = VERSION.matcher(word);
            if (version.matches()) {
                return Optional.of(version.group(1));
            }
        }
        return Optional.empty();
    }
}
