package io.github.gpucdi.cdi.text;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Walks the events of one document and keeps names only. Collections are skipped, never built, and aliases never
 * expanded, so that memory stays small whatever the file holds.
 */
final class NameReader {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_DEVICES = 65_536;
    private static final int MAX_ANCHORS = 4_096;
    /** Longest scalar that can be a kind or a name; CDI itself has no limit. */
    private static final int MAX_NAME = 65_536;
    /** The parser copies its whole window for each buffer that it reads; small ones make long scalars quadratic. */
    private static final int MAX_BUFFER = 262_144;

    private static final int MIN_BUFFER = 1_024;

    private final ParserImpl events;
    private final Map<String, Optional<String>> anchors = new HashMap<>();

    private NameReader(String text) {
        LoadSettings settings = LoadSettings.builder()
                .setUseMarks(false)
                .setBufferSize(Math.max(MIN_BUFFER, Math.min(text.length() + 1, MAX_BUFFER)))
                .setCodePointLimit(SpecNames.MAX_BYTES)
                .build();
        events = new ParserImpl(settings, new StreamReader(settings, text));
    }

    static SpecNames read(byte[] file) {
        if (file.length > SpecNames.MAX_BYTES) {
            return new SpecNames.Unreadable("larger than 16 MiB");
        }
        try {
            return new NameReader(decode(file)).document();
        } catch (CharacterCodingException e) {
            return new SpecNames.Unreadable("not valid Unicode");
        } catch (Malformed e) {
            return new SpecNames.Unreadable(e.getMessage());
        } catch (YamlEngineException e) {
            return new SpecNames.Unreadable("not valid YAML or JSON: " + firstLine(e));
        } catch (RuntimeException e) {
            // The parser's own slips on hostile input.
            return new SpecNames.Unreadable("not valid YAML or JSON");
        } catch (OutOfMemoryError | StackOverflowError e) {
            // All that was used up belongs to this call and is free again.
            return new SpecNames.Unreadable("too large to read");
        }
    }

    private SpecNames document() throws Malformed {
        expect(Event.ID.StreamStart);
        if (events.next().getEventId() != Event.ID.DocumentStart) {
            throw new Malformed("no document");
        }
        expect(Event.ID.MappingStart);
        Optional<String> kind = Optional.empty();
        List<String> devices = List.of();
        for (Event key = events.next(); key.getEventId() != Event.ID.MappingEnd; key = events.next()) {
            String name = keyOf(key, 1);
            if (name.equalsIgnoreCase("kind")) {
                kind = text(events.next(), 1);
            } else if (name.equalsIgnoreCase("devices")) {
                devices = devices(events.next());
            } else {
                skip(events.next(), 1);
            }
        }
        if (kind.isEmpty()) {
            throw new Malformed("no kind");
        }
        return new SpecNames.Found(kind.get(), devices);
    }

    private List<String> devices(Event first) throws Malformed {
        if (first.getEventId() == Event.ID.Scalar && value((ScalarEvent) first).isEmpty()) {
            return List.of();
        }
        if (first.getEventId() != Event.ID.SequenceStart) {
            throw new Malformed("devices is not a list");
        }
        List<String> names = new ArrayList<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            if (event.getEventId() != Event.ID.MappingStart) {
                throw new Malformed("a device is not a mapping");
            }
            if (names.size() == MAX_DEVICES) {
                throw new Malformed("more than " + MAX_DEVICES + " devices");
            }
            names.add(deviceName());
        }
        return names;
    }

    private String deviceName() throws Malformed {
        Optional<String> name = Optional.empty();
        for (Event key = events.next(); key.getEventId() != Event.ID.MappingEnd; key = events.next()) {
            if (keyOf(key, 3).equalsIgnoreCase("name")) {
                name = text(events.next(), 3);
            } else {
                skip(events.next(), 3);
            }
        }
        return name.orElseThrow(() -> new Malformed("a device has no name"));
    }

    private void expect(Event.ID id) throws Malformed {
        Event event = events.next();
        if (event.getEventId() != id) {
            throw new Malformed(id == Event.ID.MappingStart ? "the document is not a mapping" : "no document");
        }
    }

    private String keyOf(Event event, int depth) throws Malformed {
        return text(event, depth).orElse("");
    }

    /** The text of a scalar, empty for null; anything else is refused. */
    private Optional<String> text(Event event, int depth) throws Malformed {
        if (event instanceof AliasEvent alias) {
            Optional<String> known = anchors.get(alias.getAlias().getValue());
            if (known == null) {
                throw new Malformed("an alias does not lead to a text");
            }
            return known;
        }
        if (event instanceof ScalarEvent scalar) {
            if (scalar.getValue().length() > MAX_NAME) {
                throw new Malformed("a name is longer than " + MAX_NAME + " characters");
            }
            remember(scalar);
            return value(scalar);
        }
        throw new Malformed("a list or mapping where text is expected");
    }

    /** Passes over the value that starts with {@code event}. */
    private void skip(Event event, int depth) throws Malformed {
        int open = depth;
        Event current = event;
        while (true) {
            switch (current.getEventId()) {
                case MappingStart, SequenceStart -> {
                    open++;
                    if (open > MAX_DEPTH) {
                        throw new Malformed("nested deeper than " + MAX_DEPTH);
                    }
                }
                case MappingEnd, SequenceEnd -> open--;
                case Scalar -> remember((ScalarEvent) current);
                default -> {}
            }
            if (open == depth) {
                return;
            }
            current = events.next();
        }
    }

    private void remember(ScalarEvent scalar) throws Malformed {
        Optional<String> anchor = anchorOf(scalar);
        if (anchor.isPresent() && scalar.getValue().length() <= MAX_NAME) {
            if (anchors.size() == MAX_ANCHORS) {
                throw new Malformed("more than " + MAX_ANCHORS + " anchors");
            }
            anchors.put(anchor.get(), value(scalar));
        }
    }

    private static Optional<String> anchorOf(NodeEvent event) {
        return event.getAnchor().map(anchor -> anchor.getValue());
    }

    private static Optional<String> value(ScalarEvent scalar) {
        boolean plain = scalar.isPlain() && scalar.getTag().isEmpty();
        return plain ? CoercedScalar.textOf(scalar.getValue()) : Optional.of(scalar.getValue());
    }

    /** UTF-8, or UTF-16 with a byte order mark; the mark itself is dropped. */
    private static String decode(byte[] file) throws CharacterCodingException {
        Charset charset = StandardCharsets.UTF_8;
        if (file.length >= 2) {
            int mark = (file[0] & 0xFF) << 8 | file[1] & 0xFF;
            if (mark == 0xFEFF) {
                charset = StandardCharsets.UTF_16BE;
            } else if (mark == 0xFFFE) {
                charset = StandardCharsets.UTF_16LE;
            }
        }
        String text = charset.newDecoder().decode(ByteBuffer.wrap(file)).toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static String firstLine(YamlEngineException e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf('\n');
        String line = end < 0 ? message : message.substring(0, end);
        return line.length() > 200 ? line.substring(0, 200).toLowerCase(Locale.ROOT) : line;
    }

    private static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String reason) {
            super(reason);
        }
    }
}
