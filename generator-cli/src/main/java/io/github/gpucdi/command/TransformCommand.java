package io.github.gpucdi.command;

import picocli.CommandLine.Command;

/** {@code gpu-cdi transform}. */
@Command(name = "transform", description = "Change CDI specs.")
final class TransformCommand {}
