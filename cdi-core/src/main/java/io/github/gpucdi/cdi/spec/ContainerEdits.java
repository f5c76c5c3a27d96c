package io.github.gpucdi.cdi.spec;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a container gets: the CDI {@code containerEdits} object.
 *
 * @param env {@code NAME=value} entries
 * @param deviceNodes device nodes, each with its cgroup rule
 * @param netDevices host network interfaces to move into the container (CDI 1.1.0)
 * @param hooks OCI lifecycle hooks, in order of execution
 * @param mounts bind mounts
 * @param intelRdt Linux resctrl settings (CDI 0.7.0)
 * @param additionalGids supplementary groups, unsigned 32 bit (CDI 0.7.0)
 */
public record ContainerEdits(
        List<String> env,
        List<DeviceNode> deviceNodes,
        List<NetDevice> netDevices,
        List<Hook> hooks,
        List<Mount> mounts,
        Optional<IntelRdt> intelRdt,
        List<Long> additionalGids) {

    /** Edits that change nothing. */
    public static final ContainerEdits EMPTY =
            new ContainerEdits(List.of(), List.of(), List.of(), List.of(), List.of(), Optional.empty(), List.of());

    public ContainerEdits {
        Objects.requireNonNull(intelRdt, "intelRdt");
        env = List.copyOf(Objects.requireNonNull(env, "env"));
        deviceNodes = List.copyOf(Objects.requireNonNull(deviceNodes, "deviceNodes"));
        netDevices = List.copyOf(Objects.requireNonNull(netDevices, "netDevices"));
        hooks = List.copyOf(Objects.requireNonNull(hooks, "hooks"));
        mounts = List.copyOf(Objects.requireNonNull(mounts, "mounts"));
        additionalGids = List.copyOf(Objects.requireNonNull(additionalGids, "additionalGids"));
    }

    /** Whether a device with these edits is refused as empty: CDI counts every member but empty lists. */
    public boolean isEmpty() {
        return env.isEmpty()
                && deviceNodes.isEmpty()
                && netDevices.isEmpty()
                && hooks.isEmpty()
                && mounts.isEmpty()
                && intelRdt.isEmpty()
                && additionalGids.isEmpty();
    }

    /** Collects edits; lists keep the order of the calls. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects edits in order; not safe for use by several threads. */
    public static final class Builder {
        private final List<String> env = new ArrayList<>();
        private final List<DeviceNode> deviceNodes = new ArrayList<>();
        private final List<NetDevice> netDevices = new ArrayList<>();
        private final List<Hook> hooks = new ArrayList<>();
        private final List<Mount> mounts = new ArrayList<>();
        private Optional<IntelRdt> intelRdt = Optional.empty();
        private final List<Long> additionalGids = new ArrayList<>();

        private Builder() {}

        /** Appends one {@code NAME=value}. */
        public Builder env(String entry) {
            env.add(entry);
            return this;
        }

        /** Appends a device node. */
        public Builder deviceNode(DeviceNode node) {
            deviceNodes.add(node);
            return this;
        }

        /** Appends a network device. */
        public Builder netDevice(NetDevice device) {
            netDevices.add(device);
            return this;
        }

        /** Appends a hook, to run after those so far. */
        public Builder hook(Hook hook) {
            hooks.add(hook);
            return this;
        }

        /** Appends a mount. */
        public Builder mount(Mount mount) {
            mounts.add(mount);
            return this;
        }

        /** Sets the resctrl settings. */
        public Builder intelRdt(IntelRdt settings) {
            intelRdt = Optional.of(settings);
            return this;
        }

        /** Appends a group id, an unsigned 32-bit number. */
        public Builder additionalGid(long gid) {
            additionalGids.add(gid);
            return this;
        }

        /** Appends group ids, each an unsigned 32-bit number. */
        public Builder additionalGids(Collection<Long> gids) {
            additionalGids.addAll(gids);
            return this;
        }

        /** Appends all of {@code edits}; its {@code intelRdt}, if present, replaces the one collected so far. */
        public Builder addAll(ContainerEdits edits) {
            env.addAll(edits.env());
            deviceNodes.addAll(edits.deviceNodes());
            netDevices.addAll(edits.netDevices());
            hooks.addAll(edits.hooks());
            mounts.addAll(edits.mounts());
            intelRdt = edits.intelRdt().or(() -> intelRdt);
            additionalGids.addAll(edits.additionalGids());
            return this;
        }

        /** The edits collected so far. */
        public ContainerEdits build() {
            return new ContainerEdits(env, deviceNodes, netDevices, hooks, mounts, intelRdt, additionalGids);
        }
    }
}
