package io.github.gpucdi.cdi.edit;

import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.CdiVersion;
import io.github.gpucdi.cdi.spec.Device;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Moves the paths of a spec from below one root to below another, as {@code nvidia-ctk cdi transform root} does: those
 * of the host or those of the container, not both at once.
 *
 * <p>A path moves if it is {@code from} or below it, by whole components, and is then cleaned: {@code /drv//lib/../b}
 * becomes {@code /tgt/b}. All other paths stay as they are. What names which side:
 *
 * <table>
 *   <caption>Paths moved with {@link RelativeTo#HOST} (H) and {@link RelativeTo#CONTAINER} (C)</caption>
 *   <tr><th></th><th>{@link Face#DROP_IN}</th><th>{@link Face#MENDED}</th></tr>
 *   <tr><td>node {@code hostPath}</td><td>H, first filled from {@code path}</td><td>H, written if needed</td></tr>
 *   <tr><td>node {@code path}, mount {@code containerPath}</td><td>C</td><td>C</td></tr>
 *   <tr><td>mount {@code hostPath}</td><td>H</td><td>H</td></tr>
 *   <tr><td>hook {@code path}</td><td>H; {@code startContainer}: C</td><td>the same</td></tr>
 *   <tr><td>hook {@code args}</td><td>H; {@code createContainer}, {@code startContainer}: C</td>
 *       <td>the same, but for what names a program</td></tr>
 *   <tr><td>hook {@code env}</td><td>never</td><td>H; {@code startContainer}: C</td></tr>
 *   <tr><td>{@code env}</td><td>never</td><td>C</td></tr>
 *   <tr><td>{@code cdiVersion}</td><td>kept</td><td>raised if needed</td></tr>
 * </table>
 *
 * <p>Annotations, network devices, {@code intelRdt}, groups, kind and names never change, nor does any order. An empty
 * {@code to} makes an empty path of one that equals {@code from}; the validator refuses that.
 */
public final class RootTransform {
    private RootTransform() {}

    /** Which paths move. */
    public enum RelativeTo {
        /** Those that the engine, or a hook that it starts on the host, opens. */
        HOST,
        /** Those that a process in the container sees. */
        CONTAINER
    }

    /** How faithful the transform is to nvidia-ctk 1.20 (with its later match at components). */
    public enum Face {
        /**
         * The same result, traps included. With {@link RelativeTo#HOST} every node gets a {@code hostPath}, and the
         * version stays, so a spec that declares 0.3.0 becomes invalid. With {@link RelativeTo#CONTAINER} a node
         * without {@code hostPath} names another host node than before. Of arguments only a whole one moves, or both
         * halves of one that holds {@code ::}; environments never do.
         */
        DROP_IN,
        /**
         * The same idea without the traps.
         *
         * <ul>
         *   <li>A node's {@code hostPath} is left out when it would be {@code path}, and is written when a moved
         *       {@code path} would otherwise change the host's node. A node that does not move stays as it is.
         *   <li>The environment of the spec and its devices is read in the container, so it moves with the container's
         *       paths; a hook's moves with the side that the hook runs on: {@code createContainer} still has the host's
         *       root. A value moves if it is a path or a list of paths with {@code :} between them.
         *   <li>Arguments: also {@code --flag=/path}, and lists with {@code ,} between the items. Arguments of
         *       {@code createContainer} hooks name the container's paths ({@code --link}, {@code --folder},
         *       {@code --cuda-compat-container-root}, {@code --path}), but for two that name programs of the host:
         *       the first one, which repeats the hook's path, and {@code --ldconfig-path}.
         *   <li>A version too low for the new content is raised to the lowest that fits. It is never lowered, and one
         *       that names no version stays.
         *   <li>A path that {@code ..} leads out of {@code from} is not below it.
         * </ul>
         */
        MENDED
    }

    /**
     * What to do.
     *
     * @param from the root to leave, empty for {@code /}; a trailing {@code /} makes no difference
     * @param to the root to go to; if it is {@code from}, nothing changes
     * @param relativeTo which paths move
     * @param face how
     */
    public record Rule(String from, String to, RelativeTo relativeTo, Face face) {
        public Rule {
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(to, "to");
            Objects.requireNonNull(relativeTo, "relativeTo");
            Objects.requireNonNull(face, "face");
        }
    }

    /** {@code spec} with its paths moved by {@code rule}. */
    public static CdiSpec apply(CdiSpec spec, Rule rule) {
        String from = CleanPath.of(rule.from().isEmpty() ? "/" : rule.from());
        boolean same = rule.from().equals(rule.to()) || !rule.to().isEmpty() && from.equals(CleanPath.of(rule.to()));
        if (same) {
            return spec;
        }
        RootedEdits rooted = new RootedEdits(rule, from);
        List<Device> devices = new ArrayList<>(spec.devices().size());
        for (Device device : spec.devices()) {
            devices.add(new Device(device.name(), device.annotations(), rooted.edits(device.containerEdits())));
        }
        CdiSpec moved = new CdiSpec(
                spec.cdiVersion(), spec.kind(), spec.annotations(), devices, rooted.edits(spec.containerEdits()));
        return rule.face() == Face.DROP_IN || moved.equals(spec) ? moved : withVersionThatFits(moved);
    }

    private static CdiSpec withVersionThatFits(CdiSpec spec) {
        Optional<CdiVersion> declared = CdiVersion.parse(spec.cdiVersion());
        CdiVersion needed = CdiVersion.minimumFor(spec);
        boolean tooLow = declared.isPresent() && declared.get().compareTo(needed) < 0;
        return tooLow ? spec.withCdiVersion(needed.text()) : spec;
    }
}
