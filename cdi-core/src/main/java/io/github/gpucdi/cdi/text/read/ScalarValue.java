package io.github.gpucdi.cdi.text.read;

import io.github.gpucdi.cdi.spec.Unicode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a loader makes of a scalar: it resolves it as YAML 1.1, and prints numbers and booleans again where text is
 * expected. So {@code 0x10} becomes {@code 16} and {@code yes} becomes {@code true}.
 */
sealed interface ScalarValue {
    /** {@code null}, {@code ~} or nothing. */
    record Null() implements ScalarValue {}

    record Text(String text) implements ScalarValue {}

    record Bool(boolean value) implements ScalarValue {}

    /** Any integer from -2^63 to 2^64 - 1. */
    record Whole(BigInteger value) implements ScalarValue {}

    record Real(double value) implements ScalarValue {}

    /** The content does not fit the explicit tag: no loader takes the document. */
    final class Mismatch extends Exception {
        private static final long serialVersionUID = 1L;

        Mismatch(String what) {
            super(what);
        }
    }

    Null NULL = new Null();

    /** @throws Mismatch if the explicit tag and the content differ */
    static ScalarValue of(SourceNode.Scalar scalar) throws Mismatch {
        Optional<String> tag = scalar.tag();
        if (tag.isEmpty()) {
            return scalar.plain() ? ofPlain(scalar.text()) : new Text(scalar.text());
        }
        ScalarValue resolved = ofPlain(scalar.text());
        boolean fits = switch (tag.get()) {
            case "tag:yaml.org,2002:null" -> resolved instanceof Null;
            case "tag:yaml.org,2002:bool" -> resolved instanceof Bool;
            case "tag:yaml.org,2002:int" -> resolved instanceof Whole;
            case "tag:yaml.org,2002:float" -> resolved instanceof Whole || resolved instanceof Real;
            case "tag:yaml.org,2002:binary" -> {
                resolved = new Text(decoded(scalar.text()));
                yield true;
            }
            case "tag:yaml.org,2002:timestamp" -> isTimestamp(scalar.text());
            default -> {
                resolved = new Text(scalar.text());
                yield true;
            }
        };
        if (!fits) {
            throw new Mismatch("the scalar does not fit its tag");
        }
        boolean wanted = tag.get().equals("tag:yaml.org,2002:float");
        return wanted && resolved instanceof Whole whole
                ? new Real(whole.value().doubleValue())
                : resolved;
    }

    /** The text where text is expected, or nothing for a null. */
    default Optional<String> asText() {
        if (this instanceof Text text) {
            return Optional.of(text.text());
        }
        if (this instanceof Bool bool) {
            return Optional.of(Boolean.toString(bool.value()));
        }
        if (this instanceof Whole whole) {
            return Optional.of(whole.value().toString());
        }
        if (this instanceof Real real) {
            return Optional.of(print(real.value()));
        }
        return Optional.empty();
    }

    /** Resolves an unquoted scalar. */
    static ScalarValue ofPlain(String plain) {
        return switch (plain) {
            case "", "~", "null", "Null", "NULL" -> NULL;
            case "true", "True", "TRUE", "y", "Y", "yes", "Yes", "YES", "on", "On", "ON" -> new Bool(true);
            case "false", "False", "FALSE", "n", "N", "no", "No", "NO", "off", "Off", "OFF" -> new Bool(false);
            case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF" -> new Real(Double.POSITIVE_INFINITY);
            case "-.inf", "-.Inf", "-.INF" -> new Real(Double.NEGATIVE_INFINITY);
            case ".nan", ".NaN", ".NAN" -> new Real(Double.NaN);
            default -> number(plain);
        };
    }

    private static ScalarValue number(String plain) {
        char first = plain.charAt(0);
        boolean start = first >= '0' && first <= '9' || first == '-' || first == '+' || first == '.';
        if (!start) {
            return new Text(plain);
        }
        String bare = plain.replace("_", "");
        boolean signed = bare.startsWith("-") || bare.startsWith("+");
        Optional<BigInteger> whole = whole(signed ? bare.substring(1) : bare);
        if (whole.isPresent()) {
            BigInteger value = bare.startsWith("-") ? whole.get().negate() : whole.get();
            int mostBits = value.signum() < 0 ? 63 : 64;
            if (value.bitLength() <= mostBits) {
                return new Whole(value);
            }
        }
        if (isDecimal(bare)) {
            double value = Double.parseDouble(bare);
            // Out of range is no number to the loader.
            return Double.isInfinite(value) ? new Text(plain) : new Real(value);
        }
        return new Text(plain);
    }

