package io.github.gpucdi.cdi.spec;

import java.util.Objects;
import java.util.Optional;

/**
 * The name under which an engine is asked for a device: {@code vendor/class=name}. ASCII only, case-sensitive, no
 * length limits.
 *
 * @param vendor such as {@code nvidia.com}
 * @param clazz the class, such as {@code gpu}
 * @param name the device's name within its kind, such as {@code 0} or {@code all}
 */
public record QualifiedName(String vendor, String clazz, String name) {
    public QualifiedName {
        Objects.requireNonNull(vendor, "vendor");
        Objects.requireNonNull(clazz, "clazz");
        Objects.requireNonNull(name, "name");
    }

    /** The parts of a qualified name, or nothing if a part is not valid. One-letter vendors and classes are taken. */
    public static Optional<QualifiedName> parse(String text) {
        int equals = text.indexOf('=');
        int slash = text.indexOf('/');
        if (equals < 0 || slash < 0 || slash > equals) {
            return Optional.empty();
        }
        String vendor = text.substring(0, slash);
        String clazz = text.substring(slash + 1, equals);
        String name = text.substring(equals + 1);
        if (!isVendorOrClass(vendor) || !isVendorOrClass(clazz) || !isDeviceName(name)) {
            return Optional.empty();
        }
        return Optional.of(new QualifiedName(vendor, clazz, name));
    }

    /** Whether {@code text} is {@code [A-Za-z]([A-Za-z0-9_.-]*[A-Za-z0-9])?}, all of it. */
    public static boolean isVendorOrClass(String text) {
        return !text.isEmpty() && isLetter(text.charAt(0)) && hasTail(text, false);
    }

    /** Whether {@code text} is {@code [A-Za-z0-9]([A-Za-z0-9_.:-]*[A-Za-z0-9])?}, all of it. */
    public static boolean isDeviceName(String text) {
        return !text.isEmpty() && isAlphanumeric(text.charAt(0)) && hasTail(text, true);
    }

    /** Whether a device name begins with a digit, which loaders take from CDI 0.5.0 on. */
    public static boolean startsWithDigit(String deviceName) {
        return !deviceName.isEmpty() && deviceName.charAt(0) >= '0' && deviceName.charAt(0) <= '9';
    }

    /**
     * Whether a valid vendor or class has one letter only. Loaders up to release 1.1.0 of the CDI library crash on
     * these, and the engine with them, so they must not be written.
     */
    public static boolean crashesEngines(String vendorOrClass) {
        return vendorOrClass.length() == 1 && isLetter(vendorOrClass.charAt(0));
    }

    /** The name as given to an engine. */
    public String text() {
        return vendor + "/" + clazz + "=" + name;
    }

    private static boolean hasTail(String text, boolean colon) {
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isAlphanumeric(c) && c != '_' && c != '.' && c != '-' && !(colon && c == ':')) {
                return false;
            }
        }
        return isAlphanumeric(text.charAt(text.length() - 1));
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean isAlphanumeric(char c) {
        return isLetter(c) || c >= '0' && c <= '9';
    }
}
