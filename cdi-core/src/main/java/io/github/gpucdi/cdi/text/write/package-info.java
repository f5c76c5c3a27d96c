/** Specs to text: YAML and JSON that every engine reads back as they were. */
package io.github.gpucdi.cdi.text.write;
