package io.github.gpucdi.generate;

import io.github.gpucdi.cdi.edit.RootTransform;
import io.github.gpucdi.cdi.spec.CdiSpec;

/**
 * One run that moves the paths of a spec.
 *
 * @param spec the spec, valid
 * @param rule which paths go where
 * @param face whose manners count
 * @param destination where the result goes
 */
public record TransformRequest(CdiSpec spec, RootTransform.Rule rule, Face face, Destination destination) {}
