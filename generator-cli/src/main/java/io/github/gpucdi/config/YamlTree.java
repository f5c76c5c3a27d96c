package io.github.gpucdi.config;

import io.github.gpucdi.cdi.spec.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads a YAML file that people write: one document without aliases and tags, as which nothing is larger than it looks.
 * The place of everything is kept, and what a scalar means is left to who knows what stands there.
 */
public final class YamlTree {
    static final int MAX_DEPTH = 16;

    private final ParserImpl events;

    private YamlTree(String text) {
        // The parser copies its window for each buffer that it reads: one buffer keeps long scalars linear.
        LoadSettings settings = LoadSettings.builder()
                .setBufferSize(text.length() + 1)
                .setCodePointLimit(Integer.MAX_VALUE)
                .build();
        events = new ParserImpl(settings, new StreamReader(settings, text));
    }

    /** The document's root; nothing if there is none, as in an empty text and in one of comments. */
    public static Optional<YamlNode> read(String text) throws YamlException {
        try {
            return new YamlTree(text).document();
        } catch (MarkedYamlEngineException e) {
            Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
            throw new YamlException(
                    mark.map(YamlTree::position).orElse(new Position(1, 1)), String.valueOf(e.getProblem()));
        } catch (ReaderException e) {
            throw new YamlException(position(text, e.getPosition()), "a control character");
        } catch (YamlEngineException | IllegalStateException | IndexOutOfBoundsException e) {
            // The parser's own slips.
            throw new YamlException(new Position(1, 1), "not valid YAML");
        }
    }

    private Optional<YamlNode> document() throws YamlException {
        events.next();
        if (events.next().getEventId() == Event.ID.StreamEnd) {
            return Optional.empty();
        }
        YamlNode root = node(events.next(), 0);
        events.next();
        Event next = events.next();
        if (next.getEventId() != Event.ID.StreamEnd) {
            throw new YamlException(position(next), "a second document");
        }
        return Optional.of(root);
    }

    private YamlNode node(Event event, int depth) throws YamlException {
        Position position = position(event);
        if (depth > MAX_DEPTH) {
            throw new YamlException(position, "nested deeper than " + MAX_DEPTH + " levels");
        }
        if (event instanceof ScalarEvent scalar) {
            refuseTag(scalar.getTag(), position);
            return new YamlNode.Scalar(scalar.getValue(), scalar.isPlain(), position);
        }
        if (event instanceof SequenceStartEvent sequence) {
            refuseTag(sequence.getTag(), position);
            List<YamlNode> items = new ArrayList<>();
            for (Event item = events.next(); item.getEventId() != Event.ID.SequenceEnd; item = events.next()) {
                items.add(node(item, depth + 1));
            }
            return new YamlNode.Sequence(items, position);
        }
        if (event instanceof MappingStartEvent mapping) {
            refuseTag(mapping.getTag(), position);
            List<YamlNode.Entry> entries = new ArrayList<>();
            for (Event key = events.next(); key.getEventId() != Event.ID.MappingEnd; key = events.next()) {
                YamlNode name = node(key, depth + 1);
                entries.add(new YamlNode.Entry(name, node(events.next(), depth + 1)));
            }
            return new YamlNode.Mapping(entries, position);
        }
        String what = event instanceof AliasEvent ? "an alias: write out what it stands for" : "not valid YAML";
        throw new YamlException(position, what);
    }

    private static void refuseTag(Optional<String> tag, Position position) throws YamlException {
        if (tag.isPresent()) {
            throw new YamlException(position, "a tag: leave it out");
        }
    }

    private static Position position(Event event) {
        return position(event.getStartMark().orElseThrow());
    }

    private static Position position(Mark mark) {
        return new Position(mark.getLine() + 1, mark.getColumn() + 1);
    }

    /** The place of the character before which there are {@code codePoints}. */
    private static Position position(String text, int codePoints) {
        int line = 1;
        int column = 1;
        int at = 0;
        for (int i = 0; i < codePoints && at < text.length(); i++) {
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            column = c == '\n' ? 1 : column + 1;
            line += c == '\n' ? 1 : 0;
        }
        return new Position(line, column);
    }
}
