package io.github.gpucdi.option;

/** Options that mean the same in every command that has them: one variable holds for all of these. */
public sealed interface SharedOptions permits GlobalOptions, HostOptions, SpecOptions {}
