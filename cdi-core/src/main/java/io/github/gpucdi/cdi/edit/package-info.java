/** Pure functions on specs: merge, de-duplicate, sort, compare, move to another root. */
package io.github.gpucdi.cdi.edit;
