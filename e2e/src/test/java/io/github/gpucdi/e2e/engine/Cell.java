package io.github.gpucdi.e2e.engine;

import io.github.gpucdi.e2e.engine.HostTables.Library;
import io.github.gpucdi.e2e.engine.HostTables.Link;
import io.github.gpucdi.e2e.engine.HostTables.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A cell of the matrix, and what a container of it must hold, derived from the host's tables.
 *
 * @param device the CDI device's name
 */
record Cell(Family family, OciRuntime runtime, boolean hooks, User user, String device) {
    /** A GPU, a MIG device, everything. */
    static final List<String> DEVICES = List.of("0", "1:0", "all");

    private static final Set<String> GPUS_AND_MIG_DEVICES = Set.of("0", "1:0", "1:1");

    /** An image, and how its loader differs. */
    enum Family {
        DEBIAN,
        DISTROLESS,
        RHEL,
        MUSL,
        STALE_STUB,
        OLDER_DRIVER;

        String image() {
            return name().toLowerCase().replace('_', '-');
        }

        /** Where its programs look for plugins, such as those of GBM. */
        String libraries() {
            return this == RHEL ? "/usr/lib64" : HostTables.LIBRARIES;
        }
    }

    /** Who runs the program, and on what. */
    enum User {
        ROOT(0, List.of()),
        ORDINARY(1000, List.of("--user=1000:1000")),
        READ_ONLY(0, List.of("--read-only"));

        private final int uid;
        private final List<String> options;

        User(int uid, List<String> options) {
            this.uid = uid;
            this.options = options;
        }

        int uid() {
            return uid;
        }

        @Override
        public String toString() {
            return this == ORDINARY ? "uid 1000" : this == ROOT ? "root" : "read-only";
        }
    }

    /**
     * Everything with one image. With the others, where only loading differs, each container has all devices: it is the
     * same for each of them.
     */
    static List<Cell> all() {
        List<Cell> cells = new ArrayList<>();
        for (Family family : Family.values()) {
            boolean isFirst = family == Family.DEBIAN;
            for (boolean hooks : isFirst ? List.of(false, true) : List.of(false)) {
                for (OciRuntime runtime : OciRuntime.values()) {
                    for (User user : User.values()) {
                        for (String device : isFirst ? DEVICES : List.of("all")) {
                            cells.add(new Cell(family, runtime, hooks, user, device));
                        }
                    }
                }
            }
        }
        return cells;
    }

    Container container() {
        return Container.of(family.image(), runtime)
                .with(user.options.toArray(String[]::new))
                .device(hooks ? EngineHost.HOOKED : EngineHost.HOOK_FREE, device);
    }

    boolean servesLibraries() {
        return family != Family.MUSL;
    }

    /** The device nodes, as the probe tells them. */
    Set<String> nodes(HostTables host) {
        Set<String> nodes = new TreeSet<>();
        for (Node node : host.nodes()) {
            if (isMine(node.devices())) {
                nodes.add(told(node));
            }
        }
        if (!hooks) {
            for (Link link : host.links()) {
                if (isMine(link.devices())) {
                    String target = "/dev/dri/" + link.target().substring("../".length());
                    Node node = host.nodes().stream()
                            .filter(candidate -> candidate.path().equals(target))
                            .findFirst()
                            .orElseThrow();
                    nodes.add(told(node.at(link.path())));
                }
            }
        }
        return nodes;
    }

    /** What it says of a library by a name, which may be {@code libcuda.so.1}. */
    String says(HostTables host, Library library, String name) {
        return family == Family.STALE_STUB && name.equals("libcuda.so.1")
                ? "libcuda.so of stub"
                : library.says(host.version());
    }

    /** The environment of the spec. */
    Set<String> environment() {
        Set<String> variables = new TreeSet<>();
        variables.add("NVIDIA_VISIBLE_DEVICES=void");
        variables.add("NVIDIA_CTK_LIBCUDA_DIR=" + HostTables.LIBRARIES);
        if (!hooks) {
            variables.add("TRITON_LIBCUDA_PATH=" + HostTables.LIBRARIES);
        }
        return variables;
    }

    /** What making a file in the image's root gives. */
    String writing() {
        return switch (user) {
            case ROOT -> "OK";
            case ORDINARY -> "EACCES";
            case READ_ONLY -> "EROFS";
        };
    }

    boolean isMine(Set<String> devices) {
        if (devices.contains("common") || devices.contains(device)) {
            return true;
        }
        return device.equals("all") && devices.stream().anyMatch(GPUS_AND_MIG_DEVICES::contains);
    }

    /**
     * Without a driver, opening what may be opened says that there is none. A spec does not say that root owns a node,
     * and then engines give it to the container's user (the CDI library does).
     */
    private String told(Node node) {
        int uid = node.uid() == 0 ? user.uid() : node.uid();
        int gid = node.gid() == 0 ? user.uid() : node.gid();
        int readable = user.uid() == uid ? 0400 : user.uid() == gid ? 040 : 04;
        boolean allowed = user.uid() == 0 || (Integer.parseInt(node.mode(), 8) & readable) != 0;
        return String.join(
                " ",
                node.path(),
                Integer.toString(node.major()),
                Integer.toString(node.minor()),
                node.mode(),
                Integer.toString(uid),
                Integer.toString(gid),
                !allowed ? "EACCES" : node.major() == 1 ? "OK" : "ENXIO");
    }

    @Override
    public String toString() {
        return String.format(
                "%-12s  %s  %-6s  %-9s  %-3s", family.image(), runtime, hooks ? "nvidia" : "none", user, device);
    }
}
