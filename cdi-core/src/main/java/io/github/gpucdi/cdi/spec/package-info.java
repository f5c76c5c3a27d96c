/** The CDI model: records that mirror the fields of a spec, up to CDI 1.1.0. */
@NullMarked
package io.github.gpucdi.cdi.spec;

import org.jspecify.annotations.NullMarked;
