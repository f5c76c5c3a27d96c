package io.github.gpucdi.host;

import java.util.Optional;

/**
 * A program that a spec names as a hook: engines run it as root.
 *
 * @param path the program
 * @param unusable why it cannot be run
 * @param unsafe who else than root could replace it
 */
public record HookFact(String path, Optional<String> unusable, Optional<String> unsafe) {}
