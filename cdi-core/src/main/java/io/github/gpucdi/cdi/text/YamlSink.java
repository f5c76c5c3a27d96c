package io.github.gpucdi.cdi.text;

import io.github.gpucdi.cdi.spec.CdiVersion;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.StreamDataWriter;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.emitter.Emitter;
import org.snakeyaml.engine.v2.events.DocumentEndEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ImplicitTuple;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.events.StreamEndEvent;
import org.snakeyaml.engine.v2.events.StreamStartEvent;

/** Block-style YAML through the emitter's events, which cost less at start-up than its object layer. */
final class YamlSink implements TreeSink {
    /** No tag is ever written: quotes or their absence say what a scalar is. */
    private static final ImplicitTuple NO_TAG = new ImplicitTuple(true, true);

    private final StringBuilder out = new StringBuilder(8192);
    private final Emitter emitter;

    YamlSink() {
        DumpSettings settings = DumpSettings.builder()
                .setExplicitStart(true)
                .setSplitLines(false)
                .setWidth(Integer.MAX_VALUE)
                .build();
        emitter = new Emitter(settings, new Writer(out));
        emit(new StreamStartEvent());
        emit(new DocumentStartEvent(true, Optional.empty(), Map.of()));
    }

    byte[] bytes() {
        emit(new DocumentEndEvent(false));
        emit(new StreamEndEvent());
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void startMap(boolean empty) {
        emit(new MappingStartEvent(Optional.empty(), Optional.empty(), true, style(empty)));
    }

    @Override
    public void endMap() {
        emit(new MappingEndEvent());
    }

    @Override
    public void startList(boolean empty) {
        emit(new SequenceStartEvent(Optional.empty(), Optional.empty(), true, style(empty)));
    }

    @Override
    public void endList() {
        emit(new SequenceEndEvent());
    }

    @Override
    public void key(String name) {
        text(name);
    }

    @Override
    public void text(String value) {
        String text = Unicode.wellFormed(value);
        scalar(text, PlainScalar.isSafe(text) ? ScalarStyle.PLAIN : ScalarStyle.DOUBLE_QUOTED);
    }

    @Override
    public void version(String value) {
        if (CdiVersion.parse(value).isPresent()) {
            scalar(value, ScalarStyle.PLAIN);
        } else {
            text(value);
        }
    }

    @Override
    public void number(long value) {
        scalar(Long.toString(value), ScalarStyle.PLAIN);
    }

    @Override
    public void bool(boolean value) {
        scalar(Boolean.toString(value), ScalarStyle.PLAIN);
    }

    private void scalar(String text, ScalarStyle style) {
        emit(new ScalarEvent(Optional.empty(), Optional.empty(), NO_TAG, text, style));
    }

    /** Empty collections have no block form. */
    private static FlowStyle style(boolean empty) {
        return empty ? FlowStyle.FLOW : FlowStyle.BLOCK;
    }

    private void emit(Event event) {
        emitter.emit(event);
    }

    private record Writer(StringBuilder out) implements StreamDataWriter {
        @Override
        public void write(String text) {
            out.append(text);
        }

        @Override
        public void write(String text, int offset, int length) {
            out.append(text, offset, offset + length);
        }
    }
}
