package io.github.gpucdi.cdi.spec;

import java.util.Objects;
import java.util.Optional;

/**
 * Something to say about a spec.
 *
 * @param code which rule
 * @param severity how bad it is
 * @param where JSON pointer to the place, such as {@code /devices/0/name}; empty for the document
 * @param position the place in the text, if there is one
 * @param what one line saying what is wrong
 * @param howToMend one line saying what to do
 */
public record Finding(
        Code code, Severity severity, String where, Optional<Position> position, String what, String howToMend) {
    public Finding {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(where, "where");
        Objects.requireNonNull(position, "position");
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(howToMend, "howToMend");
    }

    /** A finding about a spec that has no text yet. */
    public Finding(Code code, Severity severity, String where, String what, String howToMend) {
        this(code, severity, where, Optional.empty(), what, howToMend);
    }

    /** This finding at {@code place}. */
    public Finding at(Position place) {
        return new Finding(code, severity, where, Optional.of(place), what, howToMend);
    }

    /** How bad a finding is. */
    public enum Severity {
        /** Engines refuse the spec, or crash on it. */
        ERROR,
        /** Engines take it, but it does not do what was meant, or not everywhere. */
        WARNING,
        /** Worth knowing. */
        INFO
    }

    /** The rules. Their names are stable. */
    public enum Code {
        /** The file cannot be had: permissions, a directory, a device. */
        UNREADABLE,
        /** Beyond our bounds on size, depth or number of values; loaders may or may not take it. */
        TOO_LARGE_TO_JUDGE,
        /** Not YAML as loaders read it. */
        SYNTAX,
        /** Loaders take the use of aliases for an attack. */
        ALIASES_EXCESSIVE,
        /** No document, or one that is no mapping. */
        NOT_A_SPEC,
        /** A {@code .json} file that is not JSON. */
        NOT_JSON,
        /** A key that is null, a list, a mapping, or a merge of neither mapping nor list. */
        KEY_INVALID,
        /** A key that CDI does not have there. */
        UNKNOWN_KEY,
        /** A key that the library release in question does not know. */
        UNKNOWN_TO_RELEASE,
        /** A key twice. A warning if the keys are one only as text, as a number and that number between quotes. */
        DUPLICATE_KEY,
        /** A key in other letters than CDI's. */
        KEY_CASE,
        /** A value of another type than CDI's. */
        WRONG_TYPE,
        /** A null in a list of device nodes, hooks, mounts or network devices: engines crash. */
        NULL_ENTRY,
        /** A null that counts as absent. */
        NULL_VALUE,
        /** A number or boolean without quotes where text is expected. */
        SCALAR_COERCED,
        /** The declared version is not a released one, or below the oldest accepted. */
        VERSION_UNKNOWN,
        /** The content needs a later version than the declared one. */
        VERSION_TOO_LOW,
        /** The kind is not {@code vendor/class} with valid parts. */
        KIND_INVALID,
        /** Vendor or class of one letter: engines crash. */
        KIND_CRASHES_ENGINES,
        /** No devices. */
        NO_DEVICES,
        /** A device name that CDI does not allow. */
        DEVICE_NAME_INVALID,
        /** Two devices of one name. */
        DEVICE_DUPLICATE,
        /** A device without any edit. */
        EDITS_EMPTY,
        /** An environment entry that is not {@code NAME=value}. */
        ENV_INVALID,
        /** A required path is empty. */
        PATH_EMPTY,
        /** A path that is not absolute. */
        PATH_RELATIVE,
        /** A path with a NUL or a line break. */
        PATH_UNSAFE,
        /** An unknown device node type. */
        NODE_TYPE_INVALID,
        /** Cgroup access that is not letters of {@code rwm}. */
        NODE_PERMISSIONS_INVALID,
        /** A number outside its type's range. */
        NUMBER_OUT_OF_RANGE,
        /** An unknown hook stage. */
        HOOK_NAME_INVALID,
        /** A timeout that is not a positive 32-bit number of seconds. */
        HOOK_TIMEOUT_INVALID,
        /** Hooks that the engine in question does not run. */
        HOOKS_IGNORED,
        /** A class of service that the kernel or the loader refuses. */
        CLOS_ID_INVALID,
        /** A network device without a name or with one used twice. */
        NET_DEVICE_INVALID,
        /** An annotation key of the wrong form. */
        ANNOTATION_KEY_INVALID,
        /** More than 256 KiB of annotations. */
        ANNOTATIONS_TOO_LARGE,
        /** Text that has no UTF-8 form. */
        TEXT_NOT_UNICODE
    }
}
