package io.github.gpucdi.assemble.model;

/** Whether a spec states major and minor numbers, which are those of this boot for some drivers. */
public enum DeviceNumbers {
    /** Write them. */
    WRITE,
    /** Leave them to the engine, which reads them from the host when a container starts. */
    RESOLVE
}
