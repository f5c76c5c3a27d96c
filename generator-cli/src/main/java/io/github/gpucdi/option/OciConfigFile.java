package io.github.gpucdi.option;

import io.github.gpucdi.cdi.inject.OciJson;
import io.github.gpucdi.cdi.spec.CdiException;
import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.terminal.IoReason;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** Reads the OCI runtime configuration that the user named. */
public final class OciConfigFile {
    private static final int MAX_BYTES = 16 * 1024 * 1024;
    private static final String STDIN = "-";
    private static final String HINT = "give the config.json of an OCI bundle";

    private OciConfigFile() {}

    public static Map<String, Object> read(String name, InputStream in) {
        byte[] bytes = bytes(name, in);
        String file = name.equals(STDIN) ? "standard input" : name;
        if (bytes.length > MAX_BYTES) {
            throw CommandFailure.usage(file + " is larger than 16 MiB", HINT);
        }
        try {
            return OciJson.read(bytes);
        } catch (CdiException e) {
            throw new CommandFailure(ExitCode.USAGE, file + " " + e.getMessage(), HINT, e);
        }
    }

    private static byte[] bytes(String file, InputStream in) {
        try {
            if (file.equals(STDIN)) {
                return in.readNBytes(MAX_BYTES + 1);
            }
            NamedFile named = new NamedFile(GivenPath.of("--oci-config", file));
            if (named.isMissing()) {
                throw CommandFailure.usage(file + " does not exist", HINT);
            }
            if (named.exists() && !named.isRegular()) {
                throw CommandFailure.usage(file + " is no regular file", HINT);
            }
            try (InputStream stream = named.open()) {
                return stream.readNBytes(MAX_BYTES + 1);
            }
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.USAGE, "cannot read " + file + ": " + IoReason.of(e), IoReason.hint(e), e);
        }
    }
}
