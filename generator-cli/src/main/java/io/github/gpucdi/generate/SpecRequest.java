package io.github.gpucdi.generate;

import io.github.gpucdi.assemble.model.AssembleOptions;

/**
 * Which spec is wanted.
 *
 * @param source the facts that it is made from
 * @param options what it is to hold
 * @param targets whom it is for
 * @param strict whether an incomplete spec is none
 */
public record SpecRequest(FactSource source, AssembleOptions options, Targets targets, boolean strict) {}
