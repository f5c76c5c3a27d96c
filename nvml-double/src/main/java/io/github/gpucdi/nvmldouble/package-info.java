/** Builds and configures the double of NVML, and reads what it logged. */
@NullMarked
package io.github.gpucdi.nvmldouble;

import org.jspecify.annotations.NullMarked;
