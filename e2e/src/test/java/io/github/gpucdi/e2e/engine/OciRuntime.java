package io.github.gpucdi.e2e.engine;

/** The programs that start containers for an engine. */
enum OciRuntime {
    CRUN,
    RUNC;

    @Override
    public String toString() {
        return name().toLowerCase();
    }
}
