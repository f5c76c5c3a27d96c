package io.github.gpucdi.cdi.inject;

import io.github.gpucdi.cdi.spec.CdiException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A copy of an OCI runtime configuration, to be changed. Whatever injection reads or changes has the type that the
 * runtime specification gives it; the rest is unknown and stays.
 */
final class OciConfig {
    static final List<String> HOOK_STAGES =
            List.of("prestart", "createRuntime", "createContainer", "startContainer", "poststart", "poststop");

    private final Map<String, @Nullable Object> root;

    private OciConfig(Map<String, @Nullable Object> root) {
        this.root = root;
    }

    static OciConfig copyOf(Map<String, @Nullable Object> config) throws CdiException {
        Map<String, @Nullable Object> root = TreeCopy.of(config);
        OciValue top = new OciValue("", root);
        checkProcess(top.member("process"));
        checkLinux(top.member("linux"));
        for (OciValue mount : top.member("mounts").items()) {
            mount.requireObject();
            mount.member("destination").requireText();
        }
        for (String stage : HOOK_STAGES) {
            for (OciValue hook : top.member("hooks").member(stage).items()) {
                hook.requireObject();
            }
        }
        return new OciConfig(root);
    }

    private static void checkProcess(OciValue process) throws CdiException {
        for (OciValue entry : process.member("env").items()) {
            entry.requireText();
        }
        OciValue user = process.member("user");
        user.member("uid").optionalId();
        user.member("gid").optionalId();
        for (OciValue gid : user.member("additionalGids").items()) {
            gid.requireId();
        }
    }

    private static void checkLinux(OciValue linux) throws CdiException {
        for (OciValue namespace : linux.member("namespaces").items()) {
            namespace.requireObject();
            namespace.member("type").requireText();
        }
        for (OciValue device : linux.member("devices").items()) {
            device.requireObject();
            device.member("path").requireText();
        }
        for (OciValue rule : linux.member("resources").member("devices").items()) {
            rule.requireObject();
        }
        for (OciValue device : linux.member("netDevices").members()) {
            device.requireObject();
        }
        linux.member("intelRdt").object();
    }

    Map<String, @Nullable Object> root() {
        return root;
    }

    /** The process, made if need be with what the library's own form always has. */
    Map<String, @Nullable Object> process() {
        boolean made = root.get("process") == null;
        Map<String, @Nullable Object> process = object(root, "process");
        if (made) {
            user();
            process.put("cwd", "");
        }
        return process;
    }

    /** The process's user, made if need be as root. */
    Map<String, @Nullable Object> user() {
        Map<String, @Nullable Object> process = process();
        boolean made = process.get("user") == null;
        Map<String, @Nullable Object> user = object(process, "user");
        if (made) {
            user.put("uid", 0L);
            user.put("gid", 0L);
        }
        return user;
    }

    /** The process's {@code uid} or {@code gid}, 0 if it is not there. */
    long processId(String key) {
        return member(member(root, "process"), "user").get(key) instanceof Number id ? id.longValue() : 0;
    }

    Map<String, @Nullable Object> linux() {
        return object(root, "linux");
    }

    boolean hasUserNamespace() {
        if (member(root, "linux").get("namespaces") instanceof List<?> namespaces) {
            for (Object namespace : namespaces) {
                if ("user".equals(((Map<?, ?>) namespace).get("type"))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The object that stands in {@code parent} under {@code key}, made if need be. */
    @SuppressWarnings("unchecked") // checked when copied
    static Map<String, @Nullable Object> object(Map<String, @Nullable Object> parent, String key) {
        Object found = parent.get(key);
        if (found == null) {
            found = new LinkedHashMap<String, @Nullable Object>();
            parent.put(key, found);
        }
        return (Map<String, @Nullable Object>) found;
    }

    /** The list that stands in {@code parent} under {@code key}, made if need be. */
    @SuppressWarnings("unchecked") // checked when copied
    static List<Object> list(Map<String, @Nullable Object> parent, String key) {
        Object found = parent.get(key);
        if (found == null) {
            found = new ArrayList<>();
            parent.put(key, found);
        }
        return (List<Object>) found;
    }

    private static Map<?, ?> member(Map<?, ?> parent, String key) {
        return parent.get(key) instanceof Map<?, ?> found ? found : Map.of();
    }
}
