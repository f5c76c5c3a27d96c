package io.github.gpucdi.cdi.text;

import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.cdi.spec.Device;
import io.github.gpucdi.cdi.spec.DeviceNode;
import io.github.gpucdi.cdi.spec.Hook;
import io.github.gpucdi.cdi.spec.IntelRdt;
import io.github.gpucdi.cdi.spec.Mount;
import io.github.gpucdi.cdi.spec.NetDevice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Supplier;

/** Specs with hostile text in every place; the same seed gives the same spec. */
public final class RandomSpecs {
    private static final String[] NASTY = {
        "",
        " ",
        "0",
        "017",
        "0x10",
        "1e3",
        "1_000",
        "12:30",
        "yes",
        "No",
        "~",
        "null",
        "<<",
        "=",
        "- a",
        "a: b",
        "a #b",
        "#",
        "'",
        "\"",
        "\\",
        "---",
        "...",
        "--- a",
        "\n",
        "a\n",
        "\na",
        "a\r\nb",
        "\t",
        "\ta",
        "a\t",
        "\u0000",
        "\u001b",
        "\u007f",
        "\u0085",
        "\u00a0",
        "\u2028",
        "\u2029",
        "\ufeff",
        "\ufffe",
        "\uffff",
        "\ud83d\ude00",
        "\ud83d\ude00\u0085",
        "\u00e9",
        "{",
        "}",
        "[",
        "]",
        ",",
        "*a",
        "&a",
        "!t",
        "%d",
        "@x",
        "`x",
        "|",
        ">",
        "?",
        "? a",
        ":",
        ": a",
        "a:",
        "-",
        "--x",
        "/",
        "</script>",
        "&amp;",
        "a  b",
        "${X}",
        "key: [1]",
        "true",
        ".inf",
        "2001-01-01",
        "\\/",
        "\\ud83d",
        "a\\",
        "\ud834\udd1e",
        "\udbff\udfff"
    };

    private final Random random;

    RandomSpecs(long seed) {
        random = new Random(seed);
    }

    public static CdiSpec seeded(long seed) {
        return new RandomSpecs(seed).spec();
    }

    private CdiSpec spec() {
        return new CdiSpec(random.nextBoolean() ? "0.7.0" : text(), text(), map(), list(3, this::device), edits());
    }

    private Device device() {
        return new Device(text(), map(), edits());
    }

    private ContainerEdits edits() {
        if (random.nextInt(4) == 0) {
            return ContainerEdits.EMPTY;
        }
        return new ContainerEdits(
                list(3, this::text),
                list(2, this::node),
                list(2, () -> new NetDevice(text(), text())),
                list(2, () -> new Hook(text(), text(), list(3, this::text), list(2, this::text), number())),
                list(2, () -> new Mount(text(), text(), list(3, this::text), text())),
                random.nextBoolean() ? Optional.empty() : Optional.of(intelRdt()),
                list(3, () -> random.nextLong() >>> 32));
    }

    private DeviceNode node() {
        return new DeviceNode(
                text(),
                text(),
                text(),
                random.nextInt(3) - 1L,
                random.nextLong(),
                number(),
                text(),
                number(),
                number());
    }

    private IntelRdt intelRdt() {
        return new IntelRdt(
                text(),
                text(),
                text(),
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextBoolean() ? Optional.empty() : Optional.of(list(2, this::text)),
                random.nextBoolean());
    }

    private OptionalLong number() {
        return random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(random.nextInt(3) * 1_000L);
    }

    private Map<String, String> map() {
        Map<String, String> map = new HashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            map.put(text(), text());
        }
        return map;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (int parts = random.nextInt(4); parts > 0; parts--) {
            switch (random.nextInt(4)) {
                case 0 -> text.append((char) (' ' + random.nextInt(95)));
                case 1 -> text.appendCodePoint(codePoint());
                case 2 -> text.append("word").append(random.nextInt(10));
                default -> text.append(NASTY[random.nextInt(NASTY.length)]);
            }
        }
        if (random.nextInt(200) == 0) {
            text.append("long ".repeat(30)).append('x');
        }
        return text.toString();
    }

    private int codePoint() {
        int codePoint = random.nextInt(random.nextBoolean() ? 0x300 : 0x110000);
        return Character.getType(codePoint) == Character.SURROGATE ? '?' : codePoint;
    }

    private <T> List<T> list(int most, Supplier<T> item) {
        List<T> list = new ArrayList<>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            list.add(item.get());
        }
        return list;
    }
}
