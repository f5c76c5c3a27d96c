/** Says what CDI loaders refuse in a spec, and what a generator should not write. */
@NullMarked
package io.github.gpucdi.cdi.validate;

import org.jspecify.annotations.NullMarked;
