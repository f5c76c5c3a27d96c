package io.github.gpucdi.doctor;

import io.github.gpucdi.cdi.spec.Finding.Severity;
import io.github.gpucdi.host.EnumWord;
import java.util.List;

/** What can be found. The words and what they mean are stable. */
public enum FindingId {
    /** There is no driver that could be asked. */
    DRIVER_MISSING(Severity.ERROR),
    /** The driver is installed, its kernel module is not loaded. */
    DRIVER_NOT_LOADED(Severity.ERROR),
    /** Libraries and loaded kernel module are of different versions. */
    DRIVER_HALF_UPGRADED(Severity.ERROR),
    /** A call of the driver does not come back. */
    DRIVER_NO_ANSWER(Severity.ERROR),
    /** The driver answers with a failure. */
    DRIVER_FAILING(Severity.ERROR),
    /** A file that the driver should have is missing, or a device of it has nothing to offer. */
    DRIVER_INCOMPLETE(Severity.WARNING),
    /** The driver reports no GPU. */
    NO_GPU(Severity.ERROR),
    /** There are GPUs, and none can be offered. */
    NOTHING_TO_OFFER(Severity.ERROR),
    /** A GPU or MIG device that the driver reports cannot be offered. */
    GPU_LEFT_OUT(Severity.WARNING),
    /** A device node that containers need is not there. */
    NODE_MISSING(Severity.ERROR, Severity.WARNING),
    /** A device node has other numbers than the driver's. */
    NODE_NUMBER(Severity.ERROR),
    /** An ordinary user may not open a device node. */
    NODE_CLOSED_TO_USERS(Severity.WARNING, Severity.INFO),

    /** No container engine is installed. */
    NO_ENGINE(Severity.ERROR),
    /** An engine is installed and does not tell its version. */
    ENGINE_BROKEN(Severity.ERROR),
    /** An engine was not asked for its version, since somebody else than root could replace it. */
    ENGINE_NOT_TRUSTED(Severity.WARNING),
    /** An engine was not asked for its version, since nothing is run below another root. */
    ENGINE_NOT_ASKED(Severity.INFO),
    /** An engine's configuration file cannot be understood. */
    ENGINE_CONFIG_UNREAD(Severity.WARNING),
    /** Docker's client is installed, its daemon is not. */
    ENGINE_DAEMON_MISSING(Severity.WARNING),
    /** An engine's release has no CDI, or none that can be judged. */
    ENGINE_TOO_OLD(Severity.ERROR),
    /** CDI is switched off in an engine. */
    ENGINE_CDI_OFF(Severity.ERROR),
    /** containerd is there for another engine, not for Kubernetes. */
    ENGINE_CRI_OFF(Severity.INFO),

    /** No directory that the engine reads holds a spec of GPUs. */
    SPEC_MISSING(Severity.ERROR),
    /** A spec directory is not read. */
    SPEC_DIRECTORY_UNREAD(Severity.WARNING),
    /** A file in a spec directory has a name that no engine reads. */
    SPEC_PASSED_OVER(Severity.WARNING, Severity.INFO),
    /** The engine does not load a file. */
    SPEC_REFUSED(Severity.ERROR, Severity.WARNING),
    /** The engine dies of a file. */
    SPEC_CRASHES_ENGINE(Severity.ERROR),
    /** A file is beyond what can be judged. */
    SPEC_NOT_JUDGED(Severity.WARNING),
    /** The engine injects nothing while any file has an error. */
    SPEC_ERRORS_BLOCK_ALL(Severity.ERROR),
    /** The host has what a mode is for, and no spec offers it. */
    MODE_NOT_OFFERED(Severity.INFO),
    /** A file defines devices of another kind. */
    SPEC_OTHER_KIND(Severity.INFO),
    /** An ordinary user's engine cannot read a file. */
    SPEC_CLOSED_TO_USERS(Severity.ERROR, Severity.WARNING),
    /** A spec is of another version of the driver. */
    SPEC_STALE_DRIVER(Severity.ERROR, Severity.WARNING),
    /** The driver has changed since the spec was written, and has libraries that it lacks. */
    SPEC_OLDER_THAN_DRIVER(Severity.WARNING),
    /** A file that a spec mounts is gone. */
    SPEC_PATH_MISSING(Severity.ERROR, Severity.WARNING),
    /** A device node that a spec names is not there. */
    SPEC_NODE_MISSING(Severity.ERROR, Severity.WARNING),
    /** What a spec names as a device node is none. */
    SPEC_NODE_WRONG(Severity.ERROR, Severity.WARNING),
    /** A spec states other device numbers than the host's. */
    SPEC_NODE_NUMBER(Severity.ERROR, Severity.WARNING),

    /** Files of one directory define the same devices: nobody gets them. */
    DEVICE_CONFLICT(Severity.ERROR, Severity.WARNING),
    /** A file of a later directory defines the same devices, and that one counts. */
    DEVICE_SHADOWED(Severity.WARNING),
    /** Specs are loaded, and none defines the device {@code all}. */
    DEVICE_ALL_UNDEFINED(Severity.ERROR),
    /** The spec lacks a GPU or MIG device that the driver reports, or a device node of its mode that the host has. */
    DEVICE_NOT_IN_SPEC(Severity.WARNING),
    /** The spec has a device that the driver does not report. */
    DEVICE_NOT_IN_DRIVER(Severity.WARNING),

    /** A spec's hook program cannot be run. */
    HOOK_UNUSABLE(Severity.ERROR, Severity.WARNING),
    /** Somebody else than root could replace a spec's hook program. */
    HOOK_UNSAFE(Severity.WARNING),
    /** A hook has no environment of its own. */
    HOOK_WITHOUT_ENV(Severity.WARNING),
    /** The engine runs no hooks, and the spec relies on them. */
    HOOKS_IGNORED(Severity.ERROR, Severity.WARNING),
    /** Containers start only while the hook program is on the host. */
    HOOKS_NEEDED(Severity.INFO),
    /** The runtime runs hooks when a read-only root is read-only already. */
    HOOKS_READ_ONLY_ROOT(Severity.INFO),

    /** Units of ours are installed, and none keeps the spec up to date. */
    REFRESH_OFF(Severity.WARNING, Severity.INFO),
    /** A unit of ours ended with a failure the last time. */
    REFRESH_FAILED(Severity.WARNING),
    /** A unit that the path unit of ours needs is masked. */
    REFRESH_MASKED(Severity.WARNING),
    /** A unit file of ours does not count, since there is one in a directory that is looked at first. */
    REFRESH_SHADOWED(Severity.INFO),
    /** Units of ours are enabled that do the same. */
    REFRESH_CONFLICT(Severity.INFO),
    /** The NVIDIA toolkit's units are enabled beside ours. */
    REFRESH_TWICE(Severity.INFO),

    /** SELinux may keep containers from the device nodes. */
    SELINUX_ENFORCING(Severity.INFO),
    /** Our own configuration file has a mistake: nothing runs with it. */
    CONFIG_UNUSABLE(Severity.WARNING);

    private final List<Severity> severities;

    FindingId(Severity... severities) {
        this.severities = List.of(severities);
    }

    /** How bad it can be. */
    public List<Severity> severities() {
        return severities;
    }

    /** The word for it, such as {@code driver-missing}. */
    public String word() {
        return EnumWord.of(this);
    }
}
