package io.github.gpucdi.cdi.inject;

import io.github.gpucdi.cdi.spec.CdiException;
import io.github.gpucdi.cdi.spec.CdiException.Code;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An OCI runtime configuration, {@code config.json}, as text and as the tree that {@link Injector} takes: maps with text
 * keys, lists, text, numbers, booleans and null. What is read and written again has the same members in the same order,
 * and every number as it stood: {@code 1e3} is not made {@code 1000}.
 */
@SuppressWarnings("exports") // who compiles against this need not have JSpecify
public final class OciJson {
    private OciJson() {}

    /**
     * Reads strict JSON (RFC 8259) in UTF-8: one object, no member twice, at most 1,000 levels.
     *
     * @throws CdiException {@code CONFIG_INVALID}, with a message that continues the file's name
     */
    public static Map<String, @Nullable Object> read(byte[] json) throws CdiException {
        return JsonReader.read(text(json));
    }

    /**
     * Writes JSON in UTF-8, indented, with a line break at its end.
     *
     * @throws CdiException {@code CONFIG_INVALID} with a JSON pointer if there is something that is no JSON value
     */
    public static byte[] write(Map<String, @Nullable Object> config) throws CdiException {
        return JsonWriter.write(TreeCopy.of(config)).getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] json) throws CdiException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(json))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new CdiException(Code.CONFIG_INVALID, "", "is not JSON: it is not UTF-8", e);
        }
    }
}
