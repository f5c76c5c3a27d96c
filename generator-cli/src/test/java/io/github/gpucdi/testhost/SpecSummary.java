package io.github.gpucdi.testhost;

import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.cdi.spec.Device;
import io.github.gpucdi.cdi.spec.DeviceNode;
import io.github.gpucdi.cdi.spec.Hook;
import io.github.gpucdi.cdi.spec.Mount;
import io.github.gpucdi.cdi.text.write.SpecWriter;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A spec as an eye can hold it: counts, names, what every container gets, the first device whole, and what devices get,
 * each thing once with the devices that have it. Nothing is left out but what repeats; the digest at its end is of the
 * spec's YAML, so that a change of order alone is noticed too.
 */
public final class SpecSummary {
    private final List<String> lines = new ArrayList<>();

    private SpecSummary() {}

    /** The summary of a spec, a line a thing. */
    public static String of(CdiSpec spec) {
        SpecSummary summary = new SpecSummary();
        summary.write(spec);
        return String.join("\n", summary.lines) + "\n";
    }

    private void write(CdiSpec spec) {
        lines.add(spec.kind() + ", CDI " + spec.cdiVersion() + ", "
                + spec.devices().size() + " devices");
        lines.add("names: " + String.join(" ", names(spec.devices())));
        spec.annotations().forEach((key, value) -> lines.add("annotation " + key + "=" + value));
        section("every container", things(spec.containerEdits()));
        Device first = spec.devices().get(0);
        section("device " + first.name(), things(first));

        Map<String, List<String>> devices = new LinkedHashMap<>();
        for (Device device : spec.devices()) {
            for (String thing : things(device)) {
                devices.computeIfAbsent(thing, none -> new ArrayList<>()).add(device.name());
            }
        }
        List<String> all = new ArrayList<>();
        devices.forEach((thing, names) -> all.add(thing + "  [" + String.join(" ", names) + "]"));
        section("all devices", all);
        lines.add("");
        lines.add("sha256 of the YAML: " + digest(SpecWriter.yaml(spec)));
    }

    private void section(String title, List<String> things) {
        lines.add("");
        lines.add(title + ": " + things.size());
        things.forEach(thing -> lines.add("  " + thing));
    }

    private static List<String> names(List<Device> devices) {
        return devices.stream().map(Device::name).toList();
    }

    private static List<String> things(Device device) {
        List<String> things = new ArrayList<>();
        device.annotations().forEach((key, value) -> things.add("annotation " + key + "=" + value));
        things.addAll(things(device.containerEdits()));
        return things;
    }

    /** Mounts of one file are one thing: where it is, and where it is seen. */
    private static List<String> things(ContainerEdits edits) {
        List<String> things = new ArrayList<>();
        edits.env().forEach(entry -> things.add("env " + entry));
        edits.deviceNodes().forEach(node -> things.add(text(node)));
        edits.netDevices().forEach(device -> things.add("net " + device));
        Map<String, StringBuilder> mounts = new LinkedHashMap<>();
        for (Mount mount : edits.mounts()) {
            String how = String.join(",", mount.options()) + (mount.type().isEmpty() ? "" : " " + mount.type());
            boolean same = mount.containerPath().equals(mount.hostPath());
            mounts.computeIfAbsent(
                            mount.hostPath() + " (" + how + ")", file -> new StringBuilder("mount " + file + " at"))
                    .append(' ')
                    .append(same ? "the same" : mount.containerPath());
        }
        mounts.values().forEach(mount -> things.add(mount.toString()));
        edits.hooks().forEach(hook -> things.add(text(hook)));
        edits.intelRdt().ifPresent(rdt -> things.add("rdt " + rdt));
        edits.additionalGids().forEach(gid -> things.add("gid " + gid));
        return things;
    }

    private static String text(DeviceNode node) {
        StringBuilder text = new StringBuilder("node ").append(node.path());
        text.append(node.hostPath().isEmpty() ? "" : " of " + node.hostPath());
        text.append(' ').append(node.type()).append(node.major()).append(':').append(node.minor());
        text.append(node.permissions().isEmpty() ? "" : " " + node.permissions());
        node.fileMode().ifPresent(mode -> text.append(" mode ").append(Long.toOctalString(mode)));
        node.uid().ifPresent(uid -> text.append(" uid ").append(uid));
        node.gid().ifPresent(gid -> text.append(" gid ").append(gid));
        return text.toString();
    }

    private static String text(Hook hook) {
        StringBuilder text = new StringBuilder("hook ").append(hook.hookName());
        text.append(' ').append(hook.path()).append(": ").append(String.join(" ", hook.args()));
        hook.env().forEach(entry -> text.append(" env ").append(entry));
        hook.timeout().ifPresent(seconds -> text.append(" timeout ").append(seconds));
        return text.toString();
    }

    private static String digest(byte[] yaml) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(yaml));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
