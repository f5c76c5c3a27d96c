package io.github.gpucdi.doctor;

import io.github.gpucdi.cdi.engine.EngineRelease;
import io.github.gpucdi.cdi.registry.Loader;
import io.github.gpucdi.cdi.registry.Registry;
import io.github.gpucdi.host.CdiFacts;
import io.github.gpucdi.host.EngineProgram;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The spec directories as one engine sees them.
 *
 * @param engine the engine's label, such as {@code podman-4.3.1}
 * @param release what it reads
 * @param rootless whether a user runs it
 * @param specs the recorded files
 * @param registry its devices
 */
record EngineView(String engine, EngineRelease release, boolean rootless, RecordedSpecs specs, Registry registry) {
    static final String KIND = "nvidia.com/gpu";

    static EngineView of(EngineCase engine, CdiFacts facts, RecordedSpecs specs, DoctorOptions options) {
        EngineRelease release = engine.release().orElseThrow();
        List<Path> directories = new ArrayList<>();
        for (String directory : directories(engine, release, facts, options)) {
            RecordedSpecs.path(directory).ifPresent(directories::add);
        }
        Registry registry = Registry.scan(directories, Loader.of(release, options.rootless()), specs);
        return new EngineView(engine.label(), release, options.rootless(), specs, registry);
    }

    private static List<String> directories(
            EngineCase engine, EngineRelease release, CdiFacts facts, DoctorOptions options) {
        if (!options.specDirectories().isEmpty()) {
            return options.specDirectories();
        }
        List<String> configured =
                engine.program().map(EngineProgram::specDirectories).orElse(List.of());
        if (!configured.isEmpty() && !options.rootless()) {
            return configured;
        }
        Map<String, String> environment = new HashMap<>();
        facts.configHome().ifPresent(home -> environment.put("XDG_CONFIG_HOME", home));
        facts.runtimeDir().ifPresent(runtime -> environment.put("XDG_RUNTIME_DIR", runtime));
        return release.directories(options.rootless(), environment);
    }

    /** Whether a container that asks for all GPUs gets a spec's edits. */
    boolean findsAll() {
        return registry.device(Diagnosis.ALL_GPUS).isPresent();
    }
}
