package io.github.gpucdi.cdi.spec;

import java.util.List;
import java.util.OptionalLong;

/**
 * An OCI lifecycle hook.
 *
 * @param hookName the stage: {@code prestart}, {@code createRuntime}, {@code createContainer},
 *     {@code startContainer}, {@code poststart} or {@code poststop}
 * @param path the program
 * @param args arguments, the program's name first
 * @param env {@code NAME=value} entries; never leave it empty, see below
 * @param timeout seconds, absent to wait for ever
 *     <p>An absent {@code env} makes runc before 1.3 run the hook with the container's environment, as root on the
 *     host (CVE-2025-23266).
 */
public record Hook(String hookName, String path, List<String> args, List<String> env, OptionalLong timeout) {

    public Hook {
        args = List.copyOf(args);
        env = List.copyOf(env);
    }
}
