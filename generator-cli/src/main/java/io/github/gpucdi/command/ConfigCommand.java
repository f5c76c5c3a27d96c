package io.github.gpucdi.command;

import picocli.CommandLine.Command;

/** {@code gpu-cdi config}. */
@Command(name = "config", description = "Look at the configuration file: what it sets, and what is wrong with it.")
final class ConfigCommand {}
