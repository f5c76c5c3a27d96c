package io.github.gpucdi.e2e;

import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.CdiVersion;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.cdi.spec.Device;
import io.github.gpucdi.cdi.spec.DeviceNode;
import io.github.gpucdi.cdi.spec.Hook;
import io.github.gpucdi.cdi.spec.IntelRdt;
import io.github.gpucdi.cdi.spec.Mount;
import io.github.gpucdi.cdi.text.write.SpecWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something to inject.
 *
 * @param name for messages
 * @param specs the spec files of one directory, by their order
 * @param devices the names to request
 * @param config the OCI runtime configuration
 */
record InjectionCase(String name, List<String> specs, List<String> devices, ObjectNode config) {

    /** Few names of each sort, so that they meet. The same for the same seed. */
    static InjectionCase seeded(long seed) {
        return new Seeded(seed).build("seed " + seed);
    }

    private static final class Seeded {
        private static final List<String> PATHS =
                List.of("/dev/null", "/dev/zero", "/dev/full", "/dev/w0", "/dev/w1", "/dev/../dev/null");
        private static final List<String> HOST_PATHS = List.of(
                "/dev/null",
                "/dev/zero",
                "/dev/tty",
                "/dev/gone",
                "/dev/null/x",
                "/dev/shm",
                "/dev/fd",
                "/",
                "/dev/null/");
        private static final List<String> PLACES =
                List.of("/a", "/a/b", "/a/b/", "/a/b/c", "/", "/a//b/c/d", "/z", "a", "/a/../b", "/b/./c", ".");
        private static final List<String> STAGES =
                List.of("prestart", "createRuntime", "createContainer", "startContainer", "poststart", "poststop");
        private static final List<String> OPTIONS = List.of("ro", "nosuid", "bind", "rbind", "idmap", "ridmap", "ro");
        private static final List<String> DEVICES = List.of("w0", "w1", "w2");
        private static final List<String> KINDS = List.of("acme.com/widget", "acme.com/valve");

        private final Random random;
        /** Whether there may be what library 0.5 does not know. */
        private final boolean newer;

        private final JsonMapper json = new JsonMapper();

        Seeded(long seed) {
            random = new Random(seed);
            newer = seed % 3 == 0;
        }

        InjectionCase build(String name) {
            List<String> specs = new ArrayList<>();
            List<String> names = new ArrayList<>();
            for (String kind : KINDS) {
                CdiSpec spec = spec(kind);
                spec.devices().forEach(device -> names.add(kind + "=" + device.name()));
                specs.add(new String(SpecWriter.yaml(spec), StandardCharsets.UTF_8));
            }
            names.add("acme.com/widget=gone");
            List<String> requested = new ArrayList<>();
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                // Mostly not the last, which is unknown.
                requested.add(names.get(random.nextInt(random.nextInt(6) == 0 ? names.size() : names.size() - 1)));
            }
            return new InjectionCase(name, specs, requested, config());
        }

        private CdiSpec spec(String kind) {
            List<Device> devices = new ArrayList<>();
            for (String device : DEVICES) {
                devices.add(Device.of(device, edits(List.of("FROM=" + kind + device))));
            }
            CdiSpec spec = new CdiSpec("", kind, Map.of(), devices, edits(List.of()));
            return spec.withCdiVersion(CdiVersion.minimumFor(spec).text());
        }

        private ContainerEdits edits(List<String> sure) {
            List<String> env = list(2, this::variable);
            env.addAll(sure);
            return new ContainerEdits(
                    env,
                    list(1, this::node),
                    List.of(),
                    list(2, this::hook),
                    list(2, this::mount),
                    newer && random.nextInt(3) == 0 ? Optional.of(rdt()) : Optional.empty(),
                    newer ? list(2, () -> (long) random.nextInt(4)) : List.of());
        }

        private String variable() {
            return any(List.of("A", "B", "C")) + "=" + any(List.of("", "1", "2", "x=y"));
        }

