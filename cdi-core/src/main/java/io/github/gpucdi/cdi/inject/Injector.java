package io.github.gpucdi.cdi.inject;

import io.github.gpucdi.cdi.engine.LibraryRelease;
import io.github.gpucdi.cdi.registry.RegisteredDevice;
import io.github.gpucdi.cdi.spec.CdiException;
import io.github.gpucdi.cdi.spec.CdiException.Code;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.cdi.spec.Hook;
import io.github.gpucdi.cdi.spec.IntelRdt;
import io.github.gpucdi.cdi.spec.NetDevice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Does to an OCI runtime configuration what an engine does when devices are requested. */
@SuppressWarnings("exports") // who compiles against this need not have JSpecify
public final class Injector {
    private Injector() {}

    /**
     * The edits of all {@code requested} devices as one: for each, in order, the common edits of its file unless an
     * earlier device came from that file, then its own. The last {@code intelRdt} replaces the others.
     */
    public static ContainerEdits combine(List<RegisteredDevice> requested) {
        ContainerEdits.Builder all = ContainerEdits.builder();
        Set<Path> seen = new HashSet<>();
        for (RegisteredDevice device : requested) {
            if (seen.add(device.file())) {
                all.addAll(device.spec().containerEdits());
            }
            all.addAll(device.device().containerEdits());
        }
        return all.build();
    }

    /**
     * {@code config} with {@code edits} applied as a release of the CDI library does it. The configuration is a JSON
     * tree: maps with text keys, lists, text, numbers, booleans and null. It stays as it is; the result shares nothing
     * that can change with it, keeps the order of its members and every member that CDI does not know.
     *
     * @param host where device nodes that do not state all are looked up
     * @throws CdiException {@code CONFIG_INVALID} with a JSON pointer if the configuration has a wrong shape,
     *     {@code HOST_NODE_UNUSABLE} with the host's path if a node cannot be completed, {@code EDITS_INVALID} if a
     *     hook's stage is unknown
     */
    public static Map<String, @Nullable Object> apply(
            Map<String, @Nullable Object> config, ContainerEdits edits, HostNodes host, LibraryRelease library)
            throws CdiException {
        OciConfig oci = OciConfig.copyOf(config);
        if (!edits.env().isEmpty()) {
            env(OciConfig.list(oci.process(), "env"), edits.env(), library);
        }
        OciDevices.apply(oci, edits.deviceNodes(), host, library);
        for (NetDevice device : edits.netDevices()) {
            Map<String, Object> inContainer = new LinkedHashMap<>();
            inContainer.put("name", device.name());
            OciConfig.object(oci.linux(), "netDevices").put(device.hostInterfaceName(), inContainer);
        }
        OciMounts.apply(oci, edits.mounts(), library);
        for (Hook hook : edits.hooks()) {
            hook(oci, hook);
        }
        if (edits.intelRdt().isPresent()) {
            oci.linux().put("intelRdt", intelRdt(edits.intelRdt().get()));
        }
        for (long gid : edits.additionalGids()) {
            additionalGid(oci, gid);
        }
        return oci.root();
    }

    /**
     * Releases up to 1.1.0 note the variables that are there under their whole entry, not under their name: they find
     * only those without a value.
     */
    private static void env(List<Object> env, List<String> entries, LibraryRelease library) {
        boolean byName = library.isAtLeast(LibraryRelease.AFTER_V1_1);
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < env.size(); i++) {
            String present = (String) env.get(i);
            places.put(byName ? name(present) : present, i);
        }
        for (String entry : entries) {
            Integer place = places.putIfAbsent(name(entry), env.size());
            if (place == null) {
                env.add(entry);
            } else {
                env.set(place, entry);
            }
        }
    }

    private static String name(String entry) {
        int equals = entry.indexOf('=');
        return equals < 0 ? entry : entry.substring(0, equals);
    }

    private static void hook(OciConfig oci, Hook hook) throws CdiException {
        if (!OciConfig.HOOK_STAGES.contains(hook.hookName())) {
            throw new CdiException(Code.EDITS_INVALID, hook.path(), "unknown hook stage '" + hook.hookName() + "'");
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("path", hook.path());
        putUnlessEmpty(tree, "args", hook.args());
        putUnlessEmpty(tree, "env", hook.env());
        hook.timeout().ifPresent(timeout -> tree.put("timeout", timeout));
        OciConfig.list(OciConfig.object(oci.root(), "hooks"), hook.hookName()).add(tree);
    }

    private static Map<String, Object> intelRdt(IntelRdt rdt) {
        Map<String, Object> tree = new LinkedHashMap<>();
        putUnlessEmpty(tree, "closID", rdt.closId());
        putUnlessEmpty(tree, "schemata", rdt.schemata().orElse(List.of()));
        putUnlessEmpty(tree, "l3CacheSchema", rdt.l3CacheSchema());
        putUnlessEmpty(tree, "memBwSchema", rdt.memBwSchema());
        putIfTrue(tree, "enableCMT", rdt.enableCmt());
        putIfTrue(tree, "enableMBM", rdt.enableMbm());
        putIfTrue(tree, "enableMonitoring", rdt.enableMonitoring());
        return tree;
    }

    private static void additionalGid(OciConfig oci, long gid) {
        if (gid == 0) {
            return;
        }
        List<Object> gids = OciConfig.list(oci.user(), "additionalGids");
        for (Object present : gids) {
            if (((Number) present).longValue() == gid) {
                return;
            }
        }
        gids.add(gid);
    }

    private static void putIfTrue(Map<String, Object> tree, String key, boolean flag) {
        if (flag) {
            tree.put(key, true);
        }
    }

    static void putUnlessEmpty(Map<String, Object> tree, String key, String text) {
        if (!text.isEmpty()) {
            tree.put(key, text);
        }
    }

    static void putUnlessEmpty(Map<String, Object> tree, String key, List<String> texts) {
        if (!texts.isEmpty()) {
            tree.put(key, new ArrayList<Object>(texts));
        }
    }
}
