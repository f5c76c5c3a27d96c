package io.github.gpucdi.assemble;

import io.github.gpucdi.assemble.inject.HookEdits;
import io.github.gpucdi.assemble.inject.NodeEdits;
import io.github.gpucdi.assemble.mode.DriverHealth;
import io.github.gpucdi.assemble.model.AssembleException;
import io.github.gpucdi.assemble.model.AssembleOptions;
import io.github.gpucdi.assemble.model.HooksPolicy;
import io.github.gpucdi.assemble.model.Notices;
import io.github.gpucdi.host.HookProgram;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.SectionKey;
import java.util.Optional;

/** Whether a spec has hooks, and which program they run. */
final class HookChoice {
    private static final String DEFAULT_HOOK = "/usr/bin/nvidia-cdi-hook";

    private HookChoice() {}

    /**
     * What writes hooks; empty if there are to be none.
     *
     * @throws AssembleException if the snapshot lacks the section that tells
     */
    static Optional<HookEdits> of(HostSnapshot snapshot, AssembleOptions options, NodeEdits nodeEdits, Notices notices)
            throws AssembleException {
        boolean named = snapshot.options().hookPath().isPresent();
        if (!named && options.hooks() != HooksPolicy.NONE) {
            DriverHealth.required(snapshot, SectionKey.HOOK);
        }
        Optional<HookProgram> found = snapshot.get(SectionKey.HOOK).data();
        Optional<String> usable = snapshot.options().hookPath().or(() -> found.flatMap(HookProgram::path));
        found.ifPresent(program -> program.rejected().forEach(notices::info));
        boolean hooks = switch (options.hooks()) {
            case AUTO -> usable.isPresent();
            case NVIDIA -> true;
            case NONE -> false;
        };
        if (!hooks) {
            if (options.hooks() == HooksPolicy.AUTO) {
                notices.onWriting("no nvidia-cdi-hook on this host: the spec needs no hooks (--hooks=none)");
            }
            notices.onWriting(
                    "a hook-free spec does not fill the container's ld.so.cache (ldconfig -p), cannot prefer an"
                            + " image's newer CUDA compatibility libraries, and does not serve musl images");
            return Optional.empty();
        }
        if (usable.isEmpty()) {
            notices.warning(
                    "no usable nvidia-cdi-hook was found: the spec names " + DEFAULT_HOOK,
                    "containers will not start without it: install it, or use --hooks=none");
        }
        if (options.hookSwitches().allDisabled()
                && options.hookSwitches().enabled().isEmpty()) {
            notices.info("all hooks are off: with --hooks=none programs in containers would still find the driver");
        }
        return Optional.of(new HookEdits(usable.orElse(DEFAULT_HOOK), options, nodeEdits, notices));
    }
}
