package io.github.gpucdi.cdi.inject;

import io.github.gpucdi.cdi.spec.CdiException;
import io.github.gpucdi.cdi.spec.CdiException.Code;
import io.github.gpucdi.cdi.spec.JsonPointer;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value in a configuration, and where it stands. JSON's null is the same as nothing.
 *
 * @param where its JSON pointer
 * @param value null for nothing
 */
record OciValue(String where, @Nullable Object value) {
    private static final BigInteger MAX_UINT32 = BigInteger.valueOf(0xFFFF_FFFFL);

    /** A member of the object here; nothing has no members. */
    OciValue member(String key) throws CdiException {
        return new OciValue(JsonPointer.member(where, key), object().get(key));
    }

    /** Values of the object here, none for nothing. */
    List<OciValue> members() throws CdiException {
        List<OciValue> members = new ArrayList<>();
        for (Map.Entry<?, ?> member : object().entrySet()) {
            members.add(new OciValue(JsonPointer.member(where, (String) member.getKey()), member.getValue()));
        }
        return members;
    }

    /** Items of the list here, none for nothing. */
    List<OciValue> items() throws CdiException {
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            throw invalid("must be a list");
        }
        List<OciValue> items = new ArrayList<>(list.size());
        for (Object item : list) {
            items.add(new OciValue(where + "/" + items.size(), item));
        }
        return items;
    }

    /** Refuses all but an object or nothing. */
    Map<?, ?> object() throws CdiException {
        if (value == null) {
            return Map.of();
        }
        if (!(value instanceof Map<?, ?> object)) {
            throw invalid("must be an object");
        }
        return object;
    }

    /** Refuses all but an object. */
    void requireObject() throws CdiException {
        if (value == null) {
            throw invalid("must be an object");
        }
        object();
    }

    /** Refuses all but text. */
    void requireText() throws CdiException {
        if (!(value instanceof String)) {
            throw invalid("must be text");
        }
    }

    /** Refuses all but an unsigned 32-bit integer or nothing. */
    void optionalId() throws CdiException {
        if (value != null && !isUint32()) {
            throw invalid("must be an integer from 0 to 4294967295");
        }
    }

    /** Refuses all but an unsigned 32-bit integer. */
    void requireId() throws CdiException {
        if (!isUint32()) {
            throw invalid("must be an integer from 0 to 4294967295");
        }
    }

    private boolean isUint32() {
        if (value instanceof BigInteger big) {
            return big.signum() >= 0 && big.compareTo(MAX_UINT32) <= 0;
        }
        if (value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte) {
            long number = ((Number) value).longValue();
            return number >= 0 && number <= MAX_UINT32.longValueExact();
        }
        return false;
    }

    private CdiException invalid(String what) {
        return new CdiException(Code.CONFIG_INVALID, where, what);
    }
}
