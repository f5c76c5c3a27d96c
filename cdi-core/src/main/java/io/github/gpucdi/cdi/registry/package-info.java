/** The directories in which engines look for specs. */
@NullMarked
package io.github.gpucdi.cdi.registry;

import org.jspecify.annotations.NullMarked;
