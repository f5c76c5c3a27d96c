package io.github.gpucdi.cdi.validate;

import io.github.gpucdi.cdi.engine.LibraryRelease;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.cdi.spec.DeviceNode;
import io.github.gpucdi.cdi.spec.Finding;
import io.github.gpucdi.cdi.spec.Finding.Code;
import io.github.gpucdi.cdi.spec.Hook;
import io.github.gpucdi.cdi.spec.IntelRdt;
import io.github.gpucdi.cdi.spec.Mount;
import io.github.gpucdi.cdi.spec.NetDevice;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The rules for one {@code containerEdits} object. */
final class EditRules {
    private static final long MAX_UINT32 = 0xFFFF_FFFFL;
    /** Longest class of service id in UTF-8 bytes. */
    private static final int MAX_CLOS_ID = 4095;

    private final Findings findings;
    private final LibraryRelease release;
    private final NullEntries nulls;

    EditRules(Findings findings, LibraryRelease release, NullEntries nulls) {
        this.findings = findings;
        this.release = release;
        this.nulls = nulls;
    }

    void check(String where, ContainerEdits edits) {
        env(where + "/env", edits.env());
        for (int i = 0; i < edits.deviceNodes().size(); i++) {
            String at = where + "/deviceNodes/" + i;
            if (!isNull(at)) {
                deviceNode(at, edits.deviceNodes().get(i));
            }
        }
        netDevices(where + "/netDevices", edits.netDevices());
        for (int i = 0; i < edits.hooks().size(); i++) {
            String at = where + "/hooks/" + i;
            if (!isNull(at)) {
                hook(at, edits.hooks().get(i));
            }
        }
        for (int i = 0; i < edits.mounts().size(); i++) {
            String at = where + "/mounts/" + i;
            if (!isNull(at)) {
                mount(at, edits.mounts().get(i));
            }
        }
        if (edits.intelRdt().isPresent()) {
            intelRdt(where + "/intelRdt", edits.intelRdt().get());
        }
        for (int i = 0; i < edits.additionalGids().size(); i++) {
            uint32(where + "/additionalGids/" + i, edits.additionalGids().get(i));
        }
    }

    private boolean isNull(String where) {
        Optional<Finding> entry = nulls.at(where);
        entry.ifPresent(findings::add);
        return entry.isPresent();
    }

    private void env(String where, List<String> env) {
        findings.texts(where, env);
        for (int i = 0; i < env.size(); i++) {
            if (env.get(i).indexOf('=') < 1) {
                findings.error(
                        Code.ENV_INVALID,
                        where + "/" + i,
                        "'" + env.get(i) + "' is not NAME=value",
                        "write NAME=value, the value may be empty");
            }
        }
    }

    private void deviceNode(String where, DeviceNode node) {
        path(where + "/path", node.path());
        if (!node.hostPath().isEmpty()) {
            path(where + "/hostPath", node.hostPath());
        }
        switch (node.type()) {
            case "", "b", "c", "u", "p" -> {}
            default ->
                findings.error(
                        Code.NODE_TYPE_INVALID,
                        where + "/type",
                        "'" + node.type() + "' is not a device node type",
                        "write b, c, u or p, or leave it out");
        }
        permissions(where + "/permissions", node.permissions());
        uint32(where + "/fileMode", node.fileMode());
        uint32(where + "/uid", node.uid());
        uint32(where + "/gid", node.gid());
    }

    private void permissions(String where, String permissions) {
        if (permissions.equals("none")) {
            if (!release.isAtLeast(LibraryRelease.AFTER_V1_1)) {
                findings.error(
                        Code.NODE_PERMISSIONS_INVALID,
                        where,
                        "'none' needs a CDI library after 1.1.0",
                        "write letters of rwm");
            }
            return;
        }
        for (int i = 0; i < permissions.length(); i++) {
            if ("rwm".indexOf(permissions.charAt(i)) < 0) {
                findings.error(
                        Code.NODE_PERMISSIONS_INVALID,
                        where,
                        "'" + permissions + "' is not a cgroup access",
                        "write letters of rwm");
                return;
            }
        }
    }

