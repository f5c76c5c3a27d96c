/** One open session with NVML, its GPUs and MIG devices, and what each answer means. */
@NullMarked
package io.github.gpucdi.nvml;

import org.jspecify.annotations.NullMarked;
