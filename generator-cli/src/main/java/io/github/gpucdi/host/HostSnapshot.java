package io.github.gpucdi.host;

import java.util.HashMap;
import java.util.Map;

/**
 * Everything that the probes learned about a host, as plain data: what a spec is assembled from, here or elsewhere.
 *
 * <p>Paths are those of the host as its engines see them: the driver root and dev root are part of them, a
 * {@code --host-root} is not.
 *
 * @param options what the probes were told; a replay with other options would not show what the machine would
 * @param platform the machine and its kernel
 * @param sections what was looked at, each under its key
 */
public record HostSnapshot(ProbeOptions options, Platform platform, Map<SectionKey<?>, Section<?>> sections) {
    public HostSnapshot {
        Map<SectionKey<?>, Section<?>> probed = new HashMap<>(sections);
        probed.values().removeIf(section -> section instanceof Section.NotProbed<?>);
        sections = Map.copyOf(probed);
    }

    /** A snapshot of which no section was looked at. */
    public static HostSnapshot of(ProbeOptions options, Platform platform) {
        return new HostSnapshot(options, platform, Map.of());
    }

    /** This snapshot with a section in place of what it had under that key. */
    public <T> HostSnapshot with(SectionKey<T> key, Section<T> section) {
        Map<SectionKey<?>, Section<?>> changed = new HashMap<>(sections);
        changed.put(key, section);
        return new HostSnapshot(options, platform, changed);
    }

    /** The section under {@code key}. */
    @SuppressWarnings("unchecked") // A key is put with a section of its own type.
    public <T> Section<T> get(SectionKey<T> key) {
        Section<?> section = sections.get(key);
        return section == null ? Section.notProbed() : (Section<T>) section;
    }
}