    private void netDevices(String where, List<NetDevice> devices) {
        Set<String> hostNames = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < devices.size(); i++) {
            if (isNull(where + "/" + i)) {
                continue;
            }
            NetDevice device = devices.get(i);
            interfaceName(where + "/" + i + "/hostInterfaceName", device.hostInterfaceName(), hostNames);
            interfaceName(where + "/" + i + "/name", device.name(), names);
        }
    }

    private void interfaceName(String where, String name, Set<String> seen) {
        findings.text(where, name);
        if (name.isEmpty()) {
            findings.error(Code.NET_DEVICE_INVALID, where, "the interface name is empty", "name the interface");
        } else if (!seen.add(name)) {
            findings.error(
                    Code.NET_DEVICE_INVALID, where, "the interface '" + name + "' stands here twice", "remove one");
        }
    }

    private void hook(String where, Hook hook) {
        switch (hook.hookName()) {
            case "prestart", "createRuntime", "createContainer", "startContainer", "poststart", "poststop" -> {}
            default ->
                findings.error(
                        Code.HOOK_NAME_INVALID,
                        where + "/hookName",
                        "'" + hook.hookName() + "' is not a hook stage",
                        "write prestart, createRuntime, createContainer, startContainer, poststart or poststop");
        }
        path(where + "/path", hook.path());
        findings.texts(where + "/args", hook.args());
        env(where + "/env", hook.env());
        if (hook.timeout().isPresent()) {
            long seconds = hook.timeout().getAsLong();
            if (seconds <= 0 || seconds > MAX_UINT32) {
                findings.warning(
                        Code.HOOK_TIMEOUT_INVALID,
                        where + "/timeout",
                        "a timeout of " + seconds + " seconds is not a positive 32-bit number",
                        "give at least 1 second, or leave it out");
            }
        }
    }

    private void mount(String where, Mount mount) {
        path(where + "/hostPath", mount.hostPath());
        path(where + "/containerPath", mount.containerPath());
        findings.texts(where + "/options", mount.options());
        findings.text(where + "/type", mount.type());
    }

    private void intelRdt(String where, IntelRdt rdt) {
        closId(where + "/closID", rdt.closId());
        findings.text(where + "/l3CacheSchema", rdt.l3CacheSchema());
        findings.text(where + "/memBwSchema", rdt.memBwSchema());
        findings.texts(where + "/schemata", rdt.schemata().orElse(List.of()));
    }

    private void closId(String where, String id) {
        findings.text(where, id);
        if (id.equals("/")) {
            rootClass(where);
        } else if (id.equals(".")
                || id.equals("..")
                || id.indexOf('/') >= 0
                || id.indexOf('\n') >= 0
                || id.getBytes(StandardCharsets.UTF_8).length > MAX_CLOS_ID) {
            findings.error(
                    Code.CLOS_ID_INVALID,
                    where,
                    "the class of service is no directory name of at most 4095 bytes",
                    "give one without '/' and line break");
        }
    }

    private void rootClass(String where) {
        String what = "engines with a CDI library before 1.1.0 refuse the root class '/'";
        String mend = "name a class of service";
        if (release.isAtLeast(LibraryRelease.V1_1)) {
            findings.warning(Code.CLOS_ID_INVALID, where, what, mend);
        } else {
            findings.error(Code.CLOS_ID_INVALID, where, what, mend);
        }
    }

    private void path(String where, String path) {
        findings.text(where, path);
        if (path.isEmpty()) {
            findings.error(Code.PATH_EMPTY, where, "the path is empty", "give an absolute path");
            return;
        }
        if (path.charAt(0) != '/') {
            findings.warning(
                    Code.PATH_RELATIVE, where, "'" + path + "' is not an absolute path", "give an absolute path");
        }
        if (path.indexOf('\0') >= 0 || path.indexOf('\n') >= 0) {
            findings.warning(
                    Code.PATH_UNSAFE, where, "the path holds a NUL or a line break", "leave out what has this path");
        }
    }

    private void uint32(String where, OptionalLong number) {
        if (number.isPresent()) {
            uint32(where, number.getAsLong());
        }
    }

    private void uint32(String where, long number) {
        if (number < 0 || number > MAX_UINT32) {
            findings.error(
                    Code.NUMBER_OUT_OF_RANGE,
                    where,
                    number + " is outside 0 to 4294967295",
                    "give an unsigned 32-bit number");
        }
    }
}
