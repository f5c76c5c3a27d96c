/** Specs to text: YAML and JSON that every engine reads back as they were. */
@NullMarked
package io.github.gpucdi.cdi.text.write;

import org.jspecify.annotations.NullMarked;
