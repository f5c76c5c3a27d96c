package io.github.gpucdi.cdi.text.read;

import io.github.gpucdi.cdi.spec.Finding.Code;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Builds the tree of the first document; bounded in depth, nodes and aliases. */
final class TreeReader {
    private static final int MAX_DEPTH = 1_000;
    private static final int MAX_SHARED = 24;
    private static final int MAX_WORDS = 1_024;
    /** The parser copies its whole window for each buffer that it reads; small ones make long scalars quadratic. */
    private static final int MAX_BUFFER = 262_144;

    private static final int MIN_BUFFER = 1_024;

    /** A finished anchored node and how many nodes it holds. */
    private record Anchored(SourceNode node, long nodes) {}

    private final StreamReader stream;
    private final ParserImpl events;
    private final YamlDialect dialect;
    private final Map<String, Anchored> anchors = new HashMap<>();
    private final Set<String> open = new HashSet<>();
    private final Map<String, String> words = new HashMap<>();
    private final ExpandedNodes expanded = new ExpandedNodes();
    /** Between here and the next node stands no content; in code points. */
    private int lastEnd;

    private TreeReader(YamlDialect dialect) {
        String text = dialect.text();
        LoadSettings settings = LoadSettings.builder()
                .setBufferSize(Math.max(MIN_BUFFER, Math.min(text.length() + 1, MAX_BUFFER)))
                .setCodePointLimit(Integer.MAX_VALUE)
                .build();
        stream = new StreamReader(settings, text);
        events = new ParserImpl(settings, stream);
        this.dialect = dialect;
    }

    /**
     * The root of the first document, or nothing if there is none. What follows it is not looked at, but for the one
     * token that ends it.
     *
     * @throws SyntaxException if loaders cannot parse it, or it is beyond our limits
     */
    static Optional<SourceNode> read(SourceText source) throws SyntaxException {
        return read(source, new Spellings());
    }

    /** The same, with {@code spellings} to count. */
    static Optional<SourceNode> read(SourceText source, Spellings spellings) throws SyntaxException {
        YamlDialect dialect = new YamlDialect(source.text());
        while (true) {
            TreeReader reader = new TreeReader(dialect);
            try {
                Optional<SourceNode> root = reader.document();
                source.check(reader.stream.getIndex());
                return root;
            } catch (YamlDialect.Respelled e) {
                dialect = e.again();
            } catch (MarkedYamlEngineException e) {
                Mark mark = e.getProblemMark().or(e::getContextMark).orElse(null);
                Optional<YamlDialect> other = mark == null ? Optional.empty() : dialect.afterRefusalAt(mark);
                if (other.isEmpty()) {
                    source.check(reader.stream.getIndex());
                    int line = mark == null ? 1 : mark.getLine() + 1;
                    int column = mark == null ? 1 : mark.getColumn() + 1;
                    throw new SyntaxException(Code.SYNTAX, line, column, String.valueOf(e.getProblem()));
                }
                dialect = other.get();
            }
            spellings.inVain(reader.stream.getIndex());
        }
    }

    private Optional<SourceNode> document() throws SyntaxException, YamlDialect.Respelled {
        events.next();
        if (!(events.next() instanceof DocumentStartEvent start)) {
            return Optional.empty();
        }
        dialect.directives(start);
        SourceNode root = node(events.next(), 0, false);
        dialect.gap(lastEnd, events.next().getStartMark().orElseThrow());
        return Optional.of(root);
    }

