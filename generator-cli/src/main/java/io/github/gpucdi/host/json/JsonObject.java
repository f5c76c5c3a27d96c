package io.github.gpucdi.host.json;

import io.github.gpucdi.host.EnumWord;
import io.github.gpucdi.host.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A JSON object that hands out its members with their types checked, and knows its place for complaints. */
final class JsonObject {
    private static final String ABSENT = "absent";

    private final JsonValue.Members members;
    private final String pointer;

    private JsonObject(JsonValue.Members members, String pointer) {
        this.members = members;
        this.pointer = pointer;
    }

    /** Makes a record of an object. */
    interface Reader<T> {
        T read(JsonObject in) throws SnapshotFormatException;
    }

    static JsonObject of(JsonValue value, String pointer) throws SnapshotFormatException {
        if (value instanceof JsonValue.Members members) {
            return new JsonObject(members, pointer);
        }
        throw problem(value, pointer, "It must be an object.");
    }

    String text(String name, TextRule rule) throws SnapshotFormatException {
        return textOf(required(name), pointerTo(name), rule);
    }

    Optional<String> optionalText(String name, TextRule rule) throws SnapshotFormatException {
        JsonValue value = members.members().get(name);
        return value == null ? Optional.empty() : Optional.of(textOf(value, pointerTo(name), rule));
    }

    String textOrEmpty(String name, TextRule rule) throws SnapshotFormatException {
        return optionalText(name, rule).orElse("");
    }

    List<String> texts(String name, TextRule rule) throws SnapshotFormatException {
        return texts(name, JsonTree.MAX_ENTRIES, rule);
    }

    List<String> texts(String name, int max, TextRule rule) throws SnapshotFormatException {
        List<String> texts = new ArrayList<>();
        List<JsonValue> items = items(name, max);
        for (int i = 0; i < items.size(); i++) {
            texts.add(textOf(items.get(i), pointerTo(name) + "/" + i, rule));
        }
        return texts;
    }

    long number(String name, long max) throws SnapshotFormatException {
        return numberOf(required(name), pointerTo(name), max);
    }

    int smallNumber(String name) throws SnapshotFormatException {
        return (int) number(name, Integer.MAX_VALUE);
    }

    OptionalLong optionalNumber(String name, long max) throws SnapshotFormatException {
        JsonValue value = members.members().get(name);
        return value == null ? OptionalLong.empty() : OptionalLong.of(numberOf(value, pointerTo(name), max));
    }

    OptionalInt optionalSmallNumber(String name) throws SnapshotFormatException {
        JsonValue value = members.members().get(name);
        return value == null
                ? OptionalInt.empty()
                : OptionalInt.of((int) numberOf(value, pointerTo(name), Integer.MAX_VALUE));
    }

    boolean flag(String name) throws SnapshotFormatException {
        return flagOf(required(name), pointerTo(name));
    }

    Optional<Boolean> optionalFlag(String name) throws SnapshotFormatException {
        JsonValue value = members.members().get(name);
        return value == null ? Optional.empty() : Optional.of(flagOf(value, pointerTo(name)));
    }

    <E extends Enum<E>> E constant(String name, E[] constants) throws SnapshotFormatException {
        String text = text(name, TextRule.TEXT);
        StringBuilder spellings = new StringBuilder();
        for (E constant : constants) {
            String spelling = EnumWord.of(constant);
            if (spelling.equals(text)) {
                return constant;
            }
            spellings.append(spellings.isEmpty() ? "" : ", ").append(spelling);
        }
        throw problem(name, "It must be one of: " + spellings + ".");
    }

    <T> T object(String name, Reader<T> reader) throws SnapshotFormatException {
        return reader.read(of(required(name), pointerTo(name)));
    }

    <T> Optional<T> optionalObject(String name, Reader<T> reader) throws SnapshotFormatException {
        JsonValue value = members.members().get(name);
        return value == null ? Optional.empty() : Optional.of(reader.read(of(value, pointerTo(name))));
    }

    <T> List<T> objects(String name, int max, Reader<T> reader) throws SnapshotFormatException {
        List<T> objects = new ArrayList<>();
        List<JsonValue> items = items(name, max);
        for (int i = 0; i < items.size(); i++) {
            objects.add(reader.read(of(items.get(i), pointerTo(name) + "/" + i)));
        }
        return objects;
    }

    /** A section: data, an object with the member {@code absent}, or nothing if nobody looked. */
    <T> Section<T> section(String name, Reader<T> reader) throws SnapshotFormatException {
        JsonValue value = members.members().get(name);
        if (value == null) {
            return Section.notProbed();
        }
        JsonObject object = of(value, pointerTo(name));
        Optional<String> absent = object.optionalText(ABSENT, TextRule.TEXT);
        return absent.isPresent() ? Section.absent(absent.get()) : Section.of(reader.read(object));
    }

    /** A complaint about a member, or about the whole object if it has no such member. */
    SnapshotFormatException problem(String name, String problem) {
        JsonValue value = members.members().get(name);
        return value == null ? problem(members, pointer, problem) : problem(value, pointerTo(name), problem);
    }

    private JsonValue required(String name) throws SnapshotFormatException {
        JsonValue value = members.members().get(name);
        if (value == null) {
            throw problem(members, pointer, "The member '" + name + "' is missing.");
        }
        return value;
    }

    private List<JsonValue> items(String name, int max) throws SnapshotFormatException {
        JsonValue value = members.members().get(name);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof JsonValue.Items items)) {
            throw problem(name, "It must be a list.");
        }
        if (items.items().size() > max) {
            throw problem(name, "It must have at most " + max + " entries.");
        }
        return items.items();
    }

    private static String textOf(JsonValue value, String pointer, TextRule rule) throws SnapshotFormatException {
        if (!(value instanceof JsonValue.Text text)) {
            throw problem(value, pointer, "It must be a string.");
        }
        if (!rule.allows(text.text())) {
            throw problem(value, pointer, rule.demand());
        }
        return text.text();
    }

    private static long numberOf(JsonValue value, String pointer, long max) throws SnapshotFormatException {
        if (value instanceof JsonValue.Number number && number.whole()) {
            try {
                long read = Long.parseLong(number.digits());
                if (read >= 0 && read <= max) {
                    return read;
                }
            } catch (NumberFormatException e) {
                // Beyond 64 bits: as much out of range as any.
            }
            throw problem(value, pointer, "It must be from 0 to " + max + ".");
        }
        throw problem(value, pointer, "It must be a whole number, without fraction or exponent.");
    }

    private static boolean flagOf(JsonValue value, String pointer) throws SnapshotFormatException {
        if (value instanceof JsonValue.Flag flag) {
            return flag.value();
        }
        throw problem(value, pointer, "It must be true or false.");
    }

    /** Names asked for are the format's own: letters only, so none needs a pointer's escapes. */
    private String pointerTo(String name) {
        return pointer + "/" + name;
    }

    private static SnapshotFormatException problem(JsonValue value, String pointer, String problem) {
        return new SnapshotFormatException(
                pointer, value.start().line(), value.start().column(), problem);
    }
}
