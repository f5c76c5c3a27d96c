package io.github.gpucdi.cdi.inject;

import java.math.BigDecimal;

/** A number of a JSON text that is written as it was read, by {@link #toString}. */
final class ExactNumber extends Number {
    private static final long serialVersionUID = 1L;

    private final String text;

    ExactNumber(String text) {
        this.text = text;
    }

    @Override
    public int intValue() {
        return (int) doubleValue();
    }

    @Override
    public long longValue() {
        return (long) doubleValue();
    }

    @Override
    public float floatValue() {
        return (float) doubleValue();
    }

    @Override
    public double doubleValue() {
        return new BigDecimal(text).doubleValue();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ExactNumber number && number.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
