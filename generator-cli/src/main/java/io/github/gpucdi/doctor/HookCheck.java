package io.github.gpucdi.doctor;

import io.github.gpucdi.cdi.registry.RegisteredDevice;
import io.github.gpucdi.cdi.spec.Device;
import io.github.gpucdi.cdi.spec.Hook;
import io.github.gpucdi.host.CdiFacts;
import io.github.gpucdi.host.HookFact;
import io.github.gpucdi.host.HostPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether the hooks of a spec can run, and are harmless. */
final class HookCheck {
    private final Map<String, HookFact> programs = new HashMap<>();
    private final Mend mend;

    HookCheck(CdiFacts facts, Mend mend) {
        this.mend = mend;
        for (HookFact fact : facts.hooks()) {
            programs.put(fact.path(), fact);
        }
    }

    List<Symptom> symptoms(RegisteredDevice all, EngineView view) {
        String file = all.file().toString();
        List<Hook> grave = new ArrayList<>(all.spec().containerEdits().hooks());
        grave.addAll(all.device().containerEdits().hooks());
        Set<Hook> hooks = new LinkedHashSet<>(grave);
        for (Device device : all.spec().devices()) {
            hooks.addAll(device.containerEdits().hooks());
        }
        List<Symptom> symptoms = new ArrayList<>();
        if (hooks.isEmpty()) {
            return symptoms;
        }
        Set<String> paths = new LinkedHashSet<>();
        hooks.forEach(hook -> paths.add(hook.path()));
        for (String path : paths) {
            boolean ofAll = grave.stream().anyMatch(hook -> hook.path().equals(path));
            unusable(path)
                    .ifPresentOrElse(
                            why -> symptoms.add(unusable(file, path, why).graveIf(ofAll)),
                            () -> unsafe(path).ifPresent(why -> symptoms.add(unsafe(file, path, why))));
        }
        if (hooks.stream().anyMatch(hook -> hook.env().isEmpty())) {
            symptoms.add(Symptom.of(
                    FindingId.HOOK_WITHOUT_ENV,
                    file,
                    "hooks in " + file + " have no environment of their own",
                    List.of("runc up to 1.2 runs them on the host with the container's, so that an image can have its"
                            + " library loaded there"),
                    mend.generate(file)));
        }
        if (!view.release().runsHooks()) {
            symptoms.add(Symptom.of(
                    FindingId.HOOKS_IGNORED,
                    file,
                    view.release().engine().label() + " runs no hooks, and " + file + " relies on them",
                    List.of("without them no program finds libcuda.so.1"),
                    mend.generateHookFree(file)));
        } else {
            symptoms.add(Symptom.of(
                    FindingId.HOOKS_NEEDED,
                    file,
                    "containers start only while " + String.join(", ", paths) + " is on the host",
                    List.of(hooks.size() + " hooks run as root at each start of a container"),
                    mend.generateHookFree(file)));
        }
        return symptoms;
    }

    private Optional<String> unusable(String path) {
        if (!path.startsWith("/")) {
            return Optional.of("not an absolute path");
        }
        return Optional.ofNullable(programs.get(HostPath.normalised(path))).flatMap(HookFact::unusable);
    }

    private Optional<String> unsafe(String path) {
        return Optional.ofNullable(programs.get(HostPath.normalised(path))).flatMap(HookFact::unsafe);
    }

    private Symptom unusable(String file, String path, String why) {
        return Symptom.of(
                FindingId.HOOK_UNUSABLE,
                file,
                "the hook program " + path + " of " + file + " cannot be run: " + why,
                List.of("every container with a device of this file fails to start"),
                mend.generateHookFree(file));
    }

    private Symptom unsafe(String file, String path, String why) {
        return Symptom.of(
                FindingId.HOOK_UNSAFE,
                file,
                "engines run " + path + " as root, and somebody else can replace it: " + why,
                List.of(),
                "ls -ld " + mend.path(path));
    }
}
