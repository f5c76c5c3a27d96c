/** What each container engine reads. */
@NullMarked
package io.github.gpucdi.cdi.engine;

import org.jspecify.annotations.NullMarked;
