package io.github.gpucdi.generate;

import io.github.gpucdi.cdi.spec.CdiException;

/** What can be done about a file that could not be written. */
public final class NotWritten {
    private static final String DENIED = "permission denied";

    private NotWritten() {}

    /** The hint, one line. */
    public static String hint(CdiException failure) {
        return switch (failure.code()) {
            case NOT_A_REGULAR_FILE -> "name a regular file, or a new one";
            case UNWRITABLE ->
                failure.what().startsWith(DENIED)
                        ? "an old file is as it was; run as root, or name a file that you may write"
                        : "an old file is as it was; check permissions and free space";
            case UNREADABLE ->
                failure.what().startsWith(DENIED)
                        ? "run as root, or as a user who may read it"
                        : "check its path and permissions";
            case CONFIG_INVALID -> "give an OCI runtime configuration, such as a bundle's config.json";
            case HOST_NODE_UNUSABLE -> "check that the driver is loaded and has made its device nodes";
            case EDITS_INVALID -> "check the spec";
            case NAME_AGAINST_FORMAT -> "name the file as its format: .yaml or .json";
        };
    }
}
