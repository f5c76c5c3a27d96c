package io.github.gpucdi.command;

import picocli.CommandLine.Command;

/** {@code gpu-cdi cdi}: commands with nvidia-ctk's manners. */
@Command(name = "cdi", description = "The same commands as nvidia-ctk cdi: replace one word in a script.")
final class CdiCommand {}
