package io.github.gpucdi.cdi.text.read;

import io.github.gpucdi.cdi.spec.Finding.Code;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Turns nodes into values of the type that a loader expects; what does not fit is an error and read as absent. */
final class Values {
    private static final BigInteger MAX_UINT32 = BigInteger.valueOf(0xFFFF_FFFFL);
    private static final BigInteger MIN_INT64 = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MAX_INT64 = BigInteger.valueOf(Long.MAX_VALUE);
    /** From here on loaders write a number with an exponent, and then it is no integer to them. */
    private static final double FIRST_WITH_EXPONENT = 1e21;

    private final Problems problems;

    Values(Problems problems) {
        this.problems = problems;
    }

    /** The text, empty for null. */
    String text(SourceNode node, NodePath place) {
        if (!(node instanceof SourceNode.Scalar scalar)) {
            wrong(node, place, "text");
            return "";
        }
        if (!scalar.plain() && scalar.tag().isEmpty()) {
            return scalar.text();
        }
        Optional<ScalarValue> value = value(scalar, place);
        if (value.isEmpty()) {
            return "";
        }
        Optional<String> text = value.get().asText();
        if (text.isEmpty()) {
            nullValue(node, place);
            return "";
        }
        if (!(value.get() instanceof ScalarValue.Text)) {
            coerced(scalar, text.get(), place);
        }
        return text.get();
    }

    private void coerced(SourceNode.Scalar scalar, String text, NodePath place) {
        String mend = "write it between quotes";
        if (text.equals(scalar.text())) {
            problems.info(
                    Code.SCALAR_COERCED, place, scalar, "a number or boolean where schema tools expect text", mend);
        } else {
            problems.warning(
                    Code.SCALAR_COERCED,
                    place,
                    scalar,
                    "without quotes, " + shortened(scalar.text()) + " is read as '" + text + "'",
                    mend);
        }
    }

    private static String shortened(String text) {
        return text.length() > 80 ? text.substring(0, 80) + "..." : text;
    }

    List<String> texts(SourceNode node, NodePath place) {
        List<String> texts = new ArrayList<>();
        List<SourceNode> items = items(node, place);
        for (int i = 0; i < items.size(); i++) {
            texts.add(text(items.get(i), place.at(i)));
        }
        return texts;
    }

    Map<String, String> textMap(SourceNode node, NodePath place) {
        Map<String, String> texts = new LinkedHashMap<>();
        mapping(node, place)
                .ifPresent(mapping -> Members.any(mapping, place, problems)
                        .forEach((key, value) -> texts.put(key, text(value, place.at(key)))));
        return texts;
    }

    /** The items, none for null. */
    List<SourceNode> items(SourceNode node, NodePath place) {
        if (node instanceof SourceNode.Sequence sequence) {
            return sequence.items();
        }
        if (isNull(node, place)) {
            nullValue(node, place);
        } else {
            wrong(node, place, "a list");
        }
        return List.of();
    }

    /** The mapping, nothing for null. */
    Optional<SourceNode.Mapping> mapping(SourceNode node, NodePath place) {
        if (node instanceof SourceNode.Mapping mapping) {
            return Optional.of(mapping);
        }
        if (isNull(node, place)) {
            nullValue(node, place);
        } else {
            wrong(node, place, "a mapping");
        }
        return Optional.empty();
    }

    boolean isNull(SourceNode node, NodePath place) {
        return node instanceof SourceNode.Scalar scalar
                && (scalar.plain() || scalar.tag().isPresent())
                && ScalarValue.ofPlain(scalar.text()) instanceof ScalarValue.Null
                && value(scalar, place).map(ScalarValue.Null.class::isInstance).orElse(false);
    }

    boolean bool(SourceNode node, NodePath place) {
        Optional<ScalarValue> value = scalar(node, place, "true or false");
        if (value.isPresent() && value.get() instanceof ScalarValue.Bool bool) {
            return bool.value();
        }
        notNull(value, node, place, "true or false");
        return false;
    }

    OptionalLong uint32(SourceNode node, NodePath place) {
        return number(node, place, BigInteger.ZERO, MAX_UINT32);
    }

    OptionalLong int64(SourceNode node, NodePath place) {
        return number(node, place, MIN_INT64, MAX_INT64);
    }

    private OptionalLong number(SourceNode node, NodePath place, BigInteger min, BigInteger max) {
        Optional<ScalarValue> value = scalar(node, place, "an integer");
        Optional<BigInteger> whole = value.flatMap(known -> whole(known, min.signum() == 0));
        if (whole.isEmpty()) {
            notNull(value, node, place, "an integer");
            return OptionalLong.empty();
        }
        if (whole.get().compareTo(min) < 0 || whole.get().compareTo(max) > 0) {
            problems.error(
                    Code.NUMBER_OUT_OF_RANGE,
                    place,
                    node,
                    whole.get() + " is outside " + min + " to " + max,
                    "give a number of that range");
            return OptionalLong.empty();
        }
        return OptionalLong.of(whole.get().longValue());
    }

    private static Optional<BigInteger> whole(ScalarValue value, boolean unsigned) {
        if (value instanceof ScalarValue.Whole whole) {
            return Optional.of(whole.value());
        }
        if (value instanceof ScalarValue.Real real) {
            double number = real.value();
            boolean negativeZero = number == 0 && 1 / number < 0;
            boolean integral = number == Math.rint(number) && Math.abs(number) < FIRST_WITH_EXPONENT;
            if (integral && !(unsigned && negativeZero)) {
                return Optional.of(ScalarValue.integerOf(number));
            }
        }
        return Optional.empty();
    }

    private Optional<ScalarValue> scalar(SourceNode node, NodePath place, String expected) {
        if (node instanceof SourceNode.Scalar scalar) {
            return value(scalar, place);
        }
        wrong(node, place, expected);
        return Optional.empty();
    }

    private Optional<ScalarValue> value(SourceNode.Scalar scalar, NodePath place) {
        try {
            return Optional.of(ScalarValue.of(scalar));
        } catch (ScalarValue.Mismatch e) {
            problems.error(Code.WRONG_TYPE, place, scalar, e.getMessage(), "remove the tag");
            return Optional.empty();
        }
    }

    private void notNull(Optional<ScalarValue> value, SourceNode node, NodePath place, String expected) {
        if (value.isPresent()) {
            if (value.get() instanceof ScalarValue.Null) {
                nullValue(node, place);
            } else {
                wrong(node, place, expected);
            }
        }
    }

    private void nullValue(SourceNode node, NodePath place) {
        problems.info(
                Code.NULL_VALUE,
                place,
                node,
                "null is read as absent by engines and refused by schema tools",
                "remove it");
    }

    private void wrong(SourceNode node, NodePath place, String expected) {
        String found = node instanceof SourceNode.Sequence
                ? "a list"
                : node instanceof SourceNode.Mapping ? "a mapping" : "other content";
        boolean quoted = node instanceof SourceNode.Scalar scalar && !scalar.plain();
        problems.error(
                Code.WRONG_TYPE,
                place,
                node,
                "expected " + expected + ", found " + (quoted ? "text between quotes" : found),
                "write " + expected);
    }
}
