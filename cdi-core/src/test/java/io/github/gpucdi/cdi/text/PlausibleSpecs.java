package io.github.gpucdi.cdi.text;

import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.CdiVersion;
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

/**
 * Specs that are often valid: hostile text only where any text may stand, and now and then where it may not. Each keeps
 * to what one version of CDI has, and declares the lowest version that it may.
 */
public final class PlausibleSpecs {
    private static final List<CdiVersion> LEVELS =
            List.of(CdiVersion.values()).subList(CdiVersion.FLOOR.ordinal(), CdiVersion.values().length);

    private final Random random;
    private final RandomSpecs hostile;
    private final CdiVersion level;

    private PlausibleSpecs(long seed) {
        random = new Random(seed);
        hostile = new RandomSpecs(seed);
        level = LEVELS.get((int) (seed % LEVELS.size()));
    }

    public static CdiSpec seeded(long seed) {
        CdiSpec spec = new PlausibleSpecs(seed).spec();
        return spec.withCdiVersion(CdiVersion.minimumFor(spec).text());
    }

    private CdiSpec spec() {
        String kind = "acme.example/" + (has(CdiVersion.V0_6_0) ? "wid.get" : "wid-get_1");
        Map<String, String> annotations = annotations();
        List<Device> devices = list(3, this::device);
        return new CdiSpec("", mostly(kind), annotations, devices, edits());
    }

    private Device device() {
        String name = "w" + random.nextInt(1_000) + ":1-a_b.c";
        boolean digit = has(CdiVersion.V0_5_0) && random.nextBoolean();
        return new Device(mostly(digit ? name.substring(1) : name), annotations(), edits());
    }

    private ContainerEdits edits() {
        if (random.nextInt(20) == 0) {
            return ContainerEdits.EMPTY;
        }
        boolean gids = has(CdiVersion.V0_7_0) && random.nextBoolean();
        return new ContainerEdits(
                list(3, this::variable),
                list(2, this::node),
                has(CdiVersion.V1_1_0) ? list(1, this::netDevice) : List.of(),
                list(2, this::hook),
                list(2, this::mount),
                has(CdiVersion.V0_7_0) && random.nextInt(3) == 0 ? Optional.of(intelRdt()) : Optional.empty(),
                gids ? list(3, () -> number(0)) : List.of());
    }

    private DeviceNode node() {
        return new DeviceNode(
                path(),
                has(CdiVersion.V0_5_0) && random.nextBoolean() ? path() : "",
                mostly(List.of("", "b", "c", "u", "p").get(random.nextInt(5))),
                random.nextInt(3) - 1L,
                random.nextLong(),
                optionalNumber(0),
                mostly(List.of("", "r", "rw", "mwr", "rr").get(random.nextInt(5))),
                optionalNumber(0),
                optionalNumber(0));
    }

    private NetDevice netDevice() {
        return new NetDevice(mostly("eth0"), mostly("net 0"));
    }

    private Hook hook() {
        String name = List.of("prestart", "createRuntime", "createContainer", "startContainer", "poststart", "poststop")
                .get(random.nextInt(6));
        return new Hook(mostly(name), path(), list(3, hostile::text), list(2, this::variable), optionalNumber(1));
    }

    private Mount mount() {
        return new Mount(path(), path(), list(3, hostile::text), has(CdiVersion.V0_4_0) ? hostile.text() : "");
    }

    private IntelRdt intelRdt() {
        boolean schemata = has(CdiVersion.V1_1_0) && random.nextBoolean();
        List<String> lines = list(2, hostile::text);
        lines.add("L3:0=f");
        return new IntelRdt(
                random.nextBoolean() ? "" : mostly("class"),
                hostile.text(),
                hostile.text(),
                schemata ? Optional.of(lines) : Optional.empty(),
                has(CdiVersion.V1_1_0) && random.nextBoolean());
    }

    private Map<String, String> annotations() {
        Map<String, String> map = new HashMap<>();
        if (has(CdiVersion.V0_6_0)) {
            for (int i = random.nextInt(3); i > 0; i--) {
                map.put(mostly((random.nextBoolean() ? "a.b-c/" : "") + "Key_" + i), hostile.text());
            }
        }
        return map;
    }

    private String path() {
        return mostly(random.nextInt(3) == 0 ? "/" + hostile.text() : "/dev/w" + random.nextInt(10));
    }

    private String variable() {
        return mostly("N" + random.nextInt(10) + "=" + hostile.text());
    }

    /** Of 32 bits, {@code least} or more; rarely one beyond. */
    private long number(long least) {
        return switch (random.nextInt(60)) {
            case 0 -> least - 1;
            case 1 -> 1L << 32;
            case 2 -> least;
            default -> Math.max(least, random.nextLong() >>> 32);
        };
    }

    private OptionalLong optionalNumber(long least) {
        return random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(number(least));
    }

    private String mostly(String good) {
        return random.nextInt(80) == 0 ? hostile.text() : good;
    }

    private boolean has(CdiVersion version) {
        return level.compareTo(version) >= 0;
    }

    private <T> List<T> list(int most, Supplier<T> item) {
        List<T> list = new ArrayList<>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            list.add(item.get());
        }
        return list;
    }
}
