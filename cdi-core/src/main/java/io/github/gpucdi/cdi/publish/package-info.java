/** Puts a spec where engines find it, atomically. */
@NullMarked
package io.github.gpucdi.cdi.publish;

import org.jspecify.annotations.NullMarked;
