package io.github.gpucdi.host;

import java.util.Locale;

/** How the constants of enums are spelt in snapshots and other documents. */
public final class EnumWord {
    private EnumWord() {}

    /** {@code LINK_LOOP} is {@code link-loop}. */
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
