package io.github.gpucdi.cdi.inject;

import io.github.gpucdi.cdi.edit.PathOrder;
import io.github.gpucdi.cdi.engine.LibraryRelease;
import io.github.gpucdi.cdi.spec.Mount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Mounts and their order. */
final class OciMounts {
    private OciMounts() {}

    static void apply(OciConfig oci, List<Mount> mounts, LibraryRelease library) {
        if (mounts.isEmpty()) {
            return;
        }
        boolean idmap = library.isAtLeast(LibraryRelease.AFTER_V1_1) && oci.hasUserNamespace();
        List<Object> all = OciConfig.list(oci.root(), "mounts");
        for (Mount mount : mounts) {
            int first = OciDevices.indexOf(all, "destination", mount.containerPath());
            if (first >= 0) {
                all.remove(first);
            }
            all.add(tree(mount, idmap));
        }
        boolean tiesByDestination = !library.isAtLeast(LibraryRelease.V1_0);
        Comparator<String> order = tiesByDestination
                ? PathOrder::compare
                : (one, other) -> Integer.compare(PathOrder.depth(one), PathOrder.depth(other));
        all.sort((one, other) -> order.compare(destination(one), destination(other)));
    }

    private static String destination(Object mount) {
        return (String) ((Map<?, ?>) mount).get("destination");
    }

    private static Map<String, Object> tree(Mount mount, boolean idmap) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("destination", mount.containerPath());
        Injector.putUnlessEmpty(tree, "type", mount.type());
        Injector.putUnlessEmpty(tree, "source", mount.hostPath());
        Injector.putUnlessEmpty(tree, "options", idmap ? withIdmap(mount) : mount.options());
        return tree;
    }

    private static List<String> withIdmap(Mount mount) {
        List<String> options = new ArrayList<>(mount.options());
        boolean mapped = options.contains("idmap") || options.contains("ridmap");
        if (!mapped && options.contains("rbind")) {
            options.add("ridmap");
        } else if (!mapped && (mount.type().equals("bind") || options.contains("bind"))) {
            options.add("idmap");
        }
        return options;
    }
}
