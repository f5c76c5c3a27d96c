/** Pure functions on specs: merge, de-duplicate, sort, compare, move to another root. */
@NullMarked
package io.github.gpucdi.cdi.edit;

import org.jspecify.annotations.NullMarked;
