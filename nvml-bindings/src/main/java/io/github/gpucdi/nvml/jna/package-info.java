/** NVML's functions bound by JNA. */
@NullMarked
package io.github.gpucdi.nvml.jna;

import org.jspecify.annotations.NullMarked;
