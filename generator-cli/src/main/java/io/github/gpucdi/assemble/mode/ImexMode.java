package io.github.gpucdi.assemble.mode;

import io.github.gpucdi.assemble.inject.NodeEdits;
import io.github.gpucdi.assemble.inject.WrittenPaths;
import io.github.gpucdi.assemble.model.AssembleException;
import io.github.gpucdi.assemble.model.AssembleOptions;
import io.github.gpucdi.assemble.model.Notices;
import io.github.gpucdi.cdi.spec.Device;
import io.github.gpucdi.host.CharNode;
import io.github.gpucdi.host.HostPath;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.SectionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/** IMEX channels, each a device named by its number. */
public final class ImexMode {
    private static final String PREFIX = "channel";
    private static final String EVERY = PREFIX + AssembleOptions.ALL;
    /** The range is nvidia-ctk's. */
    private static final int HIGHEST = (1 << 20) - 1;
    /** So many are named in a message. */
    private static final int SHOWN = 8;

    private final HostSnapshot snapshot;
    private final AssembleOptions options;
    private final Notices notices;

    public ImexMode(HostSnapshot snapshot, AssembleOptions options, Notices notices) {
        this.snapshot = snapshot;
        this.options = options;
        this.notices = notices;
    }

    /**
     * The channels that the options mean, by number.
     *
     * @throws AssembleException if an id is none or is given twice, or if there is no such channel
     */
    public List<Device> devices() throws AssembleException {
        List<Integer> wanted = wanted();
        Map<Integer, CharNode> found = found();
        NodeEdits nodeEdits = new NodeEdits(WrittenPaths.of(snapshot.options(), options), options);
        List<Device> devices = new ArrayList<>();
        for (int channel : wanted.isEmpty() ? found.keySet() : wanted) {
            CharNode node = found.get(channel);
            if (node == null) {
                throw usage("there is no IMEX channel " + channel, "this host has all, " + some(found.keySet()));
            }
            devices.add(Device.of(Integer.toString(channel), nodeEdits.of(List.of(node))));
        }
        return devices;
    }

    /** The numbers asked for; none means every channel. */
    private List<Integer> wanted() throws AssembleException {
        List<Integer> wanted = new ArrayList<>();
        boolean every = false;
        for (String id : options.deviceIds()) {
            if (id.equals(AssembleOptions.ALL) || id.equals(EVERY)) {
                every = true;
                continue;
            }
            int channel = number(id.startsWith(PREFIX) ? id.substring(PREFIX.length()) : id)
                    .orElseThrow(() -> usage(
                            "'" + id + "' is no id of an IMEX channel",
                            "allowed: all, and numbers from 0 to " + HIGHEST + ", with or without '" + PREFIX
                                    + "' in front"));
            if (wanted.contains(channel)) {
                throw usage("IMEX channel " + channel + " is asked for twice", "give each --device-id once");
            }
            wanted.add(channel);
        }
        return every ? List.of() : wanted;
    }

    /** There is one, at least. */
    private Map<Integer, CharNode> found() throws AssembleException {
        Map<Integer, CharNode> found = new TreeMap<>();
        for (CharNode node :
                new SideMode(snapshot, options, notices).found(SectionKey.IMEX).nodes()) {
            String name = HostPath.name(node.path());
            String digits = name.substring(PREFIX.length());
            OptionalInt channel = number(digits);
            if (channel.isPresent() && digits.equals(Integer.toString(channel.getAsInt()))) {
                found.put(channel.getAsInt(), node);
            } else {
                notices.warning(node.path() + " left out: it is not named as channels are", "remove it");
            }
        }
        if (found.isEmpty()) {
            throw new AssembleException(
                    AssembleException.Reason.NOTHING_TO_OFFER,
                    "no channel is named as channels are",
                    "remove what is in their directory, and have the driver make them anew");
        }
        return found;
    }

    /** A channel's number, with leading zeros or without. */
    private static OptionalInt number(String digits) {
        if (digits.isEmpty() || digits.length() > 64 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return OptionalInt.empty();
        }
        String significant = digits.replaceFirst("^0+(?=.)", "");
        boolean small = significant.length() <= 7 && Integer.parseInt(significant) <= HIGHEST;
        return small ? OptionalInt.of(Integer.parseInt(significant)) : OptionalInt.empty();
    }

    private static String some(Iterable<Integer> channels) {
        StringBuilder some = new StringBuilder();
        int shown = 0;
        for (int channel : channels) {
            if (shown++ == SHOWN) {
                return some + " …";
            }
            some.append(some.isEmpty() ? "" : ", ").append(channel);
        }
        return some.toString();
    }

    private static AssembleException usage(String what, String hint) {
        return new AssembleException(AssembleException.Reason.USAGE, what, hint);
    }
}
