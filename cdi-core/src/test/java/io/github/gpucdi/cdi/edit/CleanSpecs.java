package io.github.gpucdi.cdi.edit;

import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.cdi.spec.Device;
import io.github.gpucdi.cdi.spec.DeviceNode;
import io.github.gpucdi.cdi.spec.Hook;
import io.github.gpucdi.cdi.spec.IntelRdt;
import io.github.gpucdi.cdi.spec.Mount;
import io.github.gpucdi.cdi.spec.NetDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/**
 * Valid specs with at least one entry in every list, no entry twice, no path twice, and all absolute paths below a root;
 * the same seed gives the same spec.
 */
final class CleanSpecs {
    static final String ROOT = "/drv";
    private static final List<String> STAGES =
            List.of("prestart", "createRuntime", "createContainer", "startContainer", "poststart", "poststop");

    private final Random random;
    private int next;

    private CleanSpecs(long seed) {
        random = new Random(seed);
    }

    static CdiSpec seeded(long seed) {
        return new CleanSpecs(seed).spec();
    }

    private CdiSpec spec() {
        List<Device> devices = new ArrayList<>();
        for (int i = some(); i > 0; i--) {
            devices.add(new Device("gpu" + number(), annotations(), edits()));
        }
        return new CdiSpec("1.1.0", "vendor" + number() + ".com/gpu", annotations(), devices, edits());
    }

    private Map<String, String> annotations() {
        return Map.of("a" + number(), "v" + number(), "b" + number(), "");
    }

    private ContainerEdits edits() {
        List<String> env = new ArrayList<>();
        List<DeviceNode> nodes = new ArrayList<>();
        List<NetDevice> netDevices = new ArrayList<>();
        List<Hook> hooks = new ArrayList<>();
        List<Mount> mounts = new ArrayList<>();
        List<Long> gids = new ArrayList<>();
        for (int i = some(); i > 0; i--) {
            env.add("NAME" + number() + "=" + path() + ":" + path());
            nodes.add(node());
            netDevices.add(new NetDevice("host" + number(), "eth" + number()));
            hooks.add(hook());
            mounts.add(new Mount(
                    path(), path(), List.of("ro", "nosuid", "x" + number()), random.nextBoolean() ? "" : "t"));
            gids.add((long) number());
        }
        IntelRdt rdt =
                new IntelRdt("c" + number(), "L3", "MB", Optional.of(List.of("s" + number())), random.nextBoolean());
        return new ContainerEdits(env, nodes, netDevices, hooks, mounts, Optional.of(rdt), gids);
    }

    private DeviceNode node() {
        return new DeviceNode(
                path(),
                random.nextBoolean() ? "" : path(),
                random.nextBoolean() ? "b" : "c",
                1 + random.nextInt(3),
                random.nextInt(3),
                optional(),
                List.of("", "rwm", "rw", "mr").get(random.nextInt(4)),
                optional(),
                optional());
    }

    private Hook hook() {
        List<String> args = new ArrayList<>(List.of("hook" + number(), "sub"));
        for (int i = some(); i > 0; i--) {
            args.add("--link");
            args.add((random.nextBoolean() ? path() : "lib.so." + number()) + "::" + path());
        }
        String stage = STAGES.get(random.nextInt(STAGES.size()));
        return new Hook(stage, path(), args, List.of("E" + number() + "=" + path(), "F=1"), optional());
    }

    private OptionalLong optional() {
        return random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(random.nextInt(3));
    }

    private String path() {
        return ROOT + (random.nextBoolean() ? "/dev" : "/usr/lib") + "/x" + number();
    }

    private int some() {
        return 1 + random.nextInt(3);
    }

    private int number() {
        return ++next;
    }
}
