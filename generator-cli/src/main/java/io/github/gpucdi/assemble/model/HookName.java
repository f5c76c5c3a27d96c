package io.github.gpucdi.assemble.model;

/** The hooks that nvidia-ctk 1.20 can put into a spec. */
public enum HookName {
    CREATE_SYMLINKS("create-symlinks"),
    ENABLE_CUDA_COMPAT("enable-cuda-compat"),
    UPDATE_LDCACHE("update-ldcache"),
    DISABLE_DEVICE_NODE_MODIFICATION("disable-device-node-modification"),
    UPDATE_APPLICATION_PROFILE("update-application-profile"),
    /** Deprecated; off unless enabled by name. */
    CHMOD("chmod");

    private final String subcommand;

    HookName(String subcommand) {
        this.subcommand = subcommand;
    }

    /** The hook program's subcommand, also the name on the command line. */
    public String subcommand() {
        return subcommand;
    }
}
