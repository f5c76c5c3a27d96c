/** Says what CDI loaders refuse in a spec, and what a generator should not write. */
package io.github.gpucdi.cdi.validate;
