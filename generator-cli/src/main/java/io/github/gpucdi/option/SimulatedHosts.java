package io.github.gpucdi.option;

import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.NearestMatch;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Snapshots that are shipped with the program, for {@code --simulate}. */
public final class SimulatedHosts {
    /** The word that lists them. */
    private static final String HELP = "help";

    private static final String FOLDER = "/io/github/gpucdi/hosts/";

    private SimulatedHosts() {}

    /** What each host is, by name. */
    public static Map<String, String> descriptions() {
        Map<String, String> hosts = new LinkedHashMap<>();
        try (InputStream index = resource("index")) {
            for (String line : new String(index.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                int space = line.indexOf(' ');
                hosts.put(line.substring(0, space), line.substring(space).strip());
            }
        } catch (IOException e) {
            throw new IllegalStateException("the program's own list of simulated hosts cannot be read", e);
        }
        return hosts;
    }

    /** Lists the hosts on {@code out} if {@code --simulate=help} asks for it; whether it did. */
    public static boolean list(HostOptions options, PrintStream out) {
        boolean asked = options.simulate.value().filter(HELP::equals).isPresent();
        if (asked) {
            descriptions()
                    .forEach((name, text) -> out.println(name + " ".repeat(Math.max(1, 18 - name.length())) + text));
        }
        return asked;
    }

    /** The snapshot of a host; an unknown name is the user's mistake. */
    public static InputStream open(String name) {
        requireKnown(name);
        return resource(name + ".json");
    }

    static void requireKnown(String name) {
        Map<String, String> hosts = descriptions();
        if (!hosts.containsKey(name)) {
            throw CommandFailure.usage(
                    "no simulated host '" + name + "'",
                    "allowed: " + String.join(", ", hosts.keySet()) + ", help"
                            + NearestMatch.suggestion(name, hosts.keySet()));
        }
    }

    private static InputStream resource(String name) {
        InputStream stream = SimulatedHosts.class.getResourceAsStream(FOLDER + name);
        if (stream == null) {
            throw new IllegalStateException("the program lacks its resource " + FOLDER + name);
        }
        return stream;
    }
}