    /** An unsigned integer of any base; longer digits than any number's are none. */
    private static Optional<BigInteger> whole(String digits) {
        int radix = 10;
        String rest = digits;
        if (digits.length() > 1 && digits.charAt(0) == '0') {
            radix = switch (digits.charAt(1)) {
                case 'x', 'X' -> 16;
                case 'b', 'B' -> 2;
                default -> 8;
            };
            boolean letter = radix != 8 || digits.charAt(1) == 'o' || digits.charAt(1) == 'O';
            rest = digits.substring(letter ? 2 : 1);
        }
        if (rest.isEmpty() || rest.length() > 128) {
            return Optional.empty();
        }
        for (int i = 0; i < rest.length(); i++) {
            if (rest.charAt(i) > 'f' || Character.digit(rest.charAt(i), radix) < 0) {
                return Optional.empty();
            }
        }
        return Optional.of(new BigInteger(rest, radix));
    }

    /** {@code 1.5}, {@code -.5}, {@code 1.}, {@code 1e3}, {@code 09}. */
    private static boolean isDecimal(String text) {
        int at = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        int start = at;
        at = digits(text, at);
        boolean some = at > start;
        if (at < text.length() && text.charAt(at) == '.') {
            int fraction = at + 1;
            at = digits(text, fraction);
            some |= at > fraction;
        }
        if (!some) {
            return false;
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            int exponent = at + 1;
            if (exponent < text.length() && (text.charAt(exponent) == '-' || text.charAt(exponent) == '+')) {
                exponent++;
            }
            at = digits(text, exponent);
            some = at > exponent;
        }
        return some && at == text.length();
    }

    private static int digits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    /** In single precision, as loaders print it: plain from 1e-4 up to below 1e6, else with an exponent. */
    private static String print(double real) {
        if (Double.isNaN(real)) {
            return "NaN";
        }
        float value = (float) real;
        if (Float.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        BigDecimal shortest = shortest(value);
        int exponent = shortest.precision() - shortest.scale() - 1;
        if (exponent >= -4 && exponent < 6) {
            return shortest.toPlainString();
        }
        String all = shortest.unscaledValue().abs().toString();
        String mantissa = all.length() == 1 ? all : all.charAt(0) + "." + all.substring(1);
        String power = Integer.toString(Math.abs(exponent));
        return (value < 0 ? "-" : "")
                + mantissa
                + (exponent < 0 ? "e-" : "e+")
                + (power.length() < 2 ? "0" : "")
                + power;
    }

    /** The fewest digits that give the same float; those of {@link Float#toString} are not always the fewest. */
    private static BigDecimal shortest(float value) {
        BigDecimal exact = new BigDecimal(value);
        return fewestDigits(exact, 9, rounded -> rounded.floatValue() == value);
    }

    /** The integer that loaders write for {@code real} between them, by its fewest digits. */
    static BigInteger integerOf(double real) {
        BigDecimal exact = new BigDecimal(real);
        return fewestDigits(exact, 17, rounded -> rounded.doubleValue() == real).toBigInteger();
    }

    private static BigDecimal fewestDigits(BigDecimal exact, int enough, Predicate<BigDecimal> same) {
        BigDecimal rounded = exact;
        for (int digits = 1; digits <= enough; digits++) {
            rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (same.test(rounded)) {
                break;
            }
        }
        return rounded.stripTrailingZeros();
    }

    private static String decoded(String base64) throws Mismatch {
        String digits = base64.replace("\n", "").replace("\r", "");
        if (digits.length() % 4 != 0) {
            // Our decoder could do without the padding.
            throw new Mismatch("the scalar is not base64");
        }
        try {
            return Unicode.decoded(Base64.getDecoder().decode(digits));
        } catch (IllegalArgumentException e) {
            throw new Mismatch("the scalar is not base64");
        }
    }

    /** A date, perhaps with a time of day; loaders keep its text. */
    private static boolean isTimestamp(String text) {
        return text.matches("[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ].{1,40})?");
    }
}