        private DeviceNode node() {
            boolean stated = random.nextInt(3) == 0;
            return new DeviceNode(
                    any(PATHS),
                    random.nextInt(4) == 0 ? any(HOST_PATHS) : stated ? "" : any(HOST_PATHS.subList(0, 3)),
                    stated ? any(List.of("b", "c", "u", "p")) : any(List.of("", "", "", "c", "b", "p")),
                    stated || random.nextInt(5) == 0 ? random.nextInt(300) - 1L : 0,
                    random.nextInt(3) == 0 ? random.nextInt(1 << 20) : 0,
                    optional(0777),
                    any(List.of("", "", "r", "rw", "mwr")),
                    optional(3),
                    optional(3));
        }

        private Hook hook() {
            return new Hook(any(STAGES), any(PLACES), list(2, this::variable), list(2, this::variable), optional(3));
        }

        private Mount mount() {
            return new Mount(
                    any(PLACES), any(PLACES), list(2, () -> any(OPTIONS)), any(List.of("", "", "bind", "tmpfs")));
        }

        private IntelRdt rdt() {
            return new IntelRdt(any(List.of("", "x", "y")), any(List.of("", "L3:0=f")), "", Optional.empty(), false);
        }

        private ObjectNode config() {
            ObjectNode config = json.createObjectNode();
            config.put("ociVersion", "1.0.2").put("hostname", "h");
            if (random.nextInt(6) > 0) {
                process(config.putObject("process"));
            }
            if (random.nextBoolean()) {
                ArrayNode mounts = config.putArray("mounts");
                for (int i = random.nextInt(5); i > 0; i--) {
                    mounts.addObject()
                            .put("destination", any(PLACES))
                            .put("type", "tmpfs")
                            .put("source", "s" + i);
                }
            }
            if (random.nextBoolean()) {
                ObjectNode hooks = config.putObject("hooks");
                hooks.putArray(any(STAGES)).addObject().put("path", "/there").put("timeout", 0);
            }
            if (random.nextBoolean()) {
                linux(config.putObject("linux"));
            }
            return config;
        }

        private void process(ObjectNode process) {
            ObjectNode user = process.put("cwd", "/").putObject("user");
            user.put("uid", random.nextInt(3)).put("gid", random.nextInt(3));
            if (random.nextBoolean()) {
                ArrayNode gids = user.putArray("additionalGids");
                list(3, () -> random.nextInt(4)).forEach(gids::add);
            }
            if (random.nextBoolean()) {
                ArrayNode env = process.putArray("env");
                list(4, () -> random.nextInt(4) == 0 ? any(List.of("A", "B", "", "=")) : variable())
                        .forEach(env::add);
            }
        }

        private void linux(ObjectNode linux) {
            if (random.nextBoolean()) {
                ArrayNode devices = linux.putArray("devices");
                for (int i = random.nextInt(4); i > 0; i--) {
                    ObjectNode device =
                            devices.addObject().put("path", any(PATHS)).put("type", "c");
                    device.put("major", i).put("minor", 0).put("uid", 0);
                }
            }
            if (random.nextBoolean()) {
                ArrayNode rules = linux.putObject("resources").putArray("devices");
                rules.addObject().put("allow", false).put("access", "rwm");
            }
            if (random.nextBoolean()) {
                linux.putArray("namespaces").addObject().put("type", any(List.of("user", "mount")));
            }
            if (random.nextBoolean()) {
                linux.putObject("intelRdt").put("closID", "before").put("memBwSchema", "MB:0=1");
            }
        }

        private OptionalLong optional(int most) {
            return random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(random.nextInt(most + 1));
        }

        private <T> List<T> list(int most, Supplier<T> item) {
            List<T> list = new ArrayList<>();
            for (int i = random.nextInt(most + 1); i > 0; i--) {
                list.add(item.get());
            }
            return list;
        }

        private String any(List<String> words) {
            return words.get(random.nextInt(words.size()));
        }
    }
}
