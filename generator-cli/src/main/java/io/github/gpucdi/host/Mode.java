package io.github.gpucdi.host;

import java.util.Set;

/** How GPUs are discovered. */
public enum Mode {
    /** Through NVML: data-centre, workstation and desktop GPUs. */
    NVML(SectionKey.DRIVER, SectionKey.NVML, SectionKey.FILES, SectionKey.NODES, SectionKey.HOOK);

    private final Set<SectionKey<?>> sections;

    Mode(SectionKey<?>... sections) {
        this.sections = Set.of(sections);
    }

    /** What a spec of this mode is made from. */
    public Set<SectionKey<?>> sections() {
        return sections;
    }
}
