/** What a container gets: edits applied to an OCI runtime configuration. */
@NullMarked
package io.github.gpucdi.cdi.inject;

import org.jspecify.annotations.NullMarked;
