package io.github.gpucdi.cdi.validate;

import io.github.gpucdi.cdi.engine.EngineRelease;
import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.cdi.spec.Finding.Code;

/** What an engine does not do with a spec that its library loads. */
final class EngineRules {
    private final Findings findings;
    private final EngineRelease engine;

    EngineRules(Findings findings, EngineRelease engine) {
        this.findings = findings;
        this.engine = engine;
    }

    void check(CdiSpec spec) {
        if (engine.runsHooks()) {
            return;
        }
        hooks("/containerEdits", spec.containerEdits());
        for (int i = 0; i < spec.devices().size(); i++) {
            hooks("/devices/" + i + "/containerEdits", spec.devices().get(i).containerEdits());
        }
    }

    private void hooks(String where, ContainerEdits edits) {
        int count = edits.hooks().size();
        if (count > 0) {
            findings.warning(
                    Code.HOOKS_IGNORED,
                    where + "/hooks",
                    engine.engine().label() + " runs no hooks: "
                            + (count == 1 ? "the one here is" : "the " + count + " here are") + " ignored",
                    "give it a spec that needs none, such as gpu-cdi generate --hooks=none writes");
        }
    }
}
