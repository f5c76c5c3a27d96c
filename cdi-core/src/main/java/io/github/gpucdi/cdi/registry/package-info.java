/** The directories in which engines look for specs. */
package io.github.gpucdi.cdi.registry;
