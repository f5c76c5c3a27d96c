package io.github.gpucdi.cdi.engine;

import static io.github.gpucdi.cdi.engine.Engine.APPTAINER;
import static io.github.gpucdi.cdi.engine.Engine.BUILDAH;
import static io.github.gpucdi.cdi.engine.Engine.BUILDKIT;
import static io.github.gpucdi.cdi.engine.Engine.CONTAINERD;
import static io.github.gpucdi.cdi.engine.Engine.CRI_O;
import static io.github.gpucdi.cdi.engine.Engine.DOCKER;
import static io.github.gpucdi.cdi.engine.Engine.NERDCTL;
import static io.github.gpucdi.cdi.engine.Engine.PODMAN;
import static io.github.gpucdi.cdi.engine.Engine.SINGULARITY_CE;
import static io.github.gpucdi.cdi.engine.EngineRelease.BOTH;
import static io.github.gpucdi.cdi.engine.EngineRelease.STATIC_ONLY;
import static io.github.gpucdi.cdi.engine.EngineRelease.USERS;

import java.util.ArrayList;
import java.util.List;

/** The rows of the {@link EngineTable}; apart, so that nobody pays for them who writes CDI 0.5.0. */
final class EngineRows {
    private static final List<String> BOTH_AND_USERS = both(BOTH, USERS);

    /** By engine, and by release within an engine. A row ends where the library or another fact changes. */
    static final List<EngineRelease> ALL = List.of(
            row(PODMAN, "4.1", "4.2", "0.4.0"),
            row(PODMAN, "4.3", "4.3", "0.5.2"),
            row(PODMAN, "4.4", "4.4", "0.5.3"),
            row(PODMAN, "4.5", "4.6", "0.5.4"),
            row(PODMAN, "4.7", "4.7", "0.6.1"),
            row(PODMAN, "4.8", "5.0", "0.6.2"),
            row(PODMAN, "5.1", "5.1", "0.7.2"),
            row(PODMAN, "5.2", "5.4", "0.8.0"),
            row(PODMAN, "5.5", "5.5", "1.0.1").reading(STATIC_ONLY, STATIC_ONLY),
            row(PODMAN, "5.6", "5.8", "1.0.1"),
            row(PODMAN, "6.0", "6.0", "1.1.0"),
            row(DOCKER, "25.0", "26.1", "0.6.2"),
            row(DOCKER, "27.0", "27.3", "0.7.2"),
            row(DOCKER, "27.4", "28.0", "0.8.x"),
            row(DOCKER, "28.1", "29.1", "1.0.1"),
            row(DOCKER, "29.2", "29.7", "1.1.0").reading(BOTH, BOTH_AND_USERS).resolvingRootless(),
            row(CONTAINERD, "1.7.0", "1.7.10", "0.5.4"),
            row(CONTAINERD, "1.7.12", "1.7.12", "0.6.1"),
            row(CONTAINERD, "1.7.13", "1.7.15", "0.6.2"),
            row(CONTAINERD, "1.7.16", "1.7.26", "0.7.2"),
            row(CONTAINERD, "1.7.27", "1.7.34", "0.8.1"),
            row(CONTAINERD, "2.0.0", "2.0.2", "0.8.0"),
            row(CONTAINERD, "2.0.3", "2.0.4", "0.8.1"),
            row(CONTAINERD, "2.0.5", "2.0.11", "1.0.0"),
            row(CONTAINERD, "2.1", "2.2.0", "1.0.1"),
            row(CONTAINERD, "2.2.1", "2.3", "1.1.0"),
            row(CRI_O, "1.24", "1.24", "0.3.2"),
            row(CRI_O, "1.25", "1.25", "0.5.0"),
            row(CRI_O, "1.26", "1.26", "0.5.3"),
            row(CRI_O, "1.27", "1.27", "0.5.4"),
            row(CRI_O, "1.28", "1.28", "0.6.0"),
            row(CRI_O, "1.29", "1.29", "0.6.2"),
            row(CRI_O, "1.30", "1.30", "0.7.2"),
            row(CRI_O, "1.31", "1.32", "0.8.x"),
            row(CRI_O, "1.33", "1.34", "1.0.1"),
            row(CRI_O, "1.35", "1.36", "1.1.0"),
            row(BUILDAH, "1.36", "1.36", "0.7.2").reading(STATIC_ONLY, STATIC_ONLY),
            row(BUILDAH, "1.37", "1.39", "0.8.0").reading(STATIC_ONLY, STATIC_ONLY),
            row(BUILDAH, "1.40", "1.40", "1.0.1").reading(STATIC_ONLY, STATIC_ONLY),
            row(BUILDAH, "1.41", "1.43", "1.0.1"),
            row(BUILDAH, "1.44", "1.44", "1.1.0"),
            row(BUILDKIT, "0.20", "0.20", "0.8.x"),
            row(BUILDKIT, "0.21", "0.26", "1.0.1"),
            row(BUILDKIT, "0.27", "0.32", "1.1.0"),
            row(NERDCTL, "2.1", "2.2.0", "1.0.1"),
            row(NERDCTL, "2.2.2", "2.3", "1.1.0"),
            row(SINGULARITY_CE, "4.0.0", "4.0.0", "0.6.1"),
            row(SINGULARITY_CE, "4.1.0", "4.1.0", "0.6.2"),
            row(SINGULARITY_CE, "4.2", "4.2", "0.8.0"),
            row(SINGULARITY_CE, "4.3.0", "4.3.0", "1.0.0"),
            row(SINGULARITY_CE, "4.3.7", "4.5", "1.1.0"),
            row(APPTAINER, "1.5.0", "1.5.0", "1.1.0"));

    private EngineRows() {}

    private static EngineRelease row(Engine engine, String first, String last, String library) {
        return EngineRelease.of(engine, first, last, library);
    }

    private static List<String> both(List<String> some, List<String> others) {
        List<String> all = new ArrayList<>(some);
        all.addAll(others);
        return List.copyOf(all);
    }
}
