package io.github.gpucdi.help;

import io.github.gpucdi.cdi.registry.DeviceEntry;
import io.github.gpucdi.cdi.registry.Registry;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What only this host knows of what an argument can be. */
public final class Candidates {
    private static final String KIND = "nvidia.com/gpu=";
    /** Names that are not what {@code --device-id} takes: other naming strategies' and {@code all}. */
    private static final Pattern ID = Pattern.compile("\\d+(:\\d+)?|(GPU|MIG)-.+|minor.+");

    private Candidates() {}

    /**
     * The words for a kind that a completion script asks for; none for a kind that is not known.
     *
     * @param registry the spec directories
     */
    public static List<String> of(String kind, Registry registry) {
        Set<String> words = new LinkedHashSet<>();
        for (DeviceEntry entry : registry.entries()) {
            String name = entry.name().text();
            if (entry.state() != DeviceEntry.State.AVAILABLE) {
                continue;
            }
            if (kind.equals(ValueKind.DEVICES.word())) {
                words.add(name);
            } else if (kind.equals(ValueKind.IDS.word()) && name.startsWith(KIND)) {
                String id = name.substring(KIND.length());
                if (ID.matcher(id).matches()) {
                    words.add(id);
                }
            }
        }
        return new ArrayList<>(words);
    }
}
