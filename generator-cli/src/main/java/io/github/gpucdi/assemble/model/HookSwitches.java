package io.github.gpucdi.assemble.model;

import java.util.Set;

/**
 * Which hooks are wanted.
 *
 * @param allDisabled {@code --disable-hook=all}
 * @param disabled hooks switched off by name
 * @param enabled hooks switched on by name, which wins over everything else
 */
public record HookSwitches(boolean allDisabled, Set<HookName> disabled, Set<HookName> enabled) {

    /** Every hook but {@code chmod}. */
    public static final HookSwitches DEFAULT = new HookSwitches(false, Set.of(), Set.of());

    public HookSwitches {
        disabled = Set.copyOf(disabled);
        enabled = Set.copyOf(enabled);
    }

    /** Whether {@code hook} is to be written. */
    public boolean wants(HookName hook) {
        return enabled.contains(hook) || !allDisabled && hook != HookName.CHMOD && !disabled.contains(hook);
    }
}
