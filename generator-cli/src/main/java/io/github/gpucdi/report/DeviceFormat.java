package io.github.gpucdi.report;

/** The form of a list of devices. */
public enum DeviceFormat {
    TABLE,
    JSON,
    YAML,
    /** Labels for a file that Node Feature Discovery reads. */
    NFD,
    /** Lines of Slurm's gres.conf. */
    GRES
}
