package io.github.gpucdi.help;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** What an installation has of the program below {@code /usr/share}: man pages and completion scripts. */
public final class SharedFiles {
    private SharedFiles() {}

    /** The text of each file, by its path. */
    public static Map<String, String> of(CommandSpec root) {
        Map<String, String> files = new LinkedHashMap<>();
        for (CommandSpec command : CommandPage.all(root)) {
            files.put("man/man1/" + ManPage.name(command) + ".1", ManPage.of(command));
        }
        files.put("man/man5/" + ConfigPage.NAME + ".5", ConfigPage.of(root));
        files.put("bash-completion/completions/gpu-cdi", Shell.BASH.script(root));
        files.put("zsh/site-functions/_gpu-cdi", Shell.ZSH.script(root));
        files.put("fish/vendor_completions.d/gpu-cdi.fish", Shell.FISH.script(root));
        return files;
    }

    /** Writes them below {@code directory}. */
    public static void write(CommandSpec root, Path directory) throws IOException {
        for (Map.Entry<String, String> file : of(root).entrySet()) {
            Path path = directory.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }
}
