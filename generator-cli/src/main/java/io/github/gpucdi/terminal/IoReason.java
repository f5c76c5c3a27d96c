package io.github.gpucdi.terminal;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why something could not be read or written, in words for people. */
public final class IoReason {
    private IoReason() {}

    /** What to do about a failed read. */
    public static String hint(IOException failure) {
        return failure instanceof AccessDeniedException
                ? "run as root, or as a user who may read it"
                : "check its path and permissions";
    }

    /** The reason of a failed read, without the path. */
    public static String of(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "no such file";
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        String reason = failure instanceof FileSystemException known ? known.getReason() : failure.getMessage();
        return reason == null ? failure.getClass().getSimpleName() : reason;
    }
}
