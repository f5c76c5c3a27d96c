/** Libraries besides NVML, bound by JNA. */
package io.github.gpucdi.probe.jna;
