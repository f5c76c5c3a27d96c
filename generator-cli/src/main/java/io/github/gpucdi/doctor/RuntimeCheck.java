package io.github.gpucdi.doctor;

import io.github.gpucdi.cdi.registry.RegisteredDevice;
import io.github.gpucdi.cdi.spec.Hook;
import io.github.gpucdi.host.EngineProgram;
import io.github.gpucdi.host.Engines;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.SectionKey;
import java.util.ArrayList;
import java.util.List;

/** What the installed OCI runtimes are known to do to a spec's hooks. */
final class RuntimeCheck {
    private RuntimeCheck() {}

    /** crun 1.8 makes a read-only root read-only before it runs {@code createContainer} hooks; 1.27 after. */
    static List<Symptom> symptoms(RegisteredDevice all, HostSnapshot snapshot, Mend mend) {
        List<Hook> hooks = new ArrayList<>(all.spec().containerEdits().hooks());
        hooks.addAll(all.device().containerEdits().hooks());
        List<Symptom> symptoms = new ArrayList<>();
        for (EngineProgram runtime :
                snapshot.get(SectionKey.ENGINES).data().map(Engines::runtimes).orElse(List.of())) {
            boolean early = runtime.engine().equals("crun")
                    && runtime.version()
                            .filter(version -> version.startsWith("1.8."))
                            .isPresent();
            if (early && hooks.stream().anyMatch(hook -> hook.hookName().equals("createContainer"))) {
                String file = all.file().toString();
                symptoms.add(Symptom.of(
                        FindingId.HOOKS_READ_ONLY_ROOT,
                        file,
                        "with crun " + runtime.version().get()
                                + " containers with a read-only root fail in the hooks of " + file,
                        List.of("the root is read-only already when hooks that write to it run"),
                        mend.generateHookFree(file)));
            }
        }
        return symptoms;
    }
}
