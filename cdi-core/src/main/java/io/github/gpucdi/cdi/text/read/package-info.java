/** Specs from text: YAML and JSON as container engines read them, with positions. */
@NullMarked
package io.github.gpucdi.cdi.text.read;

import org.jspecify.annotations.NullMarked;
