/** Puts a spec where engines find it, atomically. */
package io.github.gpucdi.cdi.publish;
