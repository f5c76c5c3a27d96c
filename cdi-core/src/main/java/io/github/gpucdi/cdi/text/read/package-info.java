/** Specs from text: YAML and JSON as container engines read them, with positions. */
package io.github.gpucdi.cdi.text.read;
