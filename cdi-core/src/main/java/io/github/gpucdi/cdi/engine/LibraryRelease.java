package io.github.gpucdi.cdi.engine;

import io.github.gpucdi.cdi.spec.CdiVersion;
import java.util.Optional;

/**
 * The releases of the CDI library that differ in what they accept, oldest first. Every engine that reads spec files
 * does it with one of them, so their verdict is the engine's.
 */
public enum LibraryRelease {
    /** 0.3.x. */
    V0_3("0.3.x", CdiVersion.V0_3_0),
    /** 0.4.0. */
    V0_4("0.4.0", CdiVersion.V0_4_0),
    /** 0.5.0 to 0.5.3. */
    V0_5_0("0.5.0-0.5.3", CdiVersion.V0_5_0),
    /** 0.5.4, the first that checks the declared version against the content. */
    V0_5_4("0.5.4", CdiVersion.V0_5_0),
    /** 0.6.x. */
    V0_6("0.6.x", CdiVersion.V0_6_0),
    /** 0.7.x. */
    V0_7("0.7.x", CdiVersion.V0_7_0),
    /** 0.8.x. */
    V0_8("0.8.x", CdiVersion.V0_8_0),
    /** 1.0.x. */
    V1_0("1.0.x", CdiVersion.V1_0_0),
    /** 1.1.0, the newest release. */
    V1_1("1.1.0", CdiVersion.V1_1_0),
    /** What was developed after 1.1.0 and is in no engine yet. */
    AFTER_V1_1("after-1.1.0", CdiVersion.V1_1_0);

    /** The newest release: the one to judge by when no engine is named. */
    public static final LibraryRelease NEWEST = V1_1;

    private final String text;
    private final CdiVersion highest;

    LibraryRelease(String text, CdiVersion highest) {
        this.text = text;
        this.highest = highest;
    }

    /** The release or range of releases, such as {@code 0.5.0-0.5.3}. */
    public String text() {
        return text;
    }

    /** The highest CDI version that it knows. */
    public CdiVersion highest() {
        return highest;
    }

    /** Whether this is {@code other} or came after it. */
    public boolean isAtLeast(LibraryRelease other) {
        return compareTo(other) >= 0;
    }

    /** The release that {@code version}, such as {@code 0.5.2}, belongs to. */
    public static Optional<LibraryRelease> of(String version) {
        return switch (version) {
            case "0.5.4" -> Optional.of(V0_5_4);
            case "after-1.1.0" -> Optional.of(AFTER_V1_1);
            default -> ofSeries(version);
        };
    }

    private static Optional<LibraryRelease> ofSeries(String version) {
        String[] parts = version.split("\\.", 4);
        if (parts.length != 3 || !isPatchNumber(parts[2])) {
            return Optional.empty();
        }
        return switch (parts[0] + "." + parts[1]) {
            case "0.3" -> Optional.of(V0_3);
            case "0.4" -> Optional.of(V0_4);
            case "0.5" -> Optional.of(V0_5_0);
            case "0.6" -> Optional.of(V0_6);
            case "0.7" -> Optional.of(V0_7);
            case "0.8" -> Optional.of(V0_8);
            case "1.0" -> Optional.of(V1_0);
            case "1.1" -> Optional.of(V1_1);
            default -> Optional.empty();
        };
    }

    private static boolean isPatchNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= 3;
    }
}
