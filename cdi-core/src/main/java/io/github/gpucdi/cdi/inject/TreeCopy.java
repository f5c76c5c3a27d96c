package io.github.gpucdi.cdi.inject;

import io.github.gpucdi.cdi.spec.CdiException;
import io.github.gpucdi.cdi.spec.CdiException.Code;
import io.github.gpucdi.cdi.spec.JsonPointer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Copies a JSON tree as deep as it goes, keeping the order of its members. */
final class TreeCopy {
    /** Far beyond any configuration, far below what a thread's stack takes; a tree that holds itself ends here too. */
    private static final int MAX_DEPTH = 1_000;

    private TreeCopy() {}

    static Map<String, @Nullable Object> of(Map<String, @Nullable Object> tree) throws CdiException {
        return object(tree, "", 0);
    }

    private static @Nullable Object copy(@Nullable Object value, String where, int depth) throws CdiException {
        if (depth > MAX_DEPTH) {
            throw new CdiException(Code.CONFIG_INVALID, "", "nested deeper than " + MAX_DEPTH + " levels");
        }
        if (value instanceof Map<?, ?> object) {
            return object(object, where, depth);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>(list.size());
            for (Object item : list) {
                copy.add(copy(item, where + "/" + copy.size(), depth + 1));
            }
            return copy;
        }
        if (value == null || value instanceof String || value instanceof Number || value instanceof Boolean) {
            return value;
        }
        throw new CdiException(Code.CONFIG_INVALID, where, "not a JSON value");
    }

    private static Map<String, @Nullable Object> object(Map<?, ?> object, String where, int depth) throws CdiException {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        for (Map.Entry<?, ?> member : object.entrySet()) {
            if (!(member.getKey() instanceof String key)) {
                throw new CdiException(Code.CONFIG_INVALID, where, "a member's name is not text");
            }
            copy.put(key, copy(member.getValue(), JsonPointer.member(where, key), depth + 1));
        }
        return copy;
    }
}
