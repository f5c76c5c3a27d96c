/** The text forms of specs: writing, and reading the names in existing files. */
package io.github.gpucdi.cdi.text;
