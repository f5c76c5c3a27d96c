package io.github.gpucdi.cdi.edit;

import io.github.gpucdi.cdi.edit.RootTransform.Face;
import io.github.gpucdi.cdi.edit.RootTransform.RelativeTo;
import io.github.gpucdi.cdi.edit.RootTransform.Rule;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.cdi.spec.DeviceNode;
import io.github.gpucdi.cdi.spec.Hook;
import io.github.gpucdi.cdi.spec.Mount;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Moves the paths of one {@code containerEdits} object. */
final class RootedEdits {
    private final boolean mended;
    private final boolean fillHostPath;
    /** Moves a path of the host, or leaves it if the rule is about the container's. */
    private final UnaryOperator<String> host;
    /** Moves a path of the container, or leaves it if the rule is about the host's. */
    private final UnaryOperator<String> container;

    /** @param from the rule's {@code from}, cleaned */
    RootedEdits(Rule rule, String from) {
        mended = rule.face() == Face.MENDED;
        fillHostPath = !mended && rule.relativeTo() == RelativeTo.HOST;
        UnaryOperator<String> move = path -> moved(path, from, rule.to());
        UnaryOperator<String> stay = path -> path;
        host = rule.relativeTo() == RelativeTo.HOST ? move : stay;
        container = rule.relativeTo() == RelativeTo.CONTAINER ? move : stay;
    }

    private String moved(String path, String from, String to) {
        String own = mended ? CleanPath.of(path) : path;
        if (!CleanPath.isUnder(own, from)) {
            return path;
        }
        String rest = from.equals("/") ? own : own.substring(from.length());
        String joined = to.isEmpty() || rest.isEmpty() ? to + rest : to + "/" + rest;
        return joined.isEmpty() ? "" : CleanPath.of(joined);
    }

    ContainerEdits edits(ContainerEdits edits) {
        List<DeviceNode> nodes = new ArrayList<>(edits.deviceNodes().size());
        for (DeviceNode node : edits.deviceNodes()) {
            nodes.add(mended ? mendedNode(node) : dropInNode(node));
        }
        List<Hook> hooks = new ArrayList<>(edits.hooks().size());
        for (Hook hook : edits.hooks()) {
            hooks.add(hook(hook));
        }
        List<Mount> mounts = new ArrayList<>(edits.mounts().size());
        for (Mount mount : edits.mounts()) {
            mounts.add(new Mount(
                    host.apply(mount.hostPath()),
                    container.apply(mount.containerPath()),
                    mount.options(),
                    mount.type()));
        }
        return new ContainerEdits(
                mended ? RootedText.env(edits.env(), container) : edits.env(),
                nodes,
                edits.netDevices(),
                hooks,
                mounts,
                edits.intelRdt(),
                edits.additionalGids());
    }

    private DeviceNode dropInNode(DeviceNode node) {
        String hostPath = fillHostPath && node.hostPath().isEmpty() ? node.path() : node.hostPath();
        return node.toBuilder()
                .path(container.apply(node.path()))
                .hostPath(host.apply(hostPath))
                .build();
    }

    private DeviceNode mendedNode(DeviceNode node) {
        String oldHost = node.hostPath().isEmpty() ? node.path() : node.hostPath();
        String newHost = host.apply(oldHost);
        String newPath = container.apply(node.path());
        if (newPath.equals(node.path()) && newHost.equals(oldHost)) {
            return node;
        }
        return node.toBuilder()
                .path(newPath)
                .hostPath(newHost.equals(newPath) ? "" : newHost)
                .build();
    }

    private Hook hook(Hook hook) {
        boolean inside = hook.hookName().equals("startContainer");
        boolean about = inside || hook.hookName().equals("createContainer");
        UnaryOperator<String> program = inside ? container : host;
        UnaryOperator<String> named = about ? container : host;
        return new Hook(
                hook.hookName(),
                program.apply(hook.path()),
                mended ? RootedText.mendedArgs(hook.args(), named, program) : RootedText.dropInArgs(hook.args(), named),
                mended ? RootedText.env(hook.env(), program) : hook.env(),
                hook.timeout());
    }
}
