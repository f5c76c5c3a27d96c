package io.github.gpucdi.cdi.text;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/**
 * What a loader makes of an unquoted scalar where text is expected: it resolves it as YAML 1.1 and prints the number or
 * boolean again. So {@code 0x10} becomes {@code 16} and {@code yes} becomes {@code true}.
 */
final class CoercedScalar {
    /** Longer digits are out of every number's range; they stay text. */
    private static final int MAX_NUMBER = 64;

    private CoercedScalar() {}

    /** The text, or nothing for a null. */
    static Optional<String> textOf(String plain) {
        switch (plain) {
            case "", "~", "null", "Null", "NULL" -> {
                return Optional.empty();
            }
            case "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON" -> {
                return Optional.of("true");
            }
            case "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF" -> {
                return Optional.of("false");
            }
            default -> {
                return Optional.of(number(plain));
            }
        }
    }

    private static String number(String plain) {
        char first = plain.charAt(0);
        boolean start = first >= '0' && first <= '9' || first == '-' || first == '+' || first == '.';
        if (!start || plain.length() > MAX_NUMBER) {
            return plain;
        }
        String bare = plain.replace("_", "");
        boolean negative = bare.startsWith("-");
        String digits = negative || bare.startsWith("+") ? bare.substring(1) : bare;
        String integer = integer(digits);
        if (!integer.isEmpty()) {
            return negative && !integer.equals("0") ? "-" + integer : integer;
        }
        return isFloat(digits) ? floating(digits, negative) : plain;
    }

    /** Decimal digits of an integer of any base, or nothing. */
    private static String integer(String digits) {
        int radix = 10;
        String rest = digits;
        if (digits.startsWith("0x") || digits.startsWith("0X")) {
            radix = 16;
            rest = digits.substring(2);
        } else if (digits.startsWith("0b")) {
            radix = 2;
            rest = digits.substring(2);
        } else if (digits.startsWith("0o")) {
            radix = 8;
            rest = digits.substring(2);
        } else if (digits.length() > 1 && digits.startsWith("0")) {
            radix = 8;
            rest = digits.substring(1);
        }
        if (rest.isEmpty()) {
            return "";
        }
        for (int i = 0; i < rest.length(); i++) {
            if (rest.charAt(i) > 'f' || Character.digit(rest.charAt(i), radix) < 0) {
                return "";
            }
        }
        BigInteger value = new BigInteger(rest, radix);
        return value.bitLength() <= 64 ? value.toString() : "";
    }

    /** {@code 1.5}, {@code .5}, {@code 1e3}, {@code 09}: digits with at most one dot, then perhaps an exponent. */
    private static boolean isFloat(String digits) {
        int i = 0;
        int dots = 0;
        int count = 0;
        for (; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c == '.') {
                dots++;
            } else if (c >= '0' && c <= '9') {
                count++;
            } else {
                break;
            }
        }
        if (count == 0 || dots > 1) {
            return false;
        }
        if (i == digits.length()) {
            return true;
        }
        if (digits.charAt(i) != 'e' && digits.charAt(i) != 'E') {
            return false;
        }
        int start = i + 1;
        if (start < digits.length() && (digits.charAt(start) == '+' || digits.charAt(start) == '-')) {
            start++;
        }
        // Three digits of exponent reach beyond every number; more would only cost time.
        boolean bounded = start < digits.length() && digits.length() - start <= 3;
        for (int k = start; k < digits.length(); k++) {
            bounded &= digits.charAt(k) >= '0' && digits.charAt(k) <= '9';
        }
        return bounded;
    }

    /** As the loader prints a single-precision number: plain from 1e-4 up to below 1e6, else with an exponent. */
    private static String floating(String digits, boolean negative) {
        float value = Float.parseFloat(negative ? "-" + digits : digits);
        if (Float.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        if (value == 0) {
            return negative ? "-0" : "0";
        }
        BigDecimal shortest = new BigDecimal(Float.toString(value)).stripTrailingZeros();
        int exponent = shortest.precision() - shortest.scale() - 1;
        if (exponent >= -4 && exponent < 6) {
            return shortest.toPlainString();
        }
        String all = shortest.unscaledValue().abs().toString();
        String mantissa = all.length() == 1 ? all : all.charAt(0) + "." + all.substring(1);
        String sign = exponent < 0 ? "-" : "+";
        String power = Integer.toString(Math.abs(exponent));
        return (value < 0 ? "-" : "") + mantissa + "e" + sign + (power.length() < 2 ? "0" : "") + power;
    }
}
