package io.github.gpucdi.generate;

import io.github.gpucdi.assemble.model.AssembleOptions;
import io.github.gpucdi.host.Mode;

/**
 * Which spec is wanted.
 *
 * @param source the facts that it is made from
 * @param mode how GPUs are found
 * @param options what it is to hold
 * @param targets whom it is for
 * @param strict whether an incomplete spec is none
 */
public record SpecRequest(FactSource source, Mode mode, AssembleOptions options, Targets targets, boolean strict) {}
