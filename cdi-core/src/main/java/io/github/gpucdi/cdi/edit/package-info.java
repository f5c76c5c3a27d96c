/** Pure functions on specs: merge, de-duplicate, sort. */
package io.github.gpucdi.cdi.edit;
