package io.github.gpucdi.host.json;

import java.util.Locale;

/** How the constants of the snapshot's enums are spelt in JSON. */
final class JsonNames {
    private JsonNames() {}

    /** {@code LINK_LOOP} is {@code link-loop}. */
    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
