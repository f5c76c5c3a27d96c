package io.github.gpucdi.cdi.edit;

import java.util.Objects;

/**
 * One difference between two specs, as plain texts. What is not there is an empty text.
 *
 * @param kind what happened
 * @param scope where it happened
 * @param device the device's name if {@code scope} is {@link Scope#DEVICE}, else empty
 * @param section which part of the spec
 * @param key what in that part: the name of an annotation, device or variable, the container path of a node or mount,
 *     the host's name of a network device, stage and program of a hook, a group id; empty for a part that exists once
 *     and for an environment entry that is not {@code NAME=value}
 * @param field the member that changed, named as in CDI; empty if the part is one value, or was added or removed. Three
 *     are not members: {@code order} of hooks, {@code order} of mounts at one place, and {@code superseded}, the access
 *     rules that earlier nodes of the same path leave behind
 * @param before the old text, empty if {@code kind} is {@link Kind#ADDED}
 * @param after the new text, empty if {@code kind} is {@link Kind#REMOVED}
 */
public record Change(
        Kind kind, Scope scope, String device, Section section, String key, String field, String before, String after) {
    public Change {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(section, "section");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(after, "after");
    }

    /** What happened. */
    public enum Kind {
        /** Only the second spec has it. */
        ADDED('+'),
        /** Only the first spec has it. */
        REMOVED('-'),
        /** Both have it, with different content. */
        CHANGED('~');

        private final char sign;

        Kind(char sign) {
            this.sign = sign;
        }
    }

    /** Where it happened. */
    public enum Scope {
        /** The spec itself. */
        SPEC,
        /** The edits that all devices share. */
        COMMON,
        /** One device. */
        DEVICE
    }

    /** The parts of a spec. */
    public enum Section {
        /** The declared version. */
        CDI_VERSION("cdiVersion"),
        /** Vendor and class. */
        KIND("kind"),
        /** One annotation. */
        ANNOTATION("annotation"),
        /** A device as a whole. */
        DEVICE("device"),
        /** One environment variable. */
        ENV("env"),
        /** A device node. */
        DEVICE_NODE("deviceNode"),
        /** A network interface. */
        NET_DEVICE("netDevice"),
        /** A hook. */
        HOOK("hook"),
        /** A mount. */
        MOUNT("mount"),
        /** The resctrl settings. */
        INTEL_RDT("intelRdt"),
        /** A supplementary group. */
        ADDITIONAL_GID("additionalGid");

        private final String word;

        Section(String word) {
            this.word = word;
        }

        /** The part as CDI names it, one of a list in the singular, such as {@code deviceNode}. */
        public String word() {
            return word;
        }
    }

    /**
     * The change as one line for people, such as {@code ~ device 0: mount /lib/x: hostPath /a -> /b}. Text of the specs
     * stands in it as it is: escape control characters before printing.
     */
    public String line() {
        StringBuilder line = new StringBuilder().append(kind.sign).append(' ');
        switch (scope) {
            case SPEC -> {}
            case COMMON -> line.append("common: ");
            case DEVICE -> line.append("device ").append(device).append(": ");
        }
        line.append(section.word);
        if (!key.isEmpty()) {
            line.append(' ').append(key);
        }
        switch (kind) {
            case ADDED -> content(line, after);
            case REMOVED -> content(line, before);
            case CHANGED -> {
                line.append(": ");
                if (!field.isEmpty()) {
                    line.append(field).append(' ');
                }
                line.append(shown(before)).append(" -> ").append(shown(after));
            }
        }
        return line.toString();
    }

    private void content(StringBuilder line, String text) {
        switch (section) {
            case ENV, ANNOTATION, NET_DEVICE ->
                line.append(key.isEmpty() ? ' ' : '=').append(text);
            default -> {
                if (!text.isEmpty()) {
                    line.append(" (").append(text).append(')');
                }
            }
        }
    }

    private String shown(String text) {
        if (!text.isEmpty()) {
            return text;
        }
        return field.isEmpty() ? "\"\"" : "(none)";
    }
}
