package io.github.gpucdi.cdi.spec;

import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * An OCI lifecycle hook.
 *
 * <p>Leave {@code env} non-empty: runc before 1.3 runs a hook without it with the container's environment, as root on
 * the host (CVE-2025-23266).
 *
 * @param hookName the stage: {@code prestart}, {@code createRuntime}, {@code createContainer},
 *     {@code startContainer}, {@code poststart} or {@code poststop}
 * @param path the program
 * @param args arguments, the program's name first
 * @param env {@code NAME=value} entries
 * @param timeout seconds, absent to wait for ever
 */
public record Hook(String hookName, String path, List<String> args, List<String> env, OptionalLong timeout) {

    public Hook {
        Objects.requireNonNull(hookName, "hookName");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(timeout, "timeout");
        args = List.copyOf(Objects.requireNonNull(args, "args"));
        env = List.copyOf(Objects.requireNonNull(env, "env"));
    }

    /** Written out: what the compiler makes of a record is linked anew in each run, which costs a start. */
    @Override
    public int hashCode() {
        return 31 * path.hashCode() + args.hashCode();
    }
}
