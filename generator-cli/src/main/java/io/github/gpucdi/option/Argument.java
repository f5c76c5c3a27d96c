package io.github.gpucdi.option;

/**
 * What was given for an option or a parameter, or else its default.
 *
 * @param <T> a text, an optional one, a list of them, or whether a switch is on
 */
public final class Argument<T> {
    private T value;

    Argument(T initial) {
        this.value = initial;
    }

    public T value() {
        return value;
    }

    void set(T given) {
        value = given;
    }
}
