package io.github.gpucdi.host;

import java.util.List;
import java.util.Optional;

/**
 * What the Windows Subsystem for Linux shows of GPUs.
 *
 * @param library {@code libdxcore.so}
 * @param failure why it told nothing, one line for the user
 * @param adapters in its order
 * @param stores those of the adapters, each once, in their order
 * @param device the node {@code /dev/dxg}, or what is in its place
 */
public record WslFacts(
        Library library,
        Optional<String> failure,
        List<WslAdapter> adapters,
        List<WslStore> stores,
        SideDevices device) {

    /** More adapters than this no host has: a larger count is nonsense. */
    public static final int MAX_ADAPTERS = 64;

    public WslFacts {
        adapters = List.copyOf(adapters);
        stores = List.copyOf(stores);
    }
}
