/** Builds and configures the doubles of NVML and other libraries, and reads what NVML's logged. */
@NullMarked
package io.github.gpucdi.nvmldouble;

import org.jspecify.annotations.NullMarked;
