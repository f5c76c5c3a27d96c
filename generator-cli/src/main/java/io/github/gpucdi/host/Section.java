package io.github.gpucdi.host;

import java.util.Optional;

/**
 * One part of a snapshot: not looked at, looked at and not there, or data.
 *
 * @param <T> the data
 */
public sealed interface Section<T> {

    /** Nobody looked: a command that needs this section cannot work from this snapshot. */
    record NotProbed<T>() implements Section<T> {}

    /**
     * Somebody looked and it is not there.
     *
     * @param reason one line for the user
     */
    record Absent<T>(String reason) implements Section<T> {}

    /**
     * The data.
     *
     * @param value never null
     */
    record Present<T>(T value) implements Section<T> {}

    /** A section nobody looked at. */
    static <T> Section<T> notProbed() {
        return new NotProbed<>();
    }

    /** A section that is not there. */
    static <T> Section<T> absent(String reason) {
        return new Absent<>(reason);
    }

    /** A section with data. */
    static <T> Section<T> of(T data) {
        return new Present<>(data);
    }

    /** The data, if there is any. */
    default Optional<T> data() {
        return this instanceof Present<T> present ? Optional.of(present.value()) : Optional.empty();
    }
}
