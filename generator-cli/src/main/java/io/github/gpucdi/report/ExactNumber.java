package io.github.gpucdi.report;

import java.math.BigDecimal;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JacksonSerializable;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.jsontype.TypeSerializer;

/** A number of a JSON text that is written as it was read: {@code 1e3} is not made {@code 1000}. */
public final class ExactNumber extends Number implements JacksonSerializable {
    private static final long serialVersionUID = 1L;

    private final String text;

    public ExactNumber(String text) {
        this.text = text;
    }

    @Override
    public void serialize(JsonGenerator out, SerializationContext context) {
        out.writeNumber(text);
    }

    @Override
    public void serializeWithType(JsonGenerator out, SerializationContext context, TypeSerializer type) {
        serialize(out, context);
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
    public String toString() {
        return text;
    }
}