    private SourceNode node(Event event, int depth, boolean inFlow) throws SyntaxException, YamlDialect.Respelled {
        Mark mark = event.getStartMark().orElseThrow();
        int line = mark.getLine() + 1;
        int column = mark.getColumn() + 1;
        if (!inFlow) {
            dialect.gap(lastEnd, mark);
        }
        boolean block = event instanceof CollectionStartEvent collection && !collection.isFlow();
        lastEnd = block ? mark.getIndex() : end(event);
        if (event instanceof AliasEvent alias) {
            return aliased(alias.getAlias(), mark);
        }
        count(0, line, column);
        Optional<Anchor> anchor = ((NodeEvent) event).getAnchor();
        if (anchor.isPresent()) {
            dialect.anchor(anchor.get().getValue(), mark);
            open.add(anchor.get().getValue());
        }
        long before = expanded.count() - 1;
        SourceNode node;
        if (event instanceof ScalarEvent scalar) {
            node = scalar(scalar, mark, inFlow);
        } else {
            if (depth == MAX_DEPTH) {
                throw new SyntaxException(
                        Code.TOO_LARGE_TO_JUDGE, line, column, "nested deeper than " + MAX_DEPTH + " levels");
            }
            boolean flow = ((CollectionStartEvent) event).isFlow();
            node = event instanceof MappingStartEvent
                    ? mapping(depth, flow, line, column)
                    : sequence(depth, flow, line, column);
        }
        if (anchor.isPresent()) {
            open.remove(anchor.get().getValue());
            anchors.put(anchor.get().getValue(), new Anchored(node, expanded.count() - before));
        }
        return node;
    }

    private static int end(Event event) {
        return event.getEndMark().orElseThrow().getIndex();
    }

    private SourceNode scalar(ScalarEvent scalar, Mark mark, boolean inFlow)
            throws SyntaxException, YamlDialect.Respelled {
        dialect.scalar(scalar, inFlow);
        return new SourceNode.Scalar(
                dialect.meant(scalar.getValue()),
                scalar.isPlain(),
                scalar.getTag(),
                mark.getLine() + 1,
                mark.getColumn() + 1);
    }

    private SourceNode mapping(int depth, boolean flow, int line, int column)
            throws SyntaxException, YamlDialect.Respelled {
        List<SourceNode.Entry> entries = new ArrayList<>(4);
        Event end = events.next();
        for (; end.getEventId() != Event.ID.MappingEnd; end = events.next()) {
            SourceNode name = node(end, depth + 1, flow);
            entries.add(new SourceNode.Entry(name, node(events.next(), depth + 1, flow)));
        }
        if (flow) {
            lastEnd = end(end);
        }
        return new SourceNode.Mapping(List.copyOf(entries), line, column);
    }

    private SourceNode sequence(int depth, boolean flow, int line, int column)
            throws SyntaxException, YamlDialect.Respelled {
        List<SourceNode> items = new ArrayList<>(4);
        Event end = events.next();
        for (; end.getEventId() != Event.ID.SequenceEnd; end = events.next()) {
            items.add(node(end, depth + 1, flow));
        }
        if (flow) {
            lastEnd = end(end);
        }
        return new SourceNode.Sequence(List.copyOf(items), line, column);
    }

    /** Few keys and words make up most of a large file. */
    private String shared(String text) {
        if (text.length() > MAX_SHARED) {
            return text;
        }
        String same = words.get(text);
        if (same == null && words.size() < MAX_WORDS) {
            words.put(text, text);
        }
        return same == null ? text : same;
    }

    private SourceNode aliased(Anchor alias, Mark mark) throws SyntaxException {
        int line = mark.getLine() + 1;
        int column = mark.getColumn() + 1;
        dialect.anchor(alias.getValue(), mark);
        if (open.contains(alias.getValue())) {
            throw new SyntaxException(Code.SYNTAX, line, column, "an alias stands within what it names");
        }
        Anchored target = anchors.get(alias.getValue());
        if (target == null) {
            throw new SyntaxException(Code.SYNTAX, line, column, "the alias names no anchor before it");
        }
        count(target.nodes(), line, column);
        return target.node();
    }

    private void count(long behindAlias, int line, int column) throws SyntaxException {
        expanded.node();
        expanded.alias(behindAlias);
        if (expanded.isBeyondLimit()) {
            throw new SyntaxException(
                    Code.TOO_LARGE_TO_JUDGE,
                    line,
                    column,
                    "more than " + ExpandedNodes.LIMIT + " values, those behind aliases counted each time");
        }
        if (behindAlias > 0 && expanded.isExcessive()) {
            throw new SyntaxException(Code.ALIASES_EXCESSIVE, line, column, "nearly all of it stands behind aliases");
        }
    }
}
